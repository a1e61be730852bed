import EventStore
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

/// How overrides were used, over all patients, page by page.
@Suite("The report of overrides") struct OverrideReportTests {
    private let clinic: MemoryClinic

    /// Three patients; an override each, the third's a day after the others'.
    init() async throws {
        clinic = try await MemoryClinic()
        for number in 1...3 {
            let patient = try await clinic.register("\(number)")
            let order = OrderID(UUID())
            if number == 3 { clinic.clock.advance(days: 1) }
            try await clinic.send(
                .orderInfusion(
                    OrderInfusion(
                        id: order, product: ProductKey("injectafer"),
                        dosingRow: DosingRowID("FCM-US-2"), indication: .general,
                        prescribed: [Milligrams(750), Milligrams(750)], method: .labelCourse,
                        targetHemoglobin: nil, stores: nil,
                        signature: Signature(
                            prescriber: "Dr Bianchi", signedAt: clinic.clock.now))),
                to: .patient(patient))
            try await clinic.send(
                .overrideGate(
                    OverrideGate(
                        // Nobody has asked about an infection.
                        id: OverrideID(UUID()), gate: .infection, order: order,
                        reason: .benefitOutweighsRisk,
                        justification: "benefit discussed with the patient", role: .prescriber,
                        coSigner: "Dr Verdi", expiresAt: clinic.clock.now.adding(hours: 24))),
                to: .order(order))
        }
    }

    private func page(
        _ start: OverrideReportQuestion.Start = .beginning(knownAt: .now), limit: Int = 500,
        actor: Actor? = nil
    ) async throws -> OverrideReportPage {
        try await clinic.useCases.overrides(
            OverrideReportQuestion(start: start, limit: limit), actor: actor ?? clinic.actor())
    }

    /// Expired, open.
    private func counts(_ uses: [OverrideUse]) -> [Int] {
        [uses.count { $0.outcome == .expired }, uses.count { $0.outcome == .open }]
    }

    @Test func `all of them are counted, as of now`() async throws {
        let whole = try await page()
        #expect(whole.next == nil)
        #expect(counts(whole.uses) == [2, 1])
        #expect(whole.uses.allSatisfy { $0.gate == .infection })
        #expect(whole.position == (try await clinic.log.head(tenant: clinic.tenant)))
    }

    @Test func `pages of one are of one moment, and add up to the whole`() async throws {
        var found = try await page(limit: 1)
        var uses = found.uses
        let position = found.position
        // What happens meanwhile is another report's.
        clinic.clock.advance(days: 2)
        _ = try await clinic.register("4")
        while let next = found.next {
            found = try await page(.after(next), limit: 1)
            #expect(found.position == position)
            #expect(found.uses.count <= 1)
            uses += found.uses
        }
        #expect(counts(uses) == [2, 1])
        #expect(counts(try await page().uses) == [3, 0])
    }

    @Test func `they are counted as they were known`() async throws {
        let first = Timestamp(
            microsecondsSinceUnixEpoch: clinic.clock.now.adding(hours: -24)
                .microsecondsSinceUnixEpoch)
        #expect(counts(try await page(.beginning(knownAt: .instant(first))).uses) == [0, 2])
    }

    @Test func `nobody goes on where the log has not come to`() async throws {
        let head = try await clinic.log.head(tenant: clinic.tenant)
        let beyond = OverrideReportPlace(
            reached: .start, known: head.advanced(by: 1), moment: clinic.clock.now)
        let error = await #expect(throws: ApplicationError.self) {
            try await page(.after(beyond))
        }
        guard case .beyondTheHead = error else {
            Issue.record("expected beyond the head, got \(String(describing: error))")
            return
        }
    }

    @Test func `nobody asks without the scope`() async throws {
        let error = await #expect(throws: ApplicationError.self) {
            try await page(actor: clinic.actor(without: [.reportRead]))
        }
        guard case .forbidden(.reportRead) = error else {
            Issue.record("expected forbidden, got \(String(describing: error))")
            return
        }
    }
}
