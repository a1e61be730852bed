public import EventStore
public import Infusion

/// Which chair is kept for whom, and when? One revision per change of an appointment; each closes
/// the one before it, so that the calendar as of any position is the revisions open at it.
public enum AppointmentCalendarProjection {
    public static let foldVersion = 5

    /// - Parameter before: The state before `events`: an event that moves an appointment does not
    ///   repeat which order it is for.
    static func changes(
        of events: some Sequence<VersionedEvent>, before: PatientState
    ) -> [PatientChanges.AppointmentRevision] {
        var calendar = Calendar(before)
        for located in events {
            let version = located.version
            switch located.event.fact {
            case .appointmentBooked(let appointment):
                calendar.revise(
                    appointment.id, order: appointment.order, slot: appointment.slot, .booked,
                    version)
            case .appointmentMoved(let id, let slot):
                calendar.revise(id, slot: slot, nil, version)
            case .appointmentCancelled(let id, _): calendar.revise(id, .cancelled, version)
            case .appointmentMissed(let id): calendar.revise(id, .noshow, version)
            case .appointmentHeld(let appointment, let until):
                calendar.revise(
                    appointment.id, order: appointment.order, slot: appointment.slot, .pending,
                    until: until, version)
            case .appointmentConfirmed(let id, _): calendar.revise(id, .booked, version)
            case .capacityOverridden(let id, _): calendar.override(id, version)
            case .stockReserved(let id, let need): calendar.reserve(need, for: id, version)
            case .holdExpired(let id): calendar.revise(id, .cancelled, version)
            case .patientArrived(let id): calendar.revise(id, .arrived, version)
            case .doseStarted(let dose):
                if let appointment = dose.appointment {
                    calendar.begin(dose.id, in: appointment, version)
                }
            case .patientDischarged(let discharge): calendar.discharge(discharge.dose, version)
            case .visitBegun(let id): calendar.revise(id, .checkedIn, version)
            case .visitLeft(let left): calendar.leave(left.appointment, version)
            case .transfusionOrderFilled(let filled):
                if let appointment = filled.appointment { calendar.fill(appointment, version) }
            case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
                .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
                .infusionOrdered, .orderHeld, .orderReleased, .orderCancelled, .dosePaused,
                .doseResumed, .reactionLogged,
                .doseCompleted, .doseStopped,
                .reactionRegraded, .transfusionRecorded, .gateOverridden, .signedOff,
                .recheckOpened, .recheckClosed, .patientErased, .patientMerged, .historyCarried,
                .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
                .recordAttributed,
                .chairsideChecked, .transfusionOrdered, .decisionReviewed, .waitlistEntered,
                .waitlistChanged,
                .waitlistOffered, .waitlistLeft:
                break
            }
        }
        return calendar.revisions
    }

    /// The appointments as the fold knows them: what `events` changed, and behind it what was
    /// before.
    private struct Calendar {
        struct Entry {
            var order: OrderID
            var slot: AppointmentSlot
            var status: AppointmentStatus
            var heldUntil: Instant?
            var isOverridden: Bool
            var stock: StockNeed?
        }
        let before: PatientState
        var entries: [AppointmentID: Entry] = [:]
        /// Doses that began in `events`, and the appointment each was given in.
        private var begun: [DoseID: AppointmentID] = [:]
        /// Of the visits whose doses `events` began or discharged, those that nobody was discharged from.
        private var watched: [AppointmentID: Set<DoseID>] = [:]
        var revisions: [PatientChanges.AppointmentRevision] = []

        init(_ before: PatientState) { self.before = before }

        func entry(_ id: AppointmentID) -> Entry? {
            entries[id]
                ?? before.appointment(id).map {
                    Entry(
                        order: $0.order, slot: $0.slot, status: status(of: $0, in: before),
                        heldUntil: $0.heldUntil, isOverridden: $0.capacityOverride != nil,
                        stock: $0.stock)
                }
        }

        /// A further dose of the visit changes nothing of its chair.
        mutating func begin(
            _ dose: DoseID, in appointment: AppointmentID, _ version: EventVersion
        ) {
            begun[dose] = appointment
            watched[appointment] = watchedDoses(in: appointment).union([dose])
            guard entry(appointment)?.status != .checkedIn else { return }
            revise(appointment, .checkedIn, version)
        }

        /// The chair is free when the patient was discharged from every dose of the visit.
        mutating func discharge(_ dose: DoseID, _ version: EventVersion) {
            guard let appointment = begun[dose] ?? before.dose(dose)?.started.appointment else {
                return
            }
            let left = watchedDoses(in: appointment).subtracting([dose])
            watched[appointment] = left
            guard left.isEmpty, entry(appointment)?.status == .checkedIn else { return }
            revise(appointment, .fulfilled, version)
        }

