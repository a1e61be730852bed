import Foundation

/// How many random histories a property is tried on, and how long each is.
enum Histories {
    /// What a plain run tries; what ``HistoryDemands`` asks for is reached by so many.
    private static let fewest: UInt64 = 30
    private static let asked = ProcessInfo.processInfo.environment["FERROVIA_TEST_HISTORIES"]
        .flatMap { UInt64($0) }

    static let seeds: [UInt64] = Array(0..<max(fewest, asked ?? fewest))
    static let steps = 150
    /// Of a clinic that orders one row.
    static let seedsOfOneRow: [UInt64] = Array(seeds.prefix(3))
    /// From here on things happen that stay for good: severe reactions, serious allergies. Earlier
    /// they would leave most of a history without iron.
    static let stepsBeforeTheWorst = 100
}
