import ArgumentParser

/// Why the CLI ends unsuccessfully, after sysexits(3) where it has a word for it.
enum Exit {
    /// A check found something.
    static let found = ExitCode(1)
    /// The question has no answer here.
    static let noAnswer = ExitCode(2)
    static let unavailable = ExitCode(69)
    static let software = ExitCode(70)
    static let inputOutput = ExitCode(74)
    static let configuration = ExitCode(78)
}
