import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionKnowledge
import InfusionProjections
import TestClinic
import Testing

/// The knowledge that decides: each position of the log keeps its own, and decisions name it.
@Suite struct `Knowledge in force` {
    /// Pathways that came into force behind a position of the log.
    private struct Activated: KnowledgeDirectory {
        let behind: Position
        let now: KnowledgeInForce
        func knowledge(
            of tenant: TenantID, at position: Position?
        ) async throws(EventLogError) -> KnowledgeInForce {
            if let position, position <= behind { return .shipped }
            return now
        }
    }

    /// Under these the answer "no infection" is good for a day.
    private static func strict() throws -> ClinicalPathways {
        let text = PathwaysFile.shipped.text
            .replacingOccurrences(of: "version: 2026.11.0\n", with: "version: 2026.11.0+day\n")
            .replacingOccurrences(
                of: "value: 7 d\n    accepted: 0 to 14\n    meaning: how long the answer",
                with: "value: 1 d\n    accepted: 0 to 14\n    meaning: how long the answer")
        return try PathwaysFile(text, file: "p.yaml").pathways
    }

    private func result(_ value: Decimal, at instant: Instant) -> LabResult {
        LabResult(
            id: LabResultID(UUID()), analyte: .hemoglobin,
            value: LabValue(
                comparator: nil, reported: value, reportedUnit: "g/dL", canonical: value),
            collectedAt: instant, status: .final, referenceLow: nil, source: nil)
    }

    /// A woman with an order, of whom it was asked two days ago whether she has an infection.
    private func ordered() async throws -> (MemoryClinic, PatientID, OrderID) {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let now = clinic.clock.now
        try await clinic.send(
            .setClinicalContext([.general], facts: [.infection(active: false)], at: now),
            to: .patient(patient))
        try await clinic.send(
            .recordMeasurements(weight: Kilograms(80), height: nil, at: now), to: .patient(patient))
        let order = OrderID(UUID())
        try await clinic.order(order, for: patient, at: now)
        clinic.clock.advance(days: 2)
        return (clinic, patient, order)
    }

    private func asked(_ answer: GateAnswer) -> Infusion.Predicate? {
        answer.review.findings.first { $0.gate == .infection }?.predicates
            .first { $0.name == "days-since-asked" }
    }

    @Test func `a gate goes by the numbers that were in force as known then`() async throws {
        let (clinic, patient, order) = try await ordered()
        let before = try await clinic.log.head(tenant: clinic.tenant)
        let service = clinic.useCases(
            by: Activated(
                behind: before,
                now: KnowledgeInForce(formulary: .standard, pathways: try Self.strict())))
        let then = try await service.gates(
            GateQuestionAsked(
                order: order, asOf: AsOf(effectiveAt: nil, knownAt: .position(before))),
            actor: clinic.actor())
        #expect(asked(then)?.threshold == "7")
        #expect(asked(then)?.holds == true)
        #expect(asked(then)?.source == "clinical facts §4 (ED M)")
        #expect(then.review.pathwaysVersion == "2026.11.0")
        #expect(then.review.formularyVersion == "2026.11.0")
        // Something else is recorded; as known from there on the others decide.
        try await clinic.send(
            .recordMeasurements(weight: Kilograms(80), height: nil, at: clinic.clock.now),
            to: .patient(patient))
        let now = try await service.gates(
            GateQuestionAsked(order: order), actor: clinic.actor())
        #expect(asked(now)?.threshold == "1")
        #expect(asked(now)?.holds == false)
        #expect(now.review.pathwaysVersion == "2026.11.0+day")
        #expect(now.review.formularyVersion == "2026.11.0")
    }

    @Test func `every event names the formulary and the pathways that decided it`() async throws {
        let (clinic, patient, _) = try await ordered()
        let before = try await clinic.log.head(tenant: clinic.tenant)
        let service = clinic.useCases(
            by: FixedKnowledge(formulary: .standard, pathways: try Self.strict()))
        _ = try await service.handle(
            clinic.request(
                .recordLabs([result(Decimal(59) / 10, at: clinic.clock.now)]),
                to: .patient(patient)))
        let first = try await clinic.log.readAll(
            tenant: clinic.tenant, after: .start, limit: 100)
        #expect(
            first.filter { $0.position <= before }.allSatisfy {
                $0.metadata.ruleSet == "2026.11.0/2026.11.0"
            })
        let later = first.filter { $0.position > before }
        #expect(later.contains { $0.data.type == "recheck-opened" })
        #expect(later.allSatisfy { $0.metadata.ruleSet == "2026.11.0/2026.11.0+day" })
    }

    @Test func `why a row is there names the pathways that opened it`() async throws {
        let (clinic, patient, _) = try await ordered()
        let service = clinic.useCases(
            by: FixedKnowledge(formulary: .standard, pathways: try Self.strict()))
        _ = try await service.handle(
            clinic.request(
                .recordLabs([result(Decimal(59) / 10, at: clinic.clock.now)]),
                to: .patient(patient)))
        let queue = try await service.recheckQueue(
            RecheckQueueQuestion(
                site: nil, status: nil, on: nil, knownAt: .now, after: nil, limit: 10),
            actor: clinic.actor())
        let row = try #require(queue.rows.first { $0.recheck.rule == .hemoglobinTrend })
        // Whatever decides by now.
        let answer = try await clinic.useCases.why(
            row.recheck, of: patient, asOf: .now, actor: clinic.actor())
        #expect(answer.ruleSet.pathways == "2026.11.0+day")
        #expect(answer.ruleSet.formulary == "2026.11.0")
    }

    @Test func `a plan and the response name the pathways too`() async throws {
        let (clinic, patient, order) = try await ordered()
        let service = clinic.useCases(
            by: FixedKnowledge(formulary: .standard, pathways: try Self.strict()))
        let actor = clinic.actor()
        let plan = try await service.plan(order, asOf: .now, actor: actor)
        #expect(plan.pathwaysVersion == "2026.11.0+day")
        let response = try await service.response(
            of: patient, order: nil, asOf: .now, actor: actor)
        #expect(response.pathwaysVersion == "2026.11.0+day")
    }
}
