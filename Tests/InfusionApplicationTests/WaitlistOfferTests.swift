import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import TestClinic
import Testing

@Suite struct `Time that was given back` {
    let clinic: MemoryClinic
    /// Has the chair from 10:00 to 11:30 UTC two days on.
    let first: PatientID
    let firstOrder = OrderID(UUID())
    let visit = AppointmentID(UUID())
    /// Wait: the second is anaemic enough to be urgent, the third came first.
    let second: PatientID
    let secondOrder = OrderID(UUID())
    let third: PatientID
    let thirdOrder = OrderID(UUID())

    init(neighbors: [ClinicSite] = []) async throws {
        clinic = try await MemoryClinic(neighbors: neighbors)
        first = try await clinic.register("1")
        second = try await clinic.register("2")
        third = try await clinic.register("3")
        try await prepare(first, firstOrder, hemoglobin: 9)
        try await prepare(second, secondOrder, hemoglobin: 7.5)
        try await prepare(third, thirdOrder, hemoglobin: 9)
        try await clinic.send(
            .bookAppointment(visit, order: firstOrder, slot: slot()), to: .order(firstOrder))
        try await wait(thirdOrder)
        try await wait(secondOrder)
    }

    private func prepare(
        _ patient: PatientID, _ order: OrderID, hemoglobin: Decimal
    ) async throws {
        let now = clinic.clock.now
        let target = CommandTarget.patient(patient)
        try await clinic.send(
            .setClinicalContext(
                [.general], facts: [.infection(active: false), .pregnancy(.notPregnant)], at: now),
            to: target)
        try await clinic.send(
            .recordMeasurements(weight: Kilograms(70), height: nil, at: now), to: target)
        let values: [(Analyte, Decimal)] = [
            (.hemoglobin, hemoglobin), (.ferritin, 12), (.transferrinSaturation, 8),
            (.cReactiveProtein, 2), (.phosphate, 3),
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
                }), to: target)
        try await clinic.order(order, for: patient, at: now)
    }

    private func wait(_ order: OrderID, minutes: Int = 90, notice: Int = 0) async throws {
        try await clinic.send(
            .enterWaitlist(
                WaitlistRequest(
                    order: order, site: nil, minutes: minutes, earliest: nil, latest: nil,
                    weekdays: Set(Weekday.allCases), hours: nil, noticeHours: notice)),
            to: .order(order))
    }

    func slot(hours: Int64 = 49) -> AppointmentSlot {
        let start = Instant(microsecondsSinceUnixEpoch: 1_772_442_000_000_000).adding(hours: hours)
        return AppointmentSlot(
            site: clinic.site.id, chair: ChairID("1"), start: start,
            end: start.adding(minutes: 90))
    }

    func offer(_ order: OrderID, _ id: AppointmentID, minutes: Int = 30) -> PatientCommand {
        .offerVisit(
            OfferVisit(id: id, order: order, slot: slot(), minutes: minutes, freed: visit))
    }

    func offers(_ time: FreedTime? = nil) async throws -> WaitlistOffersAnswer {
        try await clinic.useCases.waitlistOffers(
            WaitlistOffersQuestion(
                site: clinic.site.id, time: time ?? .visit(visit), after: nil, limit: 50),
            actor: clinic.actor())
    }

    func list() async throws -> [WaitlistRow] {
        try await clinic.useCases.waitlist(
            WaitlistQuestion(site: clinic.site.id, knownAt: .now, after: nil, limit: 50),
            actor: clinic.actor()
        ).rows
    }

    func cancel() async throws {
        try await clinic.send(
            .cancelAppointment(visit, reason: .patientRequest), to: .appointment(visit))
    }

    @Test func `the list is by urgency before it is by time`() async throws {
        #expect(try await list().map(\.order) == [secondOrder, thirdOrder])
        #expect(try await list().map(\.urgency) == [.urgent, .routine])
        let before = try await clinic.log.head(tenant: clinic.tenant)
        try await clinic.send(
            .leaveWaitlist(secondOrder, reason: .noLongerNeeded), to: .order(secondOrder))
        #expect(try await list().map(\.order) == [thirdOrder])
        let then = try await clinic.useCases.waitlist(
            WaitlistQuestion(
                site: clinic.site.id, knownAt: .position(before), after: nil, limit: 50),
            actor: clinic.actor())
        #expect(then.rows.map(\.order) == [secondOrder, thirdOrder])
    }

    @Test func `a visit that keeps its time gives none back`() async throws {
        let error = await #expect(throws: ApplicationError.self) { try await offers() }
        guard case .notFound = error else {
            Issue.record("expected not found, got \(String(describing: error))")
            return
        }
        let taken = try await offers(
            .span(
                ChairID("1"), try #require(TimeSpan(from: slot().start, until: slot().end)),
                freed: nil))
        #expect(taken.free.isEmpty)
        #expect(
            taken.candidates.map(\.candidacy) == [.unsuitable(.tooShort), .unsuitable(.tooShort)])
    }

    @Test func `a cancelled visit's time is offered down the list, and taken by one`() async throws
    {
        try await cancel()
        let answer = try await offers()
        #expect(answer.chair == ChairID("1") && answer.freed == visit)
        #expect(answer.candidates.map(\.row.order) == [secondOrder, thirdOrder])
        #expect(answer.candidates.map(\.candidacy) == [.fits(slot()), .fits(slot())])

        let offered = AppointmentID(UUID())
        try await clinic.send(offer(secondOrder, offered), to: .order(secondOrder))
        #expect(try await list().map(\.status) == [.offered, .waiting])
        // Never the same time to two at once.
        let error = await #expect(throws: ApplicationError.self) {
            try await clinic.send(offer(thirdOrder, AppointmentID(UUID())), to: .order(thirdOrder))
        }
        guard case .unavailable("chair-overlap", _) = error else {
            Issue.record("expected chair-overlap, got \(String(describing: error))")
            return
        }
        let receipt = try await clinic.send(
            .confirmAppointment(offered), to: .appointment(offered))
        #expect(receipt.events.suffix(1) == ["waitlist-left"])
        #expect(try await list().map(\.order) == [thirdOrder])
    }

    @Test func `who declines waits on, and the next is offered the time`() async throws {
        try await cancel()
        let offered = AppointmentID(UUID())
        try await clinic.send(offer(secondOrder, offered), to: .order(secondOrder))
        let until = clinic.clock.now.adding(minutes: 30)
        #expect(
            try await offers().candidates.map(\.candidacy) == [
                .unsuitable(.tooShort), .unsuitable(.tooShort),
            ])
        let waiting = try await clinic.useCases.waitlist(
            of: second, knownAt: .now, actor: clinic.actor())
        #expect(
            waiting.offers[secondOrder]
                == WaitlistRow.Offer(appointment: offered, until: until))
        try await clinic.send(
            .declineOffer(offered, reason: .patientRequest), to: .appointment(offered))
        #expect(
            try await offers().candidates.map(\.candidacy) == [.offeredBefore, .fits(slot())])
        try await clinic.send(offer(thirdOrder, AppointmentID(UUID())), to: .order(thirdOrder))
        #expect(try await list().map(\.status) == [.waiting, .offered])
    }

    @Test func `an offer that runs out gives way to the next`() async throws {
        try await cancel()
        let offered = AppointmentID(UUID())
        try await clinic.send(offer(secondOrder, offered), to: .order(secondOrder))
        clinic.clock.advance(hours: 1)
        #expect(
            try await offers().candidates.map(\.candidacy) == [.offeredBefore, .fits(slot())])
        let receipt = try await clinic.send(
            offer(thirdOrder, AppointmentID(UUID())), to: .order(thirdOrder))
        #expect(receipt.events == ["appointment-held", "waitlist-offered"])
        #expect(try await list().map(\.status) == [.waiting, .offered])
        let view = try await clinic.useCases.patient(second, asOf: .now, actor: clinic.actor())
        #expect(view.state.appointment(offered)?.status == .expired)
    }

    @Test func `who sits on in the chair has its time until now, and then nobody`() async throws {
        let order = OrderID(UUID())
        let sitting = AppointmentID(UUID())
        let patient = try await clinic.register("4")
        try await clinic.send(
            .orderTransfusion(
                OrderTransfusion(
                    id: order, units: 1, indication: .general,
                    signature: Signature(
                        prescriber: "Dr Bianchi", signedAt: clinic.clock.now))),
            to: .patient(patient))
        // From 10:00 to 11:30.
        try await clinic.send(
            .bookAppointment(sitting, order: order, slot: slot(hours: 1)), to: .order(order))
        clinic.clock.advance(hours: 1)
        try await clinic.send(
            .beginVisit(sitting, at: clinic.clock.now), to: .appointment(sitting))
        clinic.clock.advance(hours: 2)
        let end = slot(hours: 1).end
        func free() async throws -> [TimeSpan] {
            try await offers(
                .span(
                    ChairID("1"),
                    try #require(TimeSpan(from: end, until: end.adding(minutes: 180))),
                    freed: nil)
            ).free
        }
        // It is 12:00: the quarter hour of now is theirs.
        #expect(
            try await free()
                == [
                    try #require(
                        TimeSpan(from: end.adding(minutes: 45), until: end.adding(minutes: 180)))
                ])
        try await clinic.send(.cancelOrder(order, reason: .patientRequest), to: .order(order))
        try await clinic.send(
            .leaveVisit(sitting, stable: true, at: clinic.clock.now), to: .appointment(sitting))
        #expect(
            try await free()
                == [try #require(TimeSpan(from: end, until: end.adding(minutes: 180)))])
    }

    @Test func `nobody fits a time at which the site is not open`() async throws {
        try await cancel()
        var plan = SitePlan(site: clinic.site.id, timeZone: clinic.site.timeZone.identifier)
        plan.chairs = [SitePlan.Chair(SiteChair(id: slot().chair, kind: .recliner))]
        try await clinic.decide(.apply(plan))
        let closed = WaitlistCandidacy.refused(.siteClosed(clinic.site.id, at: slot().start))
        #expect(try await offers().candidates.map(\.candidacy) == [closed, closed])
    }

    @Test func `a visit that is moved gives the time back that it had`() async throws {
        try await clinic.send(
            .moveAppointment(visit, to: slot(hours: 73)), to: .appointment(visit))
        let answer = try await offers()
        #expect(answer.free == [TimeSpan(from: slot().start, until: slot().end)])
        #expect(answer.candidates.map(\.candidacy) == [.fits(slot()), .fits(slot())])
    }

    @Test func `of a visit that was moved twice both times are named, and each is asked about`()
        async throws
    {
        for hours: Int64 in [73, 97] {
            try await clinic.send(
                .moveAppointment(visit, to: slot(hours: hours)), to: .appointment(visit))
        }
        let last = try await offers()
        #expect(last.gaveBack == [slot(), slot(hours: 73)])
        #expect(
            last.candidates.map(\.candidacy)
                == [.fits(slot(hours: 73)), .fits(slot(hours: 73))])
        let span = try #require(TimeSpan(from: slot().start, until: slot().end))
        let first = try await offers(.span(slot().chair, span, freed: visit))
        #expect(first.candidates.map(\.candidacy) == [.fits(slot()), .fits(slot())])
        // Back to where it was: that one is no longer anybody's to take.
        try await clinic.send(.moveAppointment(visit, to: slot()), to: .appointment(visit))
        #expect(try await offers().gaveBack == [slot(hours: 73), slot(hours: 97)])
    }

    @Test func `a site that nobody knows has no list, and one that was opened has an empty one`()
        async throws
    {
        let (useCases, actor) = (clinic.useCases, clinic.actor())
        let span = try #require(TimeSpan(from: slot().start, until: slot().end))
        func code(_ ask: () async throws(ApplicationError) -> Int) async throws -> String {
            do throws(ApplicationError) {
                return "\(try await ask())"
            } catch {
                guard case .unknownSite(let site, let accepted) = error else { throw error }
                return "\(site.name) of \(accepted)"
            }
        }
        func list(of site: SiteID) async throws -> String {
            try await code { () async throws(ApplicationError) in
                try await useCases.waitlist(
                    WaitlistQuestion(site: site, knownAt: .now, after: nil, limit: 50),
                    actor: actor
                ).rows.count
            }
        }
        func offers(at site: SiteID) async throws -> String {
            try await code { () async throws(ApplicationError) in
                try await useCases.waitlistOffers(
                    WaitlistOffersQuestion(
                        site: site, time: .span(ChairID("1"), span, freed: nil), after: nil,
                        limit: 50), actor: actor
                ).candidates.count
            }
        }
        let unknown = "mian of [\"\(clinic.site.id.name)\"]"
        #expect(try await list(of: SiteID("mian")) == unknown)
        #expect(try await offers(at: SiteID("mian")) == unknown)
        // Both wait for any site.
        let north = SiteID("north")
        try await clinic.decide(.openSite(north, timeZone: "Europe/Rome"), of: north)
        #expect(try await list(of: north) == "2")
        #expect(try await offers(at: north) == "2")
    }

    @Test func `who may not see the queue may not see the list`() async throws {
        let error = await #expect(throws: ApplicationError.self) {
            try await clinic.useCases.waitlist(
                WaitlistQuestion(site: clinic.site.id, knownAt: .now, after: nil, limit: 50),
                actor: clinic.actor(without: [.queueRead]))
        }
        guard case .forbidden(.queueRead) = error else {
            Issue.record("expected forbidden, got \(String(describing: error))")
            return
        }
    }
}
