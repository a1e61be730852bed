/// What one stream takes over of another's history.
struct CarriedHistory {
    private(set) var events: [PatientEvent] = []
    /// Something that both have under one id without saying the same of it, by kind and id.
    private(set) var conflict: String?

    private let state: PatientState
    private let other: OtherPatient
    /// Events of the other stream, and the ones that stand for them here.
    private var numbers: [EventVersion: EventVersion] = [:]

    /// - Parameter state: Of the stream that takes it over; the events follow on its last.
    init(of other: OtherPatient, onto state: PatientState) {
        self.state = state
        self.other = other
        conflict = sharedRecord
        guard conflict == nil else { return }
        let standing = Set(other.state.carried.map(\.version))
        for (index, event) in other.events.enumerated() {
            let version = EventVersion(Int64(index) + 1)
            // What a merge of the other's own had brought and lost again is not its history.
            if case .historyCarried = event.fact, !standing.contains(version) { continue }
            take(event, version)
        }
    }

    private mutating func take(_ event: PatientEvent, _ version: EventVersion) {
        if let known = event.fact.lab.flatMap(state.lab) {
            numbers[version] = known.chain[0].version
            return
        }
        guard let fact = event.fact.carried({ [numbers] in numbers[$0] }) else { return }
        numbers[version] = EventVersion(state.version.value + Int64(events.count) + 1)
        events.append(
            PatientEvent(
                effectiveAt: event.effectiveAt,
                fact: .historyCarried(
                    CarriedFact(source: other.patient, version: version, fact: fact))))
    }

    /// One result may have been told to both records; anything else under one id is one of them being wrong.
    private var sharedRecord: String? {
        let theirs = other.state
        let lab = theirs.labs.first { lab in
            guard lab.retraction == nil, let known = state.lab(lab.id) else { return false }
            return !known.saysTheSame(as: lab)
        }
        if let lab { return "result \(lab.id)" }
        let orders = Set(state.orders.map(\.id) + state.transfusionOrders.map(\.id))
        let shared = (theirs.orders.map(\.id) + theirs.transfusionOrders.map(\.id)).first {
            orders.contains($0)
        }
        if let shared { return "order \(shared)" }
        if let dose = theirs.doses.first(where: { state.dose($0.id) != nil }) {
            return "dose \(dose.id)"
        }
        if let reaction = theirs.reactions.first(where: { state.reaction($0.id) != nil }) {
            return "reaction \(reaction.id)"
        }
        let transfusions = Set(state.transfusions.map(\.value.id))
        let transfusion = theirs.transfusions.first { transfusions.contains($0.value.id) }
        return transfusion.map { "transfusion \($0.value.id)" }
    }
}

extension LabRecord {
    fileprivate func saysTheSame(as other: LabRecord) -> Bool {
        retraction == nil && analyte == other.analyte && current.value == other.current.value
            && current.status == other.current.status
            && current.collectedAt == other.current.collectedAt
    }
}

extension PatientFact {
    /// The result that the event is about.
    fileprivate var lab: LabResultID? {
        if case .labRecorded(let result) = self { return result.id }
        if case .labCorrected(let correction) = self { return correction.result }
        if case .labRetracted(let retraction) = self { return retraction.result }
        if case .historyCarried(let carried) = self { return carried.fact.lab }
        return nil
    }
}
