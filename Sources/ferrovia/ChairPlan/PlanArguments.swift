import ArgumentParser
import ChairPlanning

/// Arguments of the planning verbs.
enum PlanArguments {
    /// How long a search may take, seconds.
    private static let seconds = 0.01...3_600.0
    private static let searches = 1...64
    private static let steps = 1...1_000_000_000

    static func seconds(_ text: String) throws -> Double {
        guard let value = Double(text), seconds.contains(value) else {
            throw ValidationError("seconds, 0.01 to 3600")
        }
        return value
    }

    static func searches(_ text: String) throws -> Int { try whole(text, searches) }

    static func steps(_ text: String) throws -> Int { try whole(text, steps) }

    static func repetitions(_ text: String) throws -> Int {
        try whole(text, ClinicSimulation.repetitions)
    }

    private static func whole(_ text: String, _ range: ClosedRange<Int>) throws -> Int {
        guard let value = Int(text), range.contains(value) else {
            throw ValidationError(
                "a whole number, \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
