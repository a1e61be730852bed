import ArgumentParser
import Foundation

/// Where the CLI writes: answers to standard output, everything about them to standard error.
enum Console {
    static func out(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    static func out(bytes: [UInt8]) {
        FileHandle.standardOutput.write(Data(bytes + [0x0A]))
    }

    static func raw(_ bytes: [UInt8]) {
        FileHandle.standardOutput.write(Data(bytes))
    }

    static func note(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    /// One clear line, then out.
    static func fail(_ line: String, _ code: ExitCode) -> ExitCode {
        note("ferrovia: \(line)")
        return code
    }

    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
