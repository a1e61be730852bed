/// A member of the objective that is bounded, given the least the members before it can be.
enum BoundLevel: Sendable {
    case unserved
    case overtime(unserved: Int)
    case waiting(unserved: Int, overtime: Int)

    /// Everything must be served: no visit may be left out.
    var servesAll: Bool {
        switch self {
        case .unserved: false
        case .overtime(let unserved), .waiting(let unserved, _): unserved == 0
        }
    }

    var avoidsOvertime: Bool {
        switch self {
        case .unserved, .overtime: false
        case .waiting(_, let overtime): overtime == 0
        }
    }
}