        mutating func leave(_ appointment: AppointmentID, _ version: EventVersion) {
            guard entry(appointment)?.status == .checkedIn else { return }
            revise(appointment, .fulfilled, version)
        }

        /// Who sits in the chair stays there. A visit that was never begun is over with its red cells, as all were
        /// before they were begun and left.
        mutating func fill(_ appointment: AppointmentID, _ version: EventVersion) {
            guard entry(appointment)?.status != .checkedIn else { return }
            revise(appointment, .fulfilled, version)
        }

        private func watchedDoses(in appointment: AppointmentID) -> Set<DoseID> {
            watched[appointment]
                ?? Set(
                    before.doses(in: appointment).filter { $0.discharge == nil }.map(\.id))
        }

        mutating func revise(
            _ id: AppointmentID, order: OrderID? = nil, slot: AppointmentSlot? = nil,
            _ status: AppointmentStatus?, until: Instant? = nil, _ version: EventVersion
        ) {
            let known = entry(id)
            guard let order = order ?? known?.order, let slot = slot ?? known?.slot,
                let status = status ?? known?.status
            else { return }
            // An override is of one time.
            let isKept = known.map { $0.isOverridden && $0.slot.isSameTime(as: slot) } ?? false
            // Vials are those of one site.
            let stock = known.flatMap { $0.slot.site == slot.site ? $0.stock : nil }
            add(
                Entry(
                    order: order, slot: slot, status: status,
                    heldUntil: status == .pending ? until ?? known?.heldUntil : nil,
                    isOverridden: isKept, stock: stock),
                id, version)
        }

        mutating func override(_ id: AppointmentID, _ version: EventVersion) {
            guard var entry = entry(id) else { return }
            entry.isOverridden = true
            add(entry, id, version)
        }

        mutating func reserve(_ need: StockNeed, for id: AppointmentID, _ version: EventVersion) {
            guard var entry = entry(id) else { return }
            entry.stock = need
            add(entry, id, version)
        }

        private mutating func add(_ entry: Entry, _ id: AppointmentID, _ version: EventVersion) {
            entries[id] = entry
            revisions.append(
                .init(
                    version: version, appointment: id, order: entry.order, slot: entry.slot,
                    status: entry.status, heldUntil: entry.heldUntil,
                    isOverridden: entry.isOverridden, stock: entry.stock))
        }
    }

    /// FHIR's word for where the appointment stands. The chair is free when the patient is discharged, not
    /// when the infusion ends: the observation is a part of the visit (facts §9.2).
    public static func status(
        of appointment: AppointmentRecord, in state: PatientState
    ) -> AppointmentStatus {
        switch appointment.status {
        case .held: .pending
        case .booked: .booked
        case .arrived: .arrived
        case .attended, .begun, .transfused:
            state.isUnderWay(appointment) ? .checkedIn : .fulfilled
        case .cancelled, .expired: .cancelled
        case .missed: .noshow
        }
    }

    /// Brings one patient's rows up to date, in the order of the stream.
    static func apply(
        _ changes: PatientChanges, at positions: StreamPositions, to rows: inout [AppointmentRow]
    ) {
        for revision in changes.revisions {
            guard let position = positions[revision.version] else { continue }
            for index in rows.indices
            where rows[index].appointment == revision.appointment && rows[index].closed == nil {
                rows[index] = rows[index].closing(at: position)
            }
            rows.append(
                AppointmentRow(
                    appointment: revision.appointment, patient: changes.patient,
                    order: revision.order, slot: revision.slot, status: revision.status,
                    heldUntil: revision.heldUntil, isOverridden: revision.isOverridden,
                    stock: revision.stock,
                    opened: position, closed: nil))
        }
    }
}

extension AppointmentRow {
    fileprivate func closing(at position: Position?) -> AppointmentRow {
        AppointmentRow(
            appointment: appointment, patient: patient, order: order, slot: slot, status: status,
            heldUntil: heldUntil, isOverridden: isOverridden, stock: stock, opened: opened,
            closed: position)
    }

    /// The revision as a reader at `position` saw it; `nil` unless it was in force then.
    public func seen(at position: Position) -> AppointmentRow? {
        guard opened <= position else { return nil }
        guard let closed else { return self }
        return closed > position ? closing(at: nil) : nil
    }
}

extension AppointmentRecord {
    fileprivate var heldUntil: Instant? {
        guard case .held(let until) = status else { return nil }
        return until
    }
}
