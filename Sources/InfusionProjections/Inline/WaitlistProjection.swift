import EventStore
import Infusion

/// Who waits for a time, and where on the list? One revision per change of an entry; each closes the one
/// before it, so that the list as of any position is the revisions open at it.
public enum WaitlistProjection {
    public static let foldVersion = 1

    /// - Parameter before: The state before `events`: an event that ends an offer does not repeat whose it was.
    static func changes(
        of events: some Sequence<VersionedEvent>, before: PatientState
    ) -> [PatientChanges.WaitlistRevision] {
        var list = List(before)
        for located in events {
            let version = located.version
            switch located.event.fact {
            case .waitlistEntered(let entry):
                list.enter(entry, at: located.event.effectiveAt, version)
            case .waitlistChanged(let entry): list.change(entry, version)
            case .waitlistOffered(let offer): list.offer(offer, version)
            case .waitlistLeft(let left): list.leave(left, version)
            case .appointmentHeld(let appointment, let until): list.holds[appointment.id] = until
            case .appointmentCancelled(let id, _), .holdExpired(let id), .appointmentMissed(let id):
                list.endOffer(id, version)
            case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
                .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
                .infusionOrdered, .orderHeld, .orderReleased, .orderCancelled, .appointmentBooked,
                .appointmentMoved, .capacityOverridden, .stockReserved, .appointmentConfirmed,
                .patientArrived, .visitBegun, .visitLeft,
                .doseStarted,
                .dosePaused, .doseResumed, .doseCompleted, .doseStopped, .reactionLogged,
                .reactionRegraded, .patientDischarged, .transfusionRecorded, .gateOverridden,
                .signedOff,
                .recheckOpened, .recheckClosed, .patientErased, .patientMerged, .historyCarried,
                .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
                .recordAttributed, .chairsideChecked,
                .transfusionOrdered, .transfusionOrderFilled, .decisionReviewed:
                break
            }
        }
        return list.revisions
    }

    /// The entries as the fold knows them: what `events` changed, and behind it what was before.
    private struct List {
        typealias Revision = PatientChanges.WaitlistRevision
        let before: PatientState
        var entries: [OrderID: Revision] = [:]
        /// Holds that began in `events`, and until when they are good.
        var holds: [AppointmentID: Instant] = [:]
        var revisions: [Revision] = []

        init(_ before: PatientState) {
            self.before = before
            for record in before.waitlist where record.left == nil {
                let offer = before.openOffer(of: record).map {
                    WaitlistRow.Offer(appointment: $0.appointment.id, until: $0.until)
                }
                entries[record.order] = Revision(
                    version: .none, request: record.request, urgency: record.priority.urgency,
                    due: record.priority.due, since: record.enteredAt,
                    status: offer == nil ? .waiting : .offered, offer: offer)
            }
        }

        mutating func enter(_ entry: WaitlistEntry, at: Instant, _ version: EventVersion) {
            revise(
                Revision(
                    version: version, request: entry.request, urgency: entry.priority.urgency,
                    due: entry.priority.due, since: at, status: .waiting, offer: nil))
        }

        mutating func change(_ entry: WaitlistEntry, _ version: EventVersion) {
            guard let known = entries[entry.request.order] else { return }
            revise(
                Revision(
                    version: version, request: entry.request, urgency: entry.priority.urgency,
                    due: entry.priority.due, since: known.since, status: known.status,
                    offer: known.offer))
        }

        mutating func offer(_ offer: WaitlistOffer, _ version: EventVersion) {
            guard let known = entries[offer.order], let until = holds[offer.appointment] else {
                return
            }
            revise(
                known.being(
                    .offered,
                    WaitlistRow.Offer(appointment: offer.appointment, until: until), version))
        }

        mutating func endOffer(_ appointment: AppointmentID, _ version: EventVersion) {
            let offered = entries.values.first { $0.offer?.appointment == appointment }
            if let offered { revise(offered.being(.waiting, nil, version)) }
        }

        mutating func leave(_ left: WaitlistLeft, _ version: EventVersion) {
            guard let known = entries[left.order] else { return }
            switch left.reason {
            case .booked: revise(known.being(.booked, nil, version))
            case .orderEnded, .patientDeceased, .patientErased, .withdrawnByPerson:
                revise(known.being(.left, nil, version))
            }
            entries[left.order] = nil
        }

        private mutating func revise(_ revision: Revision) {
            entries[revision.request.order] = revision
            revisions.append(revision)
        }
    }

    /// Brings one patient's rows up to date, in the order of the stream.
    static func apply(
        _ changes: PatientChanges, at positions: StreamPositions, to rows: inout [WaitlistRow]
    ) {
        for revision in changes.waitlist {
            guard let position = positions[revision.version] else { continue }
            for index in rows.indices
            where rows[index].order == revision.request.order && rows[index].closed == nil {
                rows[index] = rows[index].closing(at: position)
            }
            rows.append(
                WaitlistRow(
                    patient: changes.patient, request: revision.request, urgency: revision.urgency,
                    due: revision.due, since: revision.since, status: revision.status,
                    offer: revision.offer, opened: position, closed: nil))
        }
    }
}

extension PatientChanges.WaitlistRevision {
    fileprivate func being(
        _ status: WaitlistStatus, _ offer: WaitlistRow.Offer?, _ version: EventVersion
    ) -> PatientChanges.WaitlistRevision {
        PatientChanges.WaitlistRevision(
            version: version, request: request, urgency: urgency, due: due, since: since,
            status: status, offer: offer)
    }
}

extension WaitlistRow {
    fileprivate func closing(at position: Position?) -> WaitlistRow {
        WaitlistRow(
            patient: patient, request: request, urgency: urgency, due: due, since: since,
            status: status, offer: offer, opened: opened, closed: position)
    }

    /// The revision as a reader at `position` saw it; `nil` unless it was in force then.
    func seen(at position: Position) -> WaitlistRow? {
        guard opened <= position else { return nil }
        guard let closed else { return self }
        return closed > position ? closing(at: nil) : nil
    }
}
