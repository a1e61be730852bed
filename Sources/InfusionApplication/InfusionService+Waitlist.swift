import EventStore
public import Infusion
public import InfusionProjections

/// Who waits for a visit, and who could take a time that was given back; nothing is recorded.
extension InfusionService {
    public func waitlist(
        _ question: WaitlistQuestion, actor: Actor
    ) async throws(ApplicationError) -> WaitlistPage {
        try actor.require(.queueRead)
        let position = try await resolve(question.knownAt, tenant: actor.tenant)
        try await requireKnown(question.site, at: position, tenant: actor.tenant)
        return try await page(
            WaitlistQuery(
                site: question.site, position: position, after: question.after,
                limit: min(question.limit, QueryLimits.pageMaximum)),
            tenant: actor.tenant)
    }

    /// A site that has been opened, or that the directory names: of any other an empty list would say that nobody
    /// waits there.
    private func requireKnown(
        _ id: SiteID, at position: Position, tenant: TenantID
    ) async throws(ApplicationError) {
        let site = try await log.site(id, tenant: tenant, upTo: position)
        if site.version == .none { _ = try await sites.site(id, tenant: tenant) }
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
        try await requireKnown(question.site, at: position, tenant: tenant)
        let time = try await time(question, tenant: tenant, at: position)
        let standing = try await standing(
            at: time.site, in: time.span, tenant: tenant, position: position)
        var room = try await room(in: time, standing: standing, tenant: tenant, at: position)
        let page = try await page(
            WaitlistQuery(
                site: question.site, position: position, after: question.after,
                limit: min(question.limit, ApplicationLimits.offersJudged)),
            tenant: tenant)
        var candidates: [WaitlistCandidate] = []
        for row in page.rows {
            candidates.append(
                try await candidate(
                    row, in: &room, of: time, tenant: tenant, position: position))
        }
        return WaitlistOffersAnswer(
            site: question.site, chair: time.chair, free: room.free,
            freed: time.freed?.visit, gaveBack: time.gaveBack,
            candidates: candidates, next: page.next, position: position)
    }

    func page(
        _ query: WaitlistQuery, tenant: TenantID
    ) async throws(ApplicationError) -> WaitlistPage {
        do {
            return try await readModels.waitlist(query, tenant: tenant)
        } catch {
            throw .store(error)
        }
    }

    func candidate(
        _ row: WaitlistRow, in room: inout WaitlistRoom, of time: OfferedTime, tenant: TenantID,
        position: Position
    ) async throws(ApplicationError) -> WaitlistCandidate {
        let state = try await existing(row.patient, tenant: tenant, upTo: position).state
        let context = try await context(of: state, knownAt: position, tenant: tenant)
        guard let entry = state.waiting(row.order) else {
            throw .store(
                EventLogError(.storeFailed, "a row of the wait list and its stream disagree"))
        }
        guard let place = room.place(for: entry.request, asked: context.now) else {
            let whole = AppointmentSlot(
                site: time.site, chair: time.chair, start: time.span.from, end: time.span.until)
            // Where all of it would suit, what is left of it is too short.
            let misfit =
                entry.request.misfit(whole, at: context.now, in: room.place.timeZone) ?? .tooShort
            return WaitlistCandidate(row: row, candidacy: .unsuitable(misfit))
        }
        let stock: SiteStock? =
            if let product = state.order(row.order)?.order.product {
                try await stockToOffer(
                    of: product, at: time.site, given: room.state, besides: nil, as: position,
                    tenant: tenant)
            } else {
                nil
            }
        // No visit has the order's id: only one that is moved is judged besides itself.
        let visit = AppointmentID(row.order.uuid)
        return WaitlistCandidate(
            row: row,
            candidacy: WaitlistCandidacy(
                of: entry, as: visit, in: place.slot, freed: time.freed, full: place.full,
                given: state,
                in: DecisionContext(
                    now: context.now, site: context.site, formulary: context.formulary,
                    visitPlace: room.place, visitSite: place.visitSite, stock: stock)))
    }
}

