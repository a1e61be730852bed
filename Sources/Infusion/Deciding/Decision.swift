import Foundation

/// One command's look at one patient: the state it is judged on and the context it is judged in.
/// The commands' rules are its extensions, one file for each group of commands.
struct Decision {
    let state: PatientState
    let context: DecisionContext

    var now: Instant { context.now }

    func localDate(_ instant: Instant) -> CalendarDate {
        CalendarDate(instant, in: context.site.timeZone)
    }

    func happened(_ fact: PatientFact, at: Instant) -> PatientEvent {
        PatientEvent(effectiveAt: at, fact: fact)
    }

    func happensNow(_ fact: PatientFact) -> PatientEvent { happened(fact, at: now) }

    // MARK: What several commands require

    func requireRegistered() throws(Refusal) -> Registration {
        guard let registration = state.registration else { throw .patientNotRegistered }
        return registration
    }

    func requireAlive() throws(Refusal) {
        if state.isDeceased { throw .patientDeceased }
    }

    /// What is said to have happened must have happened; a clock may run a little ahead of ours.
    func requirePast(_ instant: Instant, field: String) throws(Refusal) {
        if instant > now.adding(seconds: InfusionLimits.clockToleranceSeconds) {
            throw .inTheFuture(field: field)
        }
    }

    func requireOrder(_ id: OrderID) throws(Refusal) -> OrderRecord {
        guard let order = state.order(id) else { throw .orderNotFound(id) }
        return order
    }

    /// Active: not held, cancelled, completed, nor idle past the closing of its course on `date`.
    func requireActive(_ id: OrderID, on date: CalendarDate) throws(Refusal) -> OrderRecord {
        let order = try requireOrder(id)
        guard order.status == .active else {
            throw .orderNotActive(id, status: order.status.rawValue)
        }
        if let closed = CourseClosure(order, state: state, in: context),
            date > closed.lastDate
        {
            throw .orderNotActive(id, status: CourseClosure.status)
        }
        return order
    }

    func requireDose(_ id: DoseID) throws(Refusal) -> DoseRecord {
        guard let dose = state.dose(id) else { throw .doseNotFound(id) }
        return dose
    }

    func requireText(
        _ text: String, field: String, characters: ClosedRange<Int>
    ) throws(Refusal) {
        let length = text.trimmingCharacters(in: .whitespacesAndNewlines).count
        guard characters.contains(length), text.count <= characters.upperBound else {
            throw .invalidValue(
                field: field, problem: "has \(length) characters",
                accepted: "\(characters.lowerBound) to \(characters.upperBound) characters")
        }
        guard !text.unicodeScalars.contains(where: Self.isControl) else {
            throw .invalidValue(
                field: field, problem: "has control characters",
                accepted: "text; of control characters only tabs and line breaks")
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && !"\t\n\r".unicodeScalars.contains(scalar)
    }

    func requireRange(
        _ value: Decimal, field: String, accepted: ClosedRange<Int>, unit: String
    ) throws(Refusal) {
        guard value >= Decimal(accepted.lowerBound), value <= Decimal(accepted.upperBound) else {
            throw .invalidValue(
                field: field, problem: "is \(value) \(unit)",
                accepted: "\(accepted.lowerBound) to \(accepted.upperBound) \(unit)")
        }
    }
}
