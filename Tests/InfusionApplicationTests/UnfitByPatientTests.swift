import EventStore
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

/// What a command about a patient tells of the visits that stay booked, through the use cases.
@Suite("Visits that no longer fit their patient, in receipts") struct UnfitByPatientReceiptTests {
    private let clinic: MemoryClinic
    private let patient: PatientID
    private let order = OrderID(UUID())
    private let dose = DoseID(UUID())
    private let visit = AppointmentID(UUID())
    /// Eight days after the first dose, at 10:00 in Rome.
    private let slot: AppointmentSlot

    /// Injectafer, whose first dose was given this morning.
    init() async throws {
        clinic = try await MemoryClinic()
        patient = try await clinic.register()
        let target = CommandTarget.patient(patient)
        let now = clinic.clock.now
        let start = now.adding(hours: 8 * 24)
        slot = AppointmentSlot(
            site: clinic.site.id, chair: ChairID("1"), start: start, end: start.adding(minutes: 90))
        try await clinic.send(
            .setClinicalContext(
                [.general], facts: [.infection(active: false), .pregnancy(.notPregnant)], at: now),
            to: target)
        try await clinic.send(
            .recordMeasurements(weight: Kilograms(80), height: nil, at: now), to: target)
        let values: [(Analyte, Decimal)] = [
            (.hemoglobin, 9), (.ferritin, 12), (.transferrinSaturation, 8), (.cReactiveProtein, 2),
        ]
        try await clinic.send(
            .recordLabs(values.map { lab($0, $1, at: now) }), to: target)
        try await clinic.order(order, for: patient, at: now)
        clinic.clock.advance(hours: 1)
        let begin = clinic.clock.now
        try await clinic.send(
            .recordChairsideCheck(
                ChairsideCheck(
                    vitals: VitalSigns(
                        systolic: 120, diastolic: 75, heartRate: 72, respiratoryRate: 14,
                        oxygenSaturation: 98, temperature: 36), isStaffed: true, hasConsent: true),
                at: begin), to: target)
        try await clinic.send(
            .startDose(
                StartDose(
                    id: dose, order: order, appointment: nil, planned: Milligrams(750), at: begin)),
            to: target)
        clinic.clock.advance(hours: 1)
        let given = EndDose(
            id: dose, given: Milligrams(750), lot: LotNumber("LOT-7"),
            expiry: CalendarDate(now, in: clinic.site.timeZone).adding(days: 700),
            at: clinic.clock.now)
        try await clinic.send(.completeDose(given), to: target)
    }

    private func lab(_ analyte: Analyte, _ value: Decimal, at instant: Instant) -> LabResult {
        LabResult(
            id: LabResultID(UUID()), analyte: analyte,
            value: LabValue(
                comparator: nil, reported: value, reportedUnit: analyte.canonicalUnit,
                canonical: value),
            collectedAt: instant, status: .final, referenceLow: nil, source: nil)
    }

    private func book() async throws {
        let receipt = try await clinic.send(
            .bookAppointment(visit, order: order, slot: slot), to: .order(order))
        #expect(receipt.unfit == .none)
    }

    private func named(_ reason: UnfitReason, _ gates: [Gate]) throws -> UnfitVisits {
        UnfitVisits(
            total: 1,
            named: [
                UnfitVisit(
                    appointment: visit, slot: slot,
                    start: try #require(LocalTime("2026-03-10T10:00")), reason: reason,
                    gates: gates)
            ])
    }

    private var reaction: PatientCommand {
        .logReaction(
            Reaction(
                id: ReactionID(UUID()), dose: dose, kind: .carpaModerate, grade: .ctcae(2),
                onsetMinute: 5, deliveredAtOnset: nil), at: clinic.clock.now)
    }

    @Test func `a reaction names the visit whose order it holds, once and for ever`() async throws {
        try await book()
        let request = clinic.request(reaction, to: .dose(dose))
        let receipt = try await clinic.useCases.handle(request)
        #expect(receipt.unfit == (try named(.orderNotActive, [.order])))
        // It is told, and nothing else: the visit stays booked.
        #expect(receipt.events.contains("order-held"))
        #expect(!receipt.events.contains("appointment-cancelled"))
        let released = try await clinic.send(
            .releaseOrder(
                order,
                signOff: GivenSignOff(
                    reason: .clinicianReview, justification: "reviewed with the allergist",
                    role: .prescriber, coSigner: "Dr Verdi")), to: .order(order))
        #expect(released.unfit == .none)
        clinic.clock.advance(hours: 1)
        // From the log, and by the moment it was recorded at.
        let again = try await clinic.useCases.handle(request)
        #expect(again.replayed)
        #expect(again.unfit == receipt.unfit)
    }

    @Test func `an allergy that is told later shuts a gate of the visit's date`() async throws {
        try await book()
        let receipt = try await clinic.send(
            .setClinicalContext(
                [.general],
                facts: [.ironAllergy(IronAllergy(moiety: .ferricCarboxymaltose, serious: true))],
                at: clinic.clock.now), to: .patient(patient))
        #expect(receipt.unfit == (try named(.gatesShut, [.anaphylaxisSameProduct])))
        // What was known is not named again.
        let lab = try await clinic.send(
            .recordLabs([lab(.phosphate, 3, at: clinic.clock.now)]), to: .patient(patient))
        #expect(lab.unfit == .none)
    }

    @Test func `for a patient without visits to come nothing is read`() async throws {
        let log = LogThatGoes(clinic.log)
        let service = clinic.useCases(over: log)
        log.goesAfterAppends()
        let held = try await service.handle(
            clinic.request(.holdOrder(order, reason: .awaitingLabs), to: .patient(patient)))
        #expect(held.unfit == .none)
    }

    @Test func `nor where every visit fits as before`() async throws {
        try await book()
        let log = LogThatGoes(clinic.log)
        let service = clinic.useCases(over: log)
        log.goesAfterAppends()
        let lab = clinic.request(
            .recordLabs([lab(.phosphate, 3, at: clinic.clock.now)]), to: .patient(patient))
        #expect(try await service.handle(lab).unfit == .none)
    }

    @Test func `commands that travel together are each told what they have done`() async throws {
        try await book()
        let gate = PatientGate(clinic.log)
        let service = clinic.useCases(over: gate)
        let hold = PatientCommand.holdOrder(order, reason: .awaitingLabs)
        let weight = PatientCommand.recordMeasurements(
            weight: Kilograms(81), height: nil, at: clinic.clock.now)
        // The first goes out alone, and the others wait for it.
        let commands = [weight, hold, .releaseOrder(order), hold]
        let requests = commands.map { clinic.request($0, to: .patient(patient)) }
        var tasks: [Task<CommandReceipt, any Error>] = []
        for request in requests {
            tasks.append(Task { try await service.handle(request) })
            try await Task.sleep(for: .milliseconds(20))
        }
        gate.open()
        let named = try named(.orderNotActive, [.order])
        for (index, unfit) in [UnfitVisits.none, named, .none, named].enumerated() {
            let receipt = try await tasks[index].value
            #expect(!receipt.replayed)
            #expect(receipt.unfit == unfit)
            let again = try await clinic.useCases.handle(requests[index])
            #expect(again.replayed)
            #expect(again.unfit == unfit)
        }
        #expect(gate.sizes == [1, 3])
    }
}
