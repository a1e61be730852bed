import Infusion

/// `{"status": …, "estimatedDueDate": …}`: the date is `null` when unknown, and for who is not
/// pregnant.
extension PregnancyStatus: StoredRecord {
    private enum Status: StoredCode {
        case notPregnant, pregnant, unknown

        static var storedName: String { "pregnancy status" }

        var storedCode: String {
            switch self {
            case .notPregnant: "not-pregnant"
            case .pregnant: "pregnant"
            case .unknown: "unknown"
            }
        }
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        let path = object.path
        let status: Status = try object.read("status")
        let dueDate: CalendarDate? = try object.readOptional("estimatedDueDate")
        switch (status, dueDate) {
        case (.notPregnant, nil): self = .notPregnant
        case (.unknown, nil): self = .unknown
        case (.pregnant, let dueDate): self = .pregnant(estimatedDueDate: dueDate)
        case (.notPregnant, _?), (.unknown, _?):
            throw PayloadError(
                .json(.invalid(expected: "a due date only with a pregnancy"), offset: nil),
                path: "\(path)/estimatedDueDate")
        }
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        switch self {
        case .notPregnant: try write(.notPregnant, nil, to: &json)
        case .pregnant(let dueDate): try write(.pregnant, dueDate, to: &json)
        case .unknown: try write(.unknown, nil, to: &json)
        }
    }

    private func write(
        _ status: Status, _ dueDate: CalendarDate?, to json: inout JSONWriter
    ) throws(PayloadError) {
        try json.write("status", status)
        try json.writeOptional("estimatedDueDate", dueDate)
    }
}
