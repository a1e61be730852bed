import EventStore
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

/// What a command about one visit tells of the patient's others, through the use cases.
@Suite("Visits that no longer fit, in receipts") struct UnfitCourseReceiptTests {
    private let clinic: MemoryClinic
    private let order = OrderID(UUID())
    private let first = AppointmentID(UUID())
    private let second = AppointmentID(UUID())

    /// Iron dextran, whose first dose has an hour's wait: four hours on 4 March, three quarters of an hour on the
    /// next day, at a site that is open every day.
    init() async throws {
        clinic = try await MemoryClinic()
        let patient = CommandTarget.patient(try await clinic.register())
        let now = clinic.clock.now
        try await clinic.send(
            .setClinicalContext(
                [.general], facts: [.infection(active: false), .pregnancy(.notPregnant)], at: now),
            to: patient)
        try await clinic.send(
            .recordMeasurements(weight: Kilograms(70), height: nil, at: now), to: patient)
        let values: [(Analyte, Decimal)] = [
            (.hemoglobin, 9), (.ferritin, 12), (.transferrinSaturation, 8), (.cReactiveProtein, 2),
        ]
        try await clinic.send(
            .recordLabs(
                values.map { analyte, value in
                    LabResult(
                        id: LabResultID(UUID()), analyte: analyte,
                        value: LabValue(
                            comparator: nil, reported: value,
                            reportedUnit: analyte.canonicalUnit, canonical: value),
                        collectedAt: now, status: .final, referenceLow: nil, source: nil)
                }), to: patient)
        try await clinic.send(
            .orderInfusion(
                OrderInfusion(
                    id: order, product: ProductKey("infed"), dosingRow: DosingRowID("LMWID-US"),
                    indication: .general, prescribed: [Milligrams(100), Milligrams(100)],
                    method: .ganzoni, targetHemoglobin: nil, stores: nil,
                    signature: Signature(prescriber: "Dr Bianchi", signedAt: now))), to: patient)
        var plan = SitePlan(site: clinic.site.id, timeZone: clinic.site.timeZone.identifier)
        plan.chairs = [SitePlan.Chair(SiteChair(id: ChairID("1"), kind: .recliner))]
        let hours = try #require(ClockSpan("08:00-18:00"))
        plan.hours = [
            .set(
                WeeklyHours(
                    validFrom: CalendarDate(now, in: clinic.site.timeZone),
                    days: Dictionary(
                        uniqueKeysWithValues: Weekday.allCases.map { ($0, [hours]) })))
        ]
        try await clinic.decide(.apply(plan))
        try await book(first, slot(hours: 48, minutes: 240))
        try await book(second, slot(hours: 72, minutes: 45))
    }

    /// What it takes away from other visits is read once it is in the log.
    @Test func `a command that was written is never told that nothing was`() async throws {
        let log = LogThatGoes(clinic.log)
        let service = clinic.useCases(over: log)
        let cancel = clinic.request(
            .cancelAppointment(first, reason: .patientRequest), to: .appointment(first))
        log.goesAfterAppends()
        do throws(ApplicationError) {
            _ = try await service.handle(cancel)
            Issue.record("it was answered without the other visits")
        } catch {
            if case .store(let problem) = error {
                #expect(problem.code == .outcomeUnknown)
            } else {
                Issue.record("expected .store, got \(error)")
            }
        }
        log.isBack()
        let again = try await service.handle(cancel)
        #expect(again.replayed)
        #expect(again.unfit.total == 1)
    }

    /// From 10:00 in Rome on.
    private func slot(hours: Int64, minutes: Int64) -> AppointmentSlot {
        let start = Instant(microsecondsSinceUnixEpoch: 1_772_442_000_000_000).adding(hours: hours)
        return AppointmentSlot(
            site: clinic.site.id, chair: ChairID("1"), start: start,
            end: start.adding(minutes: minutes))
    }

    private func book(_ id: AppointmentID, _ slot: AppointmentSlot) async throws {
        let receipt = try await clinic.send(
            .bookAppointment(id, order: order, slot: slot), to: .order(order))
        #expect(receipt.unfit == .none)
    }

    private var expected: UnfitVisit {
        get throws {
            UnfitVisit(
                appointment: second, slot: slot(hours: 72, minutes: 45),
                start: try #require(LocalTime("2026-03-05T10:00")), reason: .visitTooShort)
        }
    }

    @Test func `a first visit that is cancelled names the next, once and for ever`() async throws {
        let request = clinic.request(
            .cancelAppointment(first, reason: .patientRequest), to: .appointment(first))
        let receipt = try await clinic.useCases.handle(request)
        #expect(receipt.unfit == UnfitVisits(total: 1, named: [try expected]))
        // It is moved meanwhile, to a time that is long enough.
        let moved = try await clinic.send(
            .moveAppointment(second, to: slot(hours: 96, minutes: 240)), to: .appointment(second))
        #expect(moved.unfit == .none)
        clinic.clock.advance(hours: 1)
        let again = try await clinic.useCases.handle(request)
        #expect(again.replayed)
        #expect(again.unfit == receipt.unfit)
    }

    @Test func `so does one that is missed, and one that moves behind it`() async throws {
        let moved = try await clinic.send(
            .moveAppointment(first, to: slot(hours: 96, minutes: 240)), to: .appointment(first))
        #expect(moved.unfit.named == [try expected])
        let back = try await clinic.send(
            .moveAppointment(first, to: slot(hours: 48, minutes: 240)), to: .appointment(first))
        #expect(back.unfit == .none)
        clinic.clock.advance(hours: 50)
        let missed = try await clinic.send(.recordNoShow(first), to: .appointment(first))
        #expect(missed.unfit.named == [try expected])
    }
}
