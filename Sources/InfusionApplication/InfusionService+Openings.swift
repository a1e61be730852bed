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

    public func alternatives(
        to request: CommandRequest, refused error: ApplicationError
    ) async -> OpeningsAnswer? {
        guard error.isOfTheSlot, let wanted = request.command.wantedVisit else { return nil }
        let tenant = request.actor.tenant
        do throws(ApplicationError) {
            let order: OrderID
            switch wanted.of {
            case .order(let id): order = id
            case .moving(let id):
                let patient = try await resolve(.appointment(id), tenant: tenant)
                let loaded = try await loader.loadToDecide(patient, tenant: tenant)
                guard let appointment = loaded.state.appointment(id) else { return nil }
                order = appointment.order
            }
            let found = try await openings(
                OpeningsQuestion(
                    site: wanted.slot.site,
                    visit: .order(
                        order, moving: wanted.moved,
                        minutes: Int(wanted.slot.end.seconds(since: wanted.slot.start) / 60)),
                    limit: ApplicationLimits.alternatives,
                    perDay: ApplicationLimits.alternativesPerDay),
                nearest: wanted.slot.start, tenant: tenant)
            return found.openings.openings.isEmpty ? nil : found
        } catch {
            return nil
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
    /// Whether the same could be accepted at another time, or in another chair.
    fileprivate var isOfTheSlot: Bool {
        switch self {
        case .unavailable: true
        case .refused(let refusal, _, _): refusal.isOfTheSlot
        case .forbidden, .notFound, .siteRefused, .versionMismatch, .keyReused, .contended,
            .identifierTaken, .unknownSite, .beyondTheHead, .stillToCome, .store, .journal, .keys:
            false
        }
    }
}
