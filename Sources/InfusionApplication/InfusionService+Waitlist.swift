import EventStore
public import Infusion
public import InfusionProjections

/// Who waits for a visit, and who could take a time that was given back; nothing is recorded.
extension InfusionService {
    public func waitlist(
        _ question: WaitlistQuestion, actor: Actor
    ) async throws(ApplicationError) -> WaitlistPage {
        try actor.require(.queueRead)
        return try await page(
            WaitlistQuery(
                site: question.site,
                position: try await resolve(question.knownAt, tenant: actor.tenant),
                after: question.after, limit: min(question.limit, QueryLimits.pageMaximum)),
            tenant: actor.tenant)
    }

    public func waitlist(
        of patient: PatientID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> PatientWaitlist {
        try actor.require(.patientRead)
        let position = try await resolve(knownAt, tenant: actor.tenant)
        let state = try await existing(patient, tenant: actor.tenant, upTo: position).state
        var offers: [OrderID: WaitlistRow.Offer] = [:]
        for entry in state.waitlist {
            offers[entry.order] =
                state.openOffer(of: entry).map {
                    WaitlistRow.Offer(appointment: $0.appointment.id, until: $0.until)
                } ?? offers[entry.order]
        }
        return PatientWaitlist(
            patient: patient, entries: state.waitlist, offers: offers, position: position)
    }

    public func waitlistOffers(
        _ question: WaitlistOffersQuestion, actor: Actor
    ) async throws(ApplicationError) -> WaitlistOffersAnswer {
        try actor.require(.queueRead)
        let tenant = actor.tenant
        let position = try await resolve(.now, tenant: tenant)
        let time = try await time(question, tenant: tenant, at: position)
        let free = try await free(time, tenant: tenant, at: position)
        let site = try await log.site(time.site, tenant: tenant, upTo: position).state
        let page = try await page(
            WaitlistQuery(
                site: question.site, position: position, after: question.after,
                limit: min(question.limit, ApplicationLimits.offersJudged)),
            tenant: tenant)
        var candidates: [WaitlistCandidate] = []
        for row in page.rows {
            candidates.append(
                try await candidate(
                    row, in: free, of: time, at: site, tenant: tenant, position: position))
        }
        return WaitlistOffersAnswer(
            site: question.site, chair: time.chair, free: free, freed: time.freed,
            candidates: candidates, next: page.next, position: position)
    }

    private func page(
        _ query: WaitlistQuery, tenant: TenantID
    ) async throws(ApplicationError) -> WaitlistPage {
        do {
            return try await readModels.waitlist(query, tenant: tenant)
        } catch {
            throw .store(error)
        }
    }

    private func candidate(
        _ row: WaitlistRow, in free: [TimeSpan], of time: OfferedTime, at site: SiteState,
        tenant: TenantID, position: Position
    ) async throws(ApplicationError) -> WaitlistCandidate {
        let state = try await existing(row.patient, tenant: tenant, upTo: position).state
        let context = try await context(of: state, knownAt: position, tenant: tenant)
        guard let entry = state.waiting(row.order) else {
            throw .store(
                EventLogError(.storeFailed, "a row of the wait list and its stream disagree"))
        }
        let zone = context.site.timeZone
        let slot = free.lazy.compactMap {
            entry.request.slot(
                in: $0, of: time.chair, at: time.site, asked: context.now, in: zone)
        }.first
        guard let slot else {
            let whole = AppointmentSlot(
                site: time.site, chair: time.chair, start: time.span.from, end: time.span.until)
            // Where all of it would suit, what is left of it is too short.
            let misfit = entry.request.misfit(whole, at: context.now, in: zone) ?? .tooShort
            return WaitlistCandidate(row: row, candidacy: .unsuitable(misfit))
        }
        let stock: SiteStock? =
            if let product = state.order(row.order)?.order.product {
                try await readModels.stock(
                    of: product, at: time.site, given: site, besides: nil, as: position,
                    tenant: tenant)
            } else {
                nil
            }
        // No visit has the order's id: only one that is moved is judged besides itself.
        let visit = AppointmentID(row.order.uuid)
        return WaitlistCandidate(
            row: row,
            candidacy: WaitlistCandidacy(
                of: entry, as: visit, in: slot, freed: time.freed, given: state,
                in: DecisionContext(
                    now: context.now, site: context.site, formulary: context.formulary,
                    visitSite: VisitSite(at: slot.start, given: site), stock: stock)))
    }
}

/// The time that is asked about, and who gave it back.
private struct OfferedTime {
    let site: SiteID
    let chair: ChairID
    let span: TimeSpan
    let freed: AppointmentID?
}

extension InfusionService {
    private func time(
        _ question: WaitlistOffersQuestion, tenant: TenantID, at position: Position
    ) async throws(ApplicationError) -> OfferedTime {
        switch question.time {
        case .span(let chair, let span, let freed):
            return OfferedTime(site: question.site, chair: chair, span: span, freed: freed)
        case .visit(let id):
            let patient = try await resolve(.appointment(id), tenant: tenant)
            let loaded = try await existing(patient, tenant: tenant, upTo: position)
            guard let slot = loaded.freedSlot(of: id), slot.site == question.site,
                let span = TimeSpan(from: slot.start, until: slot.end)
            else { throw .notFound("time given back by the appointment") }
            return OfferedTime(site: slot.site, chair: slot.chair, span: span, freed: id)
        }
    }

