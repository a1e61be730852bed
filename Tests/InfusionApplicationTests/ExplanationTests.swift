import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import TestClinic
import Testing

/// Gates, response, plan and queue by both clocks: what was known before a correction reads as it did.
@Suite struct `Explanations as of both clocks` {
    private func result(
        _ analyte: Analyte, _ value: Decimal, at instant: Instant
    ) -> LabResult {
        LabResult(
            id: LabResultID(UUID()), analyte: analyte,
            value: LabValue(
                comparator: nil, reported: value, reportedUnit: analyte.canonicalUnit,
                canonical: value), collectedAt: instant, status: .final, referenceLow: nil,
            source: nil)
    }

    /// A woman with an order whose haemoglobin of 6 g/dL shuts the gate of transfusion.
    private func ordered() async throws -> (MemoryClinic, PatientID, OrderID, LabResult) {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let now = clinic.clock.now
        let low = result(.hemoglobin, 6, at: now)
        try await clinic.send(
            .setClinicalContext([.general], facts: [.infection(active: false)], at: now),
            to: .patient(patient))
        try await clinic.send(
            .recordMeasurements(weight: Kilograms(80), height: nil, at: now), to: .patient(patient))
        try await clinic.send(.recordLabs([low]), to: .patient(patient))
        let order = OrderID(UUID())
        try await clinic.order(order, for: patient, at: now)
        return (clinic, patient, order, low)
    }

    private func gate(_ gate: Gate, of answer: GateAnswer) -> Finding? {
        answer.review.findings.first { $0.gate == gate }
    }

    @Test func `a backdated correction changes what is known now, and not what was known then`()
        async throws
    {
        let (clinic, patient, order, low) = try await ordered()
        let before = try await clinic.log.head(tenant: clinic.tenant)
        let asked = clinic.clock.now
        let question = { (known: AsOf.Knowledge) in
            GateQuestionAsked(order: order, asOf: AsOf(effectiveAt: asked, knownAt: known))
        }
        let first = try await clinic.useCases.gates(question(.now), actor: clinic.actor())
        #expect(gate(.transfusion, of: first)?.verdict == .blocked)
        #expect(first.wouldChange[.transfusion]?.fact?.value == "7")
        clinic.clock.advance(days: 2)
        try await clinic.send(
            .correctLab(
                LabCorrected(
                    result: low.id,
                    value: LabValue(
                        comparator: nil, reported: 9, reportedUnit: "g/dL", canonical: 9),
                    status: .corrected, collectedAt: low.collectedAt)),
            to: .patient(patient))
        let now = try await clinic.useCases.gates(question(.now), actor: clinic.actor())
        #expect(gate(.transfusion, of: now)?.verdict == .passed)
        #expect(now.wouldChange[.transfusion]?.fact?.value == "6.9")
        let then = try await clinic.useCases.gates(
            question(.position(before)), actor: clinic.actor())
        #expect(then.review == first.review)
        #expect(then.wouldChange == first.wouldChange)
        #expect(then.position == before)
    }

