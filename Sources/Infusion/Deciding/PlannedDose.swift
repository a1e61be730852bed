import Foundation

/// Iron of a visit that is to come: of one that is booked or held, or of an earlier one of a course that is being
/// planned. Intervals and the limit of a week count it on its date, as if it had been given.
struct PlannedDose: Hashable {
    let order: OrderID
    let at: Instant
    /// Clinic-local.
    let date: CalendarDate
    /// What is given then, should all visits before it have had theirs; see ``PatientState/inTurn(_:)``.
    var amount: Milligrams
    /// The event by which its visit came to be; `nil` of one that is planned only.
    let version: EventVersion?
}

extension Decision {
    /// The iron of the visits that are to come, of all orders.
    /// - Parameter id: A visit that is asked about itself.
    func plannedDoses(besides id: AppointmentID?) -> [PlannedDose] {
        let visits = state.appointments.filter {
            $0.id != id && $0.status.isToCome(at: now) && state.order($0.order) != nil
        }
        return state.inTurn(
            visits.map { visit in
                PlannedDose(
                    order: visit.order, at: visit.slot.start, date: localDate(visit.slot.start),
                    amount: .zero, version: visit.version)
            })
    }
}

extension PatientState {
    /// The same, each with the dose whose turn it is: after those of its order that have begun, in the order of the
    /// visits, and all together no more than is left of the prescription.
    func inTurn(_ visits: [PlannedDose]) -> [PlannedDose] {
        var visits = visits
        var orders: [OrderID: DosesInTurn] = [:]
        let byTime = visits.indices.sorted {
            (visits[$0].date, visits[$0].at) < (visits[$1].date, visits[$1].at)
        }
        for index in byTime {
            let id = visits[index].order
            guard let record = order(id) else { continue }
            var doses = orders[id] ?? DosesInTurn(of: record, given: self)
            visits[index].amount = doses.next()
            orders[id] = doses
        }
        return visits
    }

    /// What the order still covers, without the dose that is running.
    func left(of order: OrderRecord) -> Milligrams {
        let running = doses(of: order.id).filter { $0.end == nil }.map(\.counted).sum()
        return max(.zero, order.remaining - running)
    }
}

/// The doses of an order that have not begun, one after the other.
private struct DosesInTurn {
    private let order: OrderRecord
    private var turn: Int
    private var left: Milligrams

    init(of order: OrderRecord, given state: PatientState) {
        self.order = order
        turn = state.doses(of: order.id).count
        left = state.left(of: order)
    }

    mutating func next() -> Milligrams {
        let dose = min(order.prescribed(inTurn: turn), left)
        turn += 1
        left = left - dose
        return dose
    }
}

extension OrderRecord {
    /// The prescribed dose of a turn, counted from 0. Beyond the last, which is where a dose that was stopped is made
    /// up for, as large as the last.
    func prescribed(inTurn turn: Int) -> Milligrams {
        turn < order.prescribed.count ? order.prescribed[turn] : order.prescribed.last ?? .zero
    }
}

extension PatientState {
    /// The patient as they will be when the dose has been given as planned: its gates and limits
    /// are asked of that.
    ///
    /// - Parameter number: Another one for each dose, by which it is told apart from the rest.
    func given(
        _ dose: PlannedDose, number: Int, formularyVersion: String
    ) -> PatientState {
        guard let order = order(dose.order)?.order else { return self }
        let id = DoseID(UUID(number: number))
        var state = self
        state.apply(
            PatientEvent(
                effectiveAt: dose.at,
                fact: .doseStarted(
                    DoseStarted(
                        id: id, order: order.id, appointment: nil, product: order.product,
                        moiety: order.moiety, planned: dose.amount, localDate: dose.date,
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