    /// What nobody has of the time, from now on. A hold that has run out takes nothing: it gives way as soon
    /// as the time is asked for.
    private func free(
        _ time: OfferedTime, tenant: TenantID, at position: Position
    ) async throws(ApplicationError) -> [TimeSpan] {
        let rows: [AppointmentRow]
        do {
            rows = try await readModels.appointments(
                site: time.site, from: time.span.from, to: time.span.until, at: position,
                tenant: tenant)
        } catch {
            throw .store(error)
        }
        var taken: [TimeSpan] = []
        for row in rows where row.slot.chair == time.chair && row.status.occupiesChair {
            let isHeld = row.status == .pending
            if isHeld, try await hasRunOut(row, tenant: tenant, at: position) { continue }
            if let span = TimeSpan(from: row.slot.start, until: row.slot.end) { taken.append(span) }
        }
        return TimeSpans([time.span]).subtracting(TimeSpans(taken)).all
    }

    private func hasRunOut(
        _ row: AppointmentRow, tenant: TenantID, at position: Position
    ) async throws(ApplicationError) -> Bool {
        let state = try await existing(row.patient, tenant: tenant, upTo: position).state
        let context = try await context(of: state, knownAt: position, tenant: tenant)
        return state.appointment(row.appointment).map { !$0.status.isToCome(at: context.now) }
            ?? false
    }
}

extension LoadedPatient {
    /// The time that the visit had and has no more: cancelled, missed, held for too long, or moved away from
    /// last.
    fileprivate func freedSlot(of id: AppointmentID) -> AppointmentSlot? {
        var slot: AppointmentSlot?
        var freed: AppointmentSlot?
        for entry in entries {
            switch entry.event.fact {
            case .appointmentBooked(let visit), .appointmentHeld(let visit, _):
                if visit.id == id { slot = visit.slot }
            case .appointmentMoved(let moved, let new):
                if moved == id { (freed, slot) = (slot, new) }
            case .appointmentCancelled(let ended, _), .appointmentMissed(let ended),
                .holdExpired(let ended):
                if ended == id { freed = slot }
            case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
                .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
                .infusionOrdered, .orderHeld, .orderReleased, .orderCancelled, .capacityOverridden,
                .stockReserved,
                .appointmentConfirmed, .patientArrived, .doseStarted, .dosePaused, .doseResumed,
                .doseCompleted, .doseStopped, .reactionLogged, .reactionRegraded,
                .patientDischarged, .transfusionRecorded, .gateOverridden, .recheckOpened,
                .recheckClosed, .patientErased, .chairsideChecked, .transfusionOrdered,
                .transfusionOrderFilled, .decisionReviewed, .waitlistEntered, .waitlistChanged,
                .waitlistOffered, .waitlistLeft:
                break
            }
        }
        return freed
    }
}
