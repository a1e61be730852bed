extension PatientState {
    public func lab(_ id: LabResultID) -> LabRecord? { labIndex[id].map { labs[$0] } }
    public func order(_ id: OrderID) -> OrderRecord? { orders.first { $0.id == id } }
    public func transfusionOrder(_ id: OrderID) -> TransfusionOrderRecord? {
        transfusionOrders.first { $0.id == id }
    }
    public func appointment(_ id: AppointmentID) -> AppointmentRecord? {
        appointments.first { $0.id == id }
    }
    public func dose(_ id: DoseID) -> DoseRecord? { doses.first { $0.id == id } }
    public func reaction(_ id: ReactionID) -> ReactionRecord? { reactions.first { $0.id == id } }
    public func doses(of order: OrderID) -> [DoseRecord] { doses.filter { $0.order == order } }

    /// The doses that were begun in the visit, in the order of the stream.
    public func doses(in visit: AppointmentID) -> [DoseRecord] {
        doses.filter { $0.started.appointment == visit }
    }
    /// Whether something was begun in the visit and its patient has not been discharged since.
    public func isUnderWay(_ visit: AppointmentRecord) -> Bool {
        switch visit.status {
        case .attended: doses(in: visit.id).contains { $0.discharge == nil }
        case .begun, .transfused: visit.begun != nil && visit.left == nil
        case .held, .booked, .arrived, .cancelled, .missed, .expired: false
        }
    }

    /// When the visit has the patient, as of `now`: while it is to come, and while it is under way, also beyond its
    /// end. `nil` for one that is over.
    func presence(in visit: AppointmentRecord, at now: Instant) -> TimeSpan? {
        if visit.status.isToCome(at: now) {
            return TimeSpan(from: visit.slot.start, until: visit.slot.end)
        }
        guard isUnderWay(visit) else { return nil }
        return TimeSpan(from: visit.slot.start, until: visit.slot.takenUntil(seatedAt: now))
    }

    /// The infusion that is running, if one is.
    public var doseInProgress: DoseRecord? { doses.first { $0.end == nil } }
    /// What was last said of it.
    public var isDeceased: Bool { facts.deceased.latest?.value ?? false }

    /// The doses that put iron into the patient, by the end of their last milligram.
    public var administered: [DoseRecord] {
        doses.filter { $0.given > .zero }
            .sorted { left, right in
                (left.end?.at ?? left.startedAt, left.version)
                    < (right.end?.at ?? right.startedAt, right.version)
            }
    }
}
