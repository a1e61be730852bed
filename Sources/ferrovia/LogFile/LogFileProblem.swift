import InfusionJournal

/// Why a file is not a log, or not one that can be imported: where, which member, what is there and what
/// belongs there. Carries nothing of a payload.
struct LogFileProblem: Error, Hashable, CustomStringConvertible {
    /// The file and the line.
    let place: String
    /// The member of the line; `nil` for the line as a whole.
    let member: String?
    let message: String

    var description: String {
        "\(place): \(member.map { "\($0): " } ?? "")\(message)"
    }

    /// The same, and what follows from it.
    func adding(_ consequence: String) -> LogFileProblem {
        LogFileProblem(place: place, member: member, message: "\(message); \(consequence)")
    }
}

/// The same before it is known which line of which file it is.
struct LogLineProblem: Error {
    let member: String?
    let message: String

    init(_ member: String?, _ message: String) {
        self.member = member
        self.message = message
    }

    init(_ member: String?, found: some CustomStringConvertible, accepted: String) {
        self.init(member, "found \(found), accepted is \(accepted)")
    }

    init(_ error: JSONError) {
        let member = error.path.dropFirst()
        let place = error.offset.map { " at byte \($0)" } ?? ""
        self.init(member.isEmpty ? nil : String(member), "\(error.problem)\(place)")
    }
}