    @Test func `what happened later is left out of the gates, the plan and the queue`() async throws
    {
        let (clinic, patient, order, low) = try await ordered()
        let asked = clinic.clock.now
        let recheck = RecheckID(rule: .hemoglobinTrend, anchor: EventVersion(5))
        let actor = clinic.actor()
        clinic.clock.advance(days: 1)
        try await clinic.send(
            .recordLabs([result(.hemoglobin, 9, at: clinic.clock.now)]), to: .patient(patient))
        try await clinic.send(
            .recordMeasurements(weight: Kilograms(70), height: nil, at: clinic.clock.now),
            to: .patient(patient))
        let then = AsOf(effectiveAt: asked, knownAt: .now)
        let gates = try await clinic.useCases.gates(
            GateQuestionAsked(order: order, asOf: then), actor: actor)
        #expect(gate(.transfusion, of: gates)?.verdict == .blocked)
        let plan = try await clinic.useCases.plan(order, asOf: then, actor: actor)
        #expect(plan.plan.order.plannedTotal == Milligrams(1_500))
        #expect(plan.plan.wouldChange == .nothing(.never))
        // The alarm was answered a day later; at the asked moment its row was open.
        let row = try await clinic.useCases.why(recheck, of: patient, asOf: then, actor: actor)
        #expect(row.row.closed == nil)
        #expect(row.wouldChange?.fact?.analytes == [.hemoglobin])
        let today = try await clinic.useCases.why(recheck, of: patient, asOf: .now, actor: actor)
        #expect(today.row.closed != nil)
        #expect(today.wouldChange == nil)
        let early = AsOf(effectiveAt: low.collectedAt.adding(hours: -1), knownAt: .now)
        await #expect(throws: ApplicationError.self) {
            try await clinic.useCases.why(recheck, of: patient, asOf: early, actor: actor)
        }
    }

    /// A history that is older than the record: who the patient is was true all the while.
    @Test func `before the day of the registration birth date and sex are known`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let actor = clinic.actor()
        let then = clinic.clock.now.adding(hours: -240)
        try await clinic.send(
            .setClinicalContext(
                [.general], facts: [.infection(active: false), .pregnancy(.notPregnant)], at: then),
            to: .patient(patient))
        try await clinic.send(
            .recordMeasurements(weight: Kilograms(80), height: nil, at: then), to: .patient(patient)
        )
        try await clinic.send(
            .recordLabs([
                result(.hemoglobin, 9, at: then), result(.ferritin, 12, at: then),
                result(.transferrinSaturation, 8, at: then),
            ]), to: .patient(patient))
        let order = OrderID(UUID())
        try await clinic.order(order, for: patient, at: then)
        let asOf = AsOf(effectiveAt: then.adding(hours: 1), knownAt: .now)
        let answer = try await clinic.useCases.gates(
            GateQuestionAsked(order: order, asOf: asOf), actor: actor)
        for asked in [Gate.diagnosis, .firstTrimester, .weightAndAge] {
            #expect(gate(asked, of: answer)?.verdict == .passed, "\(asked.rawValue)")
        }
        let view = try await clinic.useCases.patient(patient, asOf: asOf, actor: actor)
        #expect(view.ironStatus.map(\.classification) == [.absolute])
        #expect(view.state.registration?.gender == .female)
        // What was recorded of the patient since is left out all the same.
        let before = AsOf(effectiveAt: then.adding(hours: -1), knownAt: .now)
        let earlier = try await clinic.useCases.patient(patient, asOf: before, actor: actor)
        #expect(earlier.state.labs.isEmpty)
        #expect(earlier.state.contexts.latest == nil)
    }

    @Test func `before the order was placed its gates and plan name the parameter`() async throws {
        let (clinic, _, order, low) = try await ordered()
        let asOf = AsOf(effectiveAt: low.collectedAt.adding(hours: -1), knownAt: .now)
        func field(_ ask: () async throws(ApplicationError) -> Void) async -> String? {
            do throws(ApplicationError) {
                try await ask()
            } catch {
                if case .refused(let refusal, _, _) = error,
                    case .invalidValue(let field, _, let accepted) = refusal
                {
                    return "\(field): \(accepted)"
                }
            }
            return nil
        }
        let expected = "effectiveAt: 2026-03-02T09:00:00Z or later"
        let actor = clinic.actor()
        let gates = await field { () async throws(ApplicationError) in
            _ = try await clinic.useCases.gates(
                GateQuestionAsked(order: order, asOf: asOf), actor: actor)
        }
        #expect(gates == expected)
        let plan = await field { () async throws(ApplicationError) in
            _ = try await clinic.useCases.plan(order, asOf: asOf, actor: actor)
        }
        #expect(plan == expected)
    }

    @Test func `asking what would change an answer records nothing`() async throws {
        let (clinic, patient, order, _) = try await ordered()
        let before = try await clinic.log.head(tenant: clinic.tenant)
        let actor = clinic.actor()
        _ = try await clinic.useCases.gates(GateQuestionAsked(order: order), actor: actor)
        _ = try await clinic.useCases.plan(order, asOf: .now, actor: actor)
        let response = try await clinic.useCases.response(
            of: patient, order: order, asOf: .now, actor: actor)
        #expect(response.assessment == nil)
        #expect(response.wouldChange == nil)
        #expect(try await clinic.log.head(tenant: clinic.tenant) == before)
    }
}
