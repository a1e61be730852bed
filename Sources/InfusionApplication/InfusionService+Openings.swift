import EventStore
import Infusion
import InfusionProjections

/// Where a site has room, for whom and from when.
extension InfusionService {
    public func openings(
        _ question: OpeningsQuestion, actor: Actor
    ) async throws(ApplicationError) -> OpeningsAnswer {
        try actor.require(.siteRead)
        if question.visit.order != nil { try actor.require(.patientRead) }
        return try await openings(question, nearest: nil, tenant: actor.tenant)
    }

    /// - Parameter nearest: What stands first is the closest to it.
    private func openings(
        _ question: OpeningsQuestion, nearest: Instant?, tenant: TenantID
    ) async throws(ApplicationError) -> OpeningsAnswer {
        let patient: PatientID? =
            if let order = question.visit.order {
                try await resolve(.order(order), tenant: tenant)
            } else {
                nil
            }
        for _ in 0..<ApplicationLimits.openingAttempts {
            let now = now()
            let dated = try await calendars.calendar(
                of: question.site, tenant: tenant, now: now
            ) { (dated) throws(ApplicationError) in
                try question.period(in: dated, at: now, near: nearest).ahead
            }
            let period = try question.period(in: dated, at: now, near: nearest)
            let loaded: LoadedPatient? =
                if let patient {
                    try await loader.loadToDecide(patient, tenant: tenant)
                } else {
                    nil
                }
            // Nothing of the patient is newer than the calendar, and nothing older is missing: it
            // was read after it.
            if let loaded, loaded.position > dated.position { continue }
            let stock = try await stock(
                of: question.visit, given: loaded?.state, in: dated.calendar, at: dated.position,
                tenant: tenant)
            let context = try await context(
                of: loaded?.state, at: question.site, knownAt: dated.position, tenant: tenant
            ).with(stock)
            let asked = question.asked(in: period.ahead, nearest: nearest)
            let region = try await sites.region(of: question.site, tenant: tenant)
            do throws(Refusal) {
                return OpeningsAnswer(
                    site: question.site, timeZone: dated.calendar.timeZone,
                    first: period.first, last: period.ahead.upperBound,
                    past: period.past, order: question.visit.order,
                    openings: try Openings(
                        asked, in: dated.calendar, given: loaded?.state, at: region,
                        context: context),
                    position: dated.position)
            } catch {
                throw .refused(
                    error, version: loaded?.version ?? .none, position: dated.position)
            }
        }
        throw .contended(attempts: ApplicationLimits.openingAttempts)
    }

    /// By the patient's own site; where nobody's visit is asked about, by the asked one.
    private func context(
        of state: PatientState?, at site: SiteID, knownAt position: Position, tenant: TenantID
    ) async throws(ApplicationError) -> DecisionContext {
        if let state { return try await context(of: state, knownAt: position, tenant: tenant) }
        return try await context(at: site, knownAt: position, tenant: tenant)
    }

    /// The vials of the product that is asked about, where the site keeps account of them.
    private func stock(
        of visit: OpeningQuestion.Visit, given state: PatientState?, in calendar: SiteCalendar,
        at position: Position, tenant: TenantID
    ) async throws(ApplicationError) -> SiteStock? {
        guard let product = visit.product(given: state) else { return nil }
        return try await stockToOffer(
            of: product, at: calendar.site, given: calendar.state, besides: visit.moving,
            as: position, tenant: tenant)
    }
}

/// Where else a visit could be that was refused for its time or its chair.
extension InfusionService {
    public func alternatives(
        to request: CommandRequest, refused error: ApplicationError
    ) async -> OpeningsAnswer? {
        guard error.isOfTheSlot else { return nil }
        let tenant = request.actor.tenant
        do throws(ApplicationError) {
            guard let visit = try await refusedVisit(of: request.command, tenant: tenant) else {
                return nil
            }
            let site = try await log.site(visit.slot.site, tenant: tenant, upTo: nil)
            let found =
                site.state.site == nil
                ? try await otherChairs(for: visit, refused: error, tenant: tenant)
                : try await nearest(to: visit, tenant: tenant)
            return found.flatMap { $0.openings.openings.isEmpty ? nil : $0 }
        } catch {
            return nil
        }
    }

    /// A visit as it was refused: to be booked, moved or agreed to.
    private struct Refused {
        let order: OrderID
        /// What it has now is free for it.
        let moving: AppointmentID?
        let slot: AppointmentSlot
    }

    /// `nil` for a command that asks for no visit.
    private func refusedVisit(
        of command: PatientCommand, tenant: TenantID
    ) async throws(ApplicationError) -> Refused? {
        if let wanted = command.wantedVisit, case .order(let order) = wanted.of {
            return Refused(order: order, moving: nil, slot: wanted.slot)
        }
        guard let id = command.visitInQuestion else { return nil }
        let patient = try await resolve(.appointment(id), tenant: tenant)
        let loaded = try await loader.loadToDecide(patient, tenant: tenant)
        return loaded.state.appointment(id).map { visit in
            Refused(
                order: visit.order, moving: id, slot: command.wantedVisit?.slot ?? visit.slot)
        }
    }

    private func nearest(
        to visit: Refused, tenant: TenantID
    ) async throws(ApplicationError) -> OpeningsAnswer? {
        try await openings(
            OpeningsQuestion(
                site: visit.slot.site,
                visit: .order(
                    visit.order, moving: visit.moving,
                    minutes: Int(visit.slot.end.seconds(since: visit.slot.start) / 60)),
                limit: ApplicationLimits.alternatives,
                perDay: ApplicationLimits.alternativesPerDay),
            nearest: visit.slot.start, tenant: tenant)
    }

