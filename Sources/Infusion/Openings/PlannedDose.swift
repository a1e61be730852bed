import Foundation

/// A dose that is not given yet and counted as if it were: of a visit that is booked, or of an
/// earlier one of a course that is being planned.
struct PlannedDose: Hashable {
    let order: OrderID
    let product: Product
    let amount: Milligrams
    let at: Instant
    let date: CalendarDate
}

extension PatientState {
    /// The patient as they will be when the dose has been given as planned: its gates and limits
    /// are asked of that.
    ///
    /// - Parameter number: Another one for each dose, by which it is told apart from the rest.
    func given(
        _ dose: PlannedDose, number: Int, formularyVersion: String
    ) -> PatientState {
        let id = DoseID(UUID(number: number))
        var state = self
        state.apply(
            PatientEvent(
                effectiveAt: dose.at,
                fact: .doseStarted(
                    DoseStarted(
                        id: id, order: dose.order, appointment: nil, product: dose.product.key,
                        moiety: dose.product.moiety, planned: dose.amount, localDate: dose.date,
                        findings: [], formularyVersion: formularyVersion))))
        state.apply(
            PatientEvent(
                effectiveAt: dose.at,
                fact: .doseCompleted(
                    DoseGiven(
                        id: id, given: dose.amount, lot: LotNumber("planned"), expiry: dose.date,
                        localDate: dose.date))))
        return state
    }
}

extension UUID {
    /// Of no version, so that no dose of anybody has it.
    fileprivate init(number: Int) {
        var bytes = [UInt8](repeating: 0, count: 16)
        for index in 0..<8 { bytes[15 - index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
        self.init(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14],
                bytes[15]
            ))
    }
}
