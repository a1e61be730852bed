import Infusion

/// `ungraded`, or `ctcae-1` to `ctcae-5`.
extension ReactionGrade: StoredValue {
    private static let name = "reaction grade"

    init(stored value: JSONValue) throws(PayloadError) {
        switch try value.payloadString() {
        case "ungraded": self = .ungraded
        case "ctcae-1": self = .ctcae(1)
        case "ctcae-2": self = .ctcae(2)
        case "ctcae-3": self = .ctcae(3)
        case "ctcae-4": self = .ctcae(4)
        case "ctcae-5": self = .ctcae(5)
        default: throw PayloadError(.unknownCode(of: ReactionGrade.name), path: value.path)
        }
    }

    func store(in json: inout JSONWriter) throws(PayloadError) {
        switch self {
        case .ungraded: json.string("ungraded")
        case .ctcae(let grade):
            guard (1...5).contains(grade) else {
                throw PayloadError(.notStorable(accepted: "CTCAE grade 1 to 5"), path: "")
            }
            json.string("ctcae-\(grade)")
        }
    }
}
