import Infusion

/// `waitlist-left` v1.
enum WaitlistLeftPayload: EventPayload {
    static func write(
        _ fact: WaitlistLeft, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("order", fact.order)
        try json.write("reason", fact.reason)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> WaitlistLeft {
        WaitlistLeft(order: try object.read("order"), reason: try object.read("reason"))
    }
}

/// `{"kind": …, "appointment": …, "person": …}`: the visit that was booked and a person's reason, each
/// exactly where there is one.
extension WaitlistLeft.Reason: StoredRecord {
    private enum Kind: StoredCode {
        case booked, orderEnded, patientDeceased, patientErased, withdrawnByPerson

        static var storedName: String { "wait list ending" }

        var storedCode: String {
            switch self {
            case .booked: "booked"
            case .orderEnded: "order-ended"
            case .patientDeceased: "patient-deceased"
            case .patientErased: "patient-erased"
            case .withdrawnByPerson: "withdrawn-by-person"
            }
        }
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        let path = object.path
        let kind: Kind = try object.read("kind")
        let appointment: AppointmentID? = try object.readOptional("appointment")
        let person: CancellationReason? = try object.readOptional("person")
        switch (kind, appointment, person) {
        case (.booked, let appointment?, nil): self = .booked(appointment)
        case (.orderEnded, nil, nil): self = .orderEnded
        case (.patientDeceased, nil, nil): self = .patientDeceased
        case (.patientErased, nil, nil): self = .patientErased
        case (.withdrawnByPerson, nil, let person?): self = .withdrawnByPerson(person)
        case (.booked, _, _), (.orderEnded, _, _), (.patientDeceased, _, _),
            (.patientErased, _, _), (.withdrawnByPerson, _, _):
            throw PayloadError(
                .json(
                    .invalid(
                        expected: "a visit where it was booked, a person's reason where one"
                            + " withdrew it, and nothing else"),
                    offset: nil),
                path: "\(path)/kind")
        }
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        switch self {
        case .booked(let appointment): try write(.booked, appointment, nil, to: &json)
        case .orderEnded: try write(.orderEnded, nil, nil, to: &json)
        case .patientDeceased: try write(.patientDeceased, nil, nil, to: &json)
        case .patientErased: try write(.patientErased, nil, nil, to: &json)
        case .withdrawnByPerson(let person):
            try write(.withdrawnByPerson, nil, person, to: &json)
        }
    }

    private func write(
        _ kind: Kind, _ appointment: AppointmentID?, _ person: CancellationReason?,
        to json: inout JSONWriter
    ) throws(PayloadError) {
        try json.write("kind", kind)
        try json.writeOptional("appointment", appointment)
        try json.writeOptional("person", person)
    }
}