/// The time that is asked about, and who gave it back.
struct OfferedTime {
    let site: SiteID
    let chair: ChairID
    let span: TimeSpan
    let freed: FreedSlot?
    /// Where a visit is asked about, all that it gave back at the site, in order.
    var gaveBack: [AppointmentSlot] = []
}

extension InfusionService {
    private func time(
        _ question: WaitlistOffersQuestion, tenant: TenantID, at position: Position
    ) async throws(ApplicationError) -> OfferedTime {
        switch question.time {
        case .span(let chair, let span, let freed):
            let slot = AppointmentSlot(
                site: question.site, chair: chair, start: span.from, end: span.until)
            return OfferedTime(
                site: question.site, chair: chair, span: span,
                freed: freed.map { FreedSlot(visit: $0, slot: slot) })
        case .visit(let id):
            let patient = try await resolve(.appointment(id), tenant: tenant)
            let loaded = try await existing(patient, tenant: tenant, upTo: position)
            let gaveBack = loaded.freedSlots(of: id).filter { $0.site == question.site }
            guard let slot = gaveBack.last,
                let span = TimeSpan(from: slot.start, until: slot.end)
            else { throw .notFound("time given back by the appointment") }
            return OfferedTime(
                site: slot.site, chair: slot.chair, span: span,
                freed: FreedSlot(visit: id, slot: slot), gaveBack: gaveBack)
        }
    }

    /// What of the time nobody has.
    /// - Parameters:
    ///   - standing: See ``StandingVisits``.
    ///   - withheld: What of it is given to nobody.
    func room(
        in time: OfferedTime, standing: [StandingVisit], withheld: [TimeSpan] = [],
        tenant: TenantID, at position: Position
    ) async throws(ApplicationError) -> WaitlistRoom {
        let state = try await log.site(time.site, tenant: tenant, upTo: position).state
        return WaitlistRoom(
            of: time.chair, at: time.site, in: time.span,
            taken: standing.filter(\.row.status.occupiesChair).map(\.taken), withheld: withheld,
            given: state,
            place: try await sites.place(of: time.site, as: state, tenant: tenant))
    }

    /// The appointments of a site in the quarter hours that an interval touches, as of now.
    func standing(
        at site: SiteID, in span: TimeSpan, tenant: TenantID, position: Position
    ) async throws(ApplicationError) -> [StandingVisit] {
        try await StandingVisits(readModels: readModels, tenant: tenant).visits(
            at: site, in: span, knownAt: position, asOf: now())
    }
}

extension LoadedPatient {
    /// The times that the visit had and has no more: cancelled, missed, held for too long, or moved away from;
    /// the one that it gave back last is the last.
    fileprivate func freedSlots(of id: AppointmentID) -> [AppointmentSlot] {
        var slot: AppointmentSlot?
        var freed: [AppointmentSlot] = []
        func giveBack() {
            guard let given = slot else { return }
            freed.removeAll { $0 == given }
            freed.append(given)
        }
        for entry in entries {
            switch entry.event.fact {
            case .appointmentBooked(let visit), .appointmentHeld(let visit, _):
                if visit.id == id { slot = visit.slot }
            case .appointmentMoved(let moved, let new):
                if moved == id {
                    giveBack()
                    slot = new
                }
            case .appointmentCancelled(let ended, _), .appointmentMissed(let ended),
                .holdExpired(let ended):
                if ended == id {
                    giveBack()
                    slot = nil
                }
            case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
                .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
                .infusionOrdered, .orderHeld, .orderReleased, .orderCancelled, .capacityOverridden,
                .stockReserved,
                .appointmentConfirmed, .patientArrived, .visitBegun, .visitLeft, .doseStarted,
                .dosePaused, .doseResumed,
                .doseCompleted, .doseStopped, .reactionLogged, .reactionRegraded,
                .patientDischarged, .transfusionRecorded, .gateOverridden, .signedOff,
                .recheckOpened,
                .recheckClosed, .patientErased, .patientMerged, .historyCarried,
                .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
                .recordAttributed, .chairsideChecked,
                .transfusionOrdered,
                .transfusionOrderFilled, .decisionReviewed, .waitlistEntered, .waitlistChanged,
                .waitlistOffered, .waitlistLeft:
                break
            }
        }
        return freed.filter { $0 != slot }
    }
}
