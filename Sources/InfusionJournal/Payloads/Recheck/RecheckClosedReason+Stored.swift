import Infusion

/// `{"kind": …, "person": …}`: why a person closed it, or `null` if none did.
extension RecheckClosed.Reason: StoredRecord {
    private enum Kind: StoredCode {
        case satisfied, superseded, noLongerNeeded, closedByPerson

        static var storedName: String { "recheck closure" }

        var storedCode: String {
            switch self {
            case .satisfied: "satisfied"
            case .superseded: "superseded"
            case .noLongerNeeded: "no-longer-needed"
            case .closedByPerson: "closed-by-person"
            }
        }
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        let path = object.path
        let kind: Kind = try object.read("kind")
        let person: RecheckCloseReason? = try object.readOptional("person")
        switch (kind, person) {
        case (.satisfied, nil): self = .satisfied
        case (.superseded, nil): self = .superseded
        case (.noLongerNeeded, nil): self = .noLongerNeeded
        case (.closedByPerson, let person?): self = .closedByPerson(person)
        case (.satisfied, _?), (.superseded, _?), (.noLongerNeeded, _?), (.closedByPerson, nil):
            throw PayloadError(
                .json(
                    .invalid(expected: "a person's reason exactly where a person closed it"),
                    offset: nil),
                path: "\(path)/person")
        }
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        switch self {
        case .satisfied: try write(.satisfied, nil, to: &json)
        case .superseded: try write(.superseded, nil, to: &json)
        case .noLongerNeeded: try write(.noLongerNeeded, nil, to: &json)
        case .closedByPerson(let person): try write(.closedByPerson, person, to: &json)
        }
    }

    private func write(
        _ kind: Kind, _ person: RecheckCloseReason?, to json: inout JSONWriter
    ) throws(PayloadError) {
        try json.write("kind", kind)
        try json.writeOptional("person", person)
    }
}
