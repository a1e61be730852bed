import EventStore
import Foundation

/// One line for each thing that happens to a command, written before the next thing can happen to it:
///
///     sent <command> <stream> <version>              before it goes out for the first time
///     told <command> <stream> <version> <position> appended|duplicate
///     fail <command> <code>                          an error; the command is sent again
///     odd <command> <what>                           an answer that nobody should get here
enum Report {
    static func sent(_ append: Append<NoChanges>) {
        line("sent \(append.commandID) \(append.stream.uuid) \(append.expected.advanced(by: 1))")
    }

    static func told(_ command: AcceptedCommand, _ how: String) {
        let position = command.positions?.upperBound.value ?? 0
        line(
            "told \(command.commandID) \(command.stream.uuid) \(command.version) \(position) \(how)"
        )
    }

    static func failed(_ id: CommandID, _ code: EventLogError.Code) {
        line("fail \(id) \(code.name)")
    }

    static func odd(_ id: CommandID, _ what: String) { line("odd \(id) \(what)") }

    /// One write, which a pipe takes whole; who cannot write any more has nobody to report to.
    private static func line(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data("\(text)\n".utf8))
        } catch {
            exit(74)
        }
    }
}