    /// At a site that was never opened: the same time in the other chairs that bookings have named. Nothing says
    /// when it is open, and so no other time is named.
    private func otherChairs(
        for visit: Refused, refused error: ApplicationError, tenant: TenantID
    ) async throws(ApplicationError) -> OpeningsAnswer? {
        guard error.isOfTheChair else { return nil }
        let slot = visit.slot
        let position = try await resolve(.now, tenant: tenant)
        guard let span = TimeSpan(from: slot.start, until: slot.end) else { return nil }
        let named: [ChairID]
        do {
            named = try await readModels.namedChairs(
                at: slot.site, knownAt: position, tenant: tenant)
        } catch {
            throw .store(error)
        }
        let standing = try await standing(
            at: slot.site, in: span, tenant: tenant, position: position
        ).filter(\.row.status.occupiesChair).map(\.taken)
        let taken = Set(
            standing.filter { $0.start < slot.end && slot.start < $0.end }.map(\.chair))
        let free = named.filter { $0 != slot.chair && !taken.contains($0) }
        let patient = try await resolve(.order(visit.order), tenant: tenant)
        let loaded = try await loader.loadToDecide(patient, tenant: tenant)
        let place = try await sites.place(of: slot.site, as: SiteState(), tenant: tenant)
        let date = CalendarDate(slot.start, in: place.timeZone)
        let context = try await context(of: loaded.state, knownAt: position, tenant: tenant)
        do throws(Refusal) {
            return OpeningsAnswer(
                site: slot.site, timeZone: place.timeZone, first: date, last: date,
                order: visit.order,
                openings: try Openings(
                    of: visit.order, moving: visit.moving, at: slot,
                    in: Array(free.prefix(ApplicationLimits.alternatives)), given: loaded.state,
                    place: place, context: context),
                position: position)
        } catch {
            throw .refused(error, version: loaded.version, position: position)
        }
    }
}

/// The dates of a question, from the one it names on.
private struct AskedPeriod {
    let first: CalendarDate
    /// From today on.
    let ahead: ClosedRange<CalendarDate>

    var past: [CalendarDate] {
        (0..<ahead.lowerBound.days(since: first)).map { first.adding(days: $0) }
    }
}

extension OpeningsQuestion {
    /// The dates that are asked about: not too many, and not further than is booked. Those that are over are
    /// told as such; nothing is looked for on them.
    /// Near a time they are those around it.
    fileprivate func period(
        in dated: SiteCalendars.Dated, at now: Instant, near nearest: Instant?
    ) throws(ApplicationError) -> AskedPeriod {
        func refused(_ field: String, _ date: CalendarDate, _ accepted: String) -> ApplicationError
        {
            .refused(
                .invalidValue(field: field, problem: "is \(date)", accepted: accepted),
                version: dated.site.version, position: dated.position)
        }
        let today = CalendarDate(now, in: dated.calendar.timeZone)
        let dates = InfusionLimits.openingDates - 1
        let horizon = today.adding(days: InfusionLimits.bookingHorizonDays)
        if let nearest {
            let middle = max(CalendarDate(nearest, in: dated.calendar.timeZone), today)
            let days = ApplicationLimits.alternativeDays
            let first = max(middle.adding(days: -days), today)
            let last = min(middle.adding(days: days), first.adding(days: dates), horizon)
            guard first <= last else { throw refused("to", first, "\(horizon) or earlier") }
            return AskedPeriod(first: first, ahead: first...last)
        }
        let first = first ?? today
        let earliest = today.adding(days: -dates)
        guard (earliest...horizon).contains(first) else {
            throw refused("from", first, "\(earliest) to \(horizon)")
        }
        let most = min(first.adding(days: dates), horizon)
        let soonest = max(first, today)
        let last = last ?? most
        guard (soonest...most).contains(last) else {
            throw refused("to", last, "\(soonest) to \(most)")
        }
        return AskedPeriod(first: first, ahead: soonest...last)
    }

    fileprivate func asked(
        in period: ClosedRange<CalendarDate>, nearest: Instant?
    ) -> OpeningQuestion {
        OpeningQuestion(
            visit: visit, first: period.lowerBound, last: period.upperBound, due: due,
            wishes: wishes, needs: needs, allowsFreshLabs: allowsFreshLabs, nearest: nearest,
            limit: limit, perDay: perDay)
    }
}

extension ApplicationError {
    /// Whether the same could be accepted in another chair at the same time.
    fileprivate var isOfTheChair: Bool {
        guard case .unavailable(let constraint, _) = self else { return false }
        switch Reservation(rawValue: constraint) {
        case .chair, .occupied: return true
        case .patient, .nurseStarts, .nursePatients, .siteChanged, nil: return false
        }
    }

    /// Whether the same could be accepted at another time, or in another chair.
    var isOfTheSlot: Bool {
        switch self {
        case .unavailable: true
        case .refused(let refusal, _, _): refusal.isOfTheSlot
        case .forbidden, .notFound, .siteRefused, .versionMismatch, .keyReused, .contended,
            .identifierTaken, .unknownSite, .beyondTheHead, .stillToCome, .store, .journal, .keys:
            false
        }
    }
}
