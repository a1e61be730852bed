import Foundation

/// How many random histories a property is tried on, and how long each is.
enum Histories {
    /// What a plain run tries; the counts that the properties ask for are reached by so many.
    private static let fewest: UInt64 = 25
    private static let asked = ProcessInfo.processInfo.environment["FERROVIA_TEST_HISTORIES"]
        .flatMap { UInt64($0) }

    static let seeds: [UInt64] = Array(0..<max(fewest, asked ?? fewest))
    static let steps = 140
}
