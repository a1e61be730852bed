import Foundation
import InfusionWire

/// Where the CLI writes: answers to standard output, everything about them to standard error.
enum Console {
    static func out(_ line: String) { write(Data((line + "\n").utf8)) }

    static func out(bytes: [UInt8]) { write(Data(bytes + [0x0A])) }

    static func out(_ json: JSON) { out(bytes: json.bytes) }

    static func raw(_ bytes: [UInt8]) { write(Data(bytes)) }

    /// An answer that cannot be written is no answer: a full disk or a closed pipe ends the program.
    private static func write(_ data: Data) {
        do {
            try FileHandle.standardOutput.write(contentsOf: data)
        } catch {
            note("ferrovia: the answer cannot be written to standard output")
            exit(Exit.inputOutput.rawValue)
        }
    }

    /// What cannot be told is left untold.
    static func note(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    static func fail(_ line: String, _ exit: Exit) -> Failure {
        Failure(message: line, exit: exit)
    }

    static func show(_ failure: Failure) {
        note(
            answersInJSON
                ? String(decoding: failure.json.bytes, as: UTF8.self)
                : "ferrovia: \(failure.message)")
    }

    /// Asked of the arguments themselves, since they may be what is wrong.
    static var answersInJSON: Bool { CommandLine.arguments.contains("--json") }

    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// How wide the terminal is; `nil` where it does not say.
    static var columns: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }
}
