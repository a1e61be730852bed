extension PatientEvent {
    /// The same without what the gates said: for who counts what was done and need not hold, of every
    /// patient, why it was allowed. Which override a dose used up is not known to a state folded of these.
    public var withoutFindings: PatientEvent {
        PatientEvent(effectiveAt: effectiveAt, fact: fact.withoutFindings)
    }
}

extension PatientFact {
    fileprivate var withoutFindings: PatientFact {
        if case .infusionOrdered(var order) = self {
            order.findings = []
            return .infusionOrdered(order)
        }
        if case .appointmentBooked(var appointment) = self {
            appointment.findings = []
            return .appointmentBooked(appointment)
        }
        if case .appointmentHeld(var appointment, let until) = self {
            appointment.findings = []
            return .appointmentHeld(appointment, until: until)
        }
        if case .appointmentConfirmed(let id, _) = self {
            return .appointmentConfirmed(id, findings: [])
        }
        if case .doseStarted(var dose) = self {
            dose.findings = []
            return .doseStarted(dose)
        }
        if case .historyCarried(let carried) = self {
            return .historyCarried(
                CarriedFact(
                    source: carried.source, version: carried.version,
                    fact: carried.fact.withoutFindings))
        }
        return self
    }
}
