import EventStore
import Faults
import Infusion
import InfusionApplication
import InfusionWire
import Testing
import YAMLReader

@testable import ferrovia

/// How a no is told at the command line: what was in the way, what would be right, and how it ends.
@Suite struct FailureTests {
    /// What becomes of an error that a verb meets.
    private func failure(_ error: any Error) async throws -> Failure {
        do {
            try await Failing.run { throw error }
        } catch {
            return try #require(error as? Failure)
        }
        throw Exit.software
    }

    /// As it is written with --json.
    private func text(_ failure: Failure) -> String {
        String(decoding: failure.json.bytes, as: UTF8.self)
    }

    private func refused(_ refusal: Refusal) async throws -> Failure {
        try await failure(
            ApplicationError.refused(
                refusal, version: StreamVersion(7), position: Position(4_711)))
    }

    @Test func `a value that is refused comes with its field and what is accepted`() async throws {
        let failure = try await refused(
            .invalidValue(field: "to", problem: "is 2030-01-01", accepted: "2026-11-22 or later"))
        #expect(failure.exit == .refused)
        #expect(failure.exit.rawValue == 3)
        #expect(
            failure.message
                == "refused (invalid-value): A value is not possible; to: is 2030-01-01; "
                + "accepted: 2026-11-22 or later")
        let text = text(failure)
        #expect(text.hasPrefix(#"{"error":{"code":"refused","message":"refused (invalid-value): "#))
        #expect(text.contains(#""refusal":{"code":"invalid-value","title":"A value is not"#))
        #expect(
            text.contains(
                #""errors":[{"field":"to","problem":"is 2030-01-01","#
                    + #""accepted":"2026-11-22 or later"}]"#))
        #expect(text.hasSuffix(#""version":7,"position":4711}}}"#))
    }

    @Test func `a no about how things stand comes with what it rests on`() async throws {
        let order = try #require(OrderID("019c0000-0000-7000-8000-000000002001"))
        let failure = try await refused(.orderNotActive(order, status: "cancelled"))
        #expect(failure.exit == .refused)
        #expect(
            failure.message
                == "refused (order-not-active): The order is not active; its status is cancelled")
        let text = text(failure)
        #expect(text.contains(#""order":"\#(order)","orderStatus":"cancelled""#), "\(text)")
        #expect(!text.contains(#""errors""#))
    }

    @Test func `the names that would be accepted are listed`() async throws {
        let failure = try await refused(
            .unknownProduct(ProductKey("rust"), accepted: ["injectafer", "monoferric"]))
        #expect(
            failure.message.hasSuffix("rust; accepted: injectafer, monoferric"),
            "\(failure.message)")
        #expect(text(failure).contains(#""accepted":["injectafer","monoferric"]"#))
    }

    @Test func `a site's no is told in the same way`() async throws {
        let failure = try await failure(
            ApplicationError.siteRefused(
                .chairNotFound(ChairID("chair-9"), accepted: ["chair-1", "chair-2"]),
                version: StreamVersion(3), position: Position(12)))
        #expect(failure.exit == .refused)
        #expect(failure.message.contains("chair-1, chair-2"))
        let text = text(failure)
        #expect(text.contains(#""refusal":{"code":"chair-not-found""#), "\(text)")
        #expect(text.contains(#""accepted":["chair-1","chair-2"],"version":3"#), "\(text)")
    }

    @Test func `of a file every place is told`() async throws {
        let failure = try await failure(
            YAMLProblems([
                YAMLProblem(
                    file: "sites.yaml", line: 7, column: 3, path: "sites[0].chairs[0].kind",
                    message: "is 'stool'; accepted: recliner, bed"),
                YAMLProblem(
                    file: "sites.yaml", line: nil, column: nil, path: "", message: "is empty"),
            ]))
        #expect(failure.exit == .inputOutput)
        let text = text(failure)
        #expect(
            text.contains(
                #"{"file":"sites.yaml","line":7,"column":3,"field":"sites[0].chairs[0].kind","#),
            "\(text)")
        #expect(text.contains(#""line":null"#), "\(text)")
    }

    @Test func `of a line of an export and of a plan the member is told`() async throws {
        let line = try await failure(
            LogFileProblem(
                place: "clinic.ndjson, line 9", member: "version",
                message: "found 3, accepted is 2"))
        #expect(line.exit == .software)
        #expect(line.message == "clinic.ndjson, line 9: version: found 3, accepted is 2")
        #expect(
            text(line).contains(
                #""errors":[{"place":"clinic.ndjson, line 9","field":"version","problem":"found 3,"#
            ))
        let plan = Failure(
            FieldProblems("/format", "is another format", accepted: "another"), of: "day.json")
        #expect(plan.exit == .inputOutput)
        #expect(plan.message == "day.json: /format: is another format; accepted: another")
        #expect(
            text(plan).contains(
                #""pointer":"/format","problem":"is another format","accepted":"another""#))
    }

    /// Each way in which the application says no, and how the program ends.
    static let ends: [(ApplicationError, Exit)] = [
        (.notFound("order"), .noAnswer), (.unavailable(constraint: "chair-overlap"), .refused),
        (.identifierTaken, .refused), (.contended(attempts: 3), .unavailable),
        (.unknownSite(SiteID("west"), accepted: ["main"]), .configuration),
        (.forbidden(.siteRead), .notPermitted), (.keyReused, .software),
        (.store(EventLogError(.unavailable, "gone")), .unavailable),
        (.store(EventLogError(.overloaded, "full")), .unavailable),
        (.store(EventLogError(.outcomeUnknown, "silence")), .unavailable),
        (.store(EventLogError(.unknownTenant, "nobody")), .noAnswer),
        (.store(EventLogError(.storeFailed, "broken")), .software),
    ]

    @Test(arguments: ends.indices)
    func `whatever is said ends as the document lists it`(_ index: Int) async throws {
        let (error, exit) = Self.ends[index]
        #expect(try await failure(error).exit == exit)
    }
}
