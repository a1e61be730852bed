public import Infusion

extension PatientChanges {
    /// What `events`, which led from `before` to `after`, change in the inline projections.
    ///
    /// The same for one command and, from an empty state, for a whole history.
    ///
    /// An arrival asks for no chair: the patient is here, and waits while somebody sits on. Nor do red cells that
    /// were given: that they were is recorded, whoever sits where.
    /// - Precondition: `after` is registered, and `events` are exactly what lies between the two.
    public static func make(
        before: PatientState, events: [PatientEvent], after: PatientState, ask: SiteAsk? = nil,
        decidedAt: Instant? = nil
    ) -> PatientChanges {
        guard let registration = after.registration else {
            preconditionFailure("changes of a patient who was never registered")
        }
        precondition(
            before.version.value + Int64(events.count) == after.version.value,
            "the events do not lead from one state to the other")
        let located = events.enumerated().map {
            VersionedEvent($1, version: EventVersion(before.version.value + Int64($0) + 1))
        }
        let queue = RecheckQueueProjection.changes(of: located, site: registration.site)
        return PatientChanges(
            patient: registration.patient, site: registration.site, version: after.version,
            foldVersion: PatientStateProjection.foldVersion,
            document: PatientDocument.render(after),
            openings: queue.openings, closings: queue.closings,
            revisions: AppointmentCalendarProjection.changes(of: located, before: before),
            references: SubjectReferenceProjection.changes(of: located),
            waitlist: WaitlistProjection.changes(of: located, before: before), ask: ask,
            decidedAt: events.contains(where: \.isTold) ? nil : decidedAt)
    }
}

extension PatientEvent {
    /// It happened where it did, and nothing of a chair can be in its way.
    fileprivate var isTold: Bool {
        if case .patientArrived = fact { return true }
        if case .transfusionRecorded = fact { return true }
        return false
    }
}
