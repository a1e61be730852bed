import Foundation
import Testing

@testable import ferrovia

/// `ferrovia gates`, `response` and `plan order`: what they refuse, and how they end.
@Suite struct AskingTests {
    private static let nobody = "00000000-0000-4000-8000-00000000dead"

    @Test func `what nobody knows has no answer, and what cannot be read is wrong usage`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            for verb in [["gates"], ["plan", "order"], ["response"]] {
                let unknown = try await clinic.tool.run(
                    verb + [
                        "--tenant", clinic.name, Self.nobody, "--at", "2026-03-02T10:00:00Z",
                    ])
                #expect(unknown.status == 2, "\(verb): \(unknown.out)\(unknown.error)")
                #expect(
                    unknown.error.contains(
                        verb == ["response"] ? "no such patient" : "no such order"),
                    "\(verb): \(unknown.error)")
                let json = try await clinic.tool.run(
                    verb + ["--tenant", clinic.name, Self.nobody, "--json"])
                #expect(json.status == 2)
                #expect(json.error.hasPrefix("{"), "\(verb): \(json.error)")
                let wrong = try await clinic.tool.run(
                    verb + ["--tenant", clinic.name, "order-7"])
                #expect(wrong.status == 64, "\(verb): \(wrong.error)")
                let never = try await clinic.tool.run(
                    verb + ["--tenant", clinic.name, Self.nobody, "--at", "yesterday"])
                #expect(never.status == 64, "\(verb): \(never.error)")
            }
            let report = try await clinic.tool.run([
                "report", "overrides", "--tenant", clinic.name, "--json",
            ])
            #expect(report.status == 0, "\(report.error)")
            #expect(report.out.hasPrefix(#"{"rows":[],"position":"#), "\(report.out)")
            let dose = try await clinic.tool.run([
                "gates", "--tenant", clinic.name, Self.nobody, "--dose", "0",
            ])
            #expect(dose.status == 64)
        }
    }
}
