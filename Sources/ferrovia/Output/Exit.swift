/// Why the CLI ends unsuccessfully, after sysexits(3) where it has a word for it.
enum Exit: Int32, Error {
    /// A check found something.
    case found = 1
    /// The question has no answer here.
    case noAnswer = 2
    /// The domain says no.
    case refused = 3
    case usage = 64
    case unavailable = 69
    case software = 70
    case inputOutput = 74
    /// The login lacks a right.
    case notPermitted = 77
    case configuration = 78

    /// What an error in JSON carries as its code.
    var name: String {
        switch self {
        case .found: "found"
        case .noAnswer: "no-answer"
        case .refused: "refused"
        case .usage: "usage"
        case .unavailable: "unavailable"
        case .software: "software"
        case .inputOutput: "input-output"
        case .notPermitted: "not-permitted"
        case .configuration: "configuration"
        }
    }
}
