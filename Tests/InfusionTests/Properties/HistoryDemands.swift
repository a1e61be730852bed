import Infusion
import Testing

/// What the histories of a plain run must at least have held for the properties to say something. The
/// numbers are set from a run, at about half of what it saw; a failure prints what was seen.
enum HistoryDemands {
    // MARK: Of all histories together

    static let happenings: [HistoryTally.Happening: Int] = [
        .completed: 250, .stopped: 15, .paused: 15, .resumed: 5, .discharged: 30,
        .reactions: 15, .transfusions: 20, .corrections: 8, .retractions: 8,
        .booked: 8, .overridden: 60, .overridesRefused: 5, .needlessOverrides: 1,
        .voidOverrides: 1, .refused: 200, .refusals: 250,
    ]

    /// Each gate that can shut hard or for good, and those of which more is asked.
    static let hardRefusals: [Gate: Int] = Dictionary(
        uniqueKeysWithValues: Gate.allCases.filter {
            !$0.severities.allSatisfy { $0 == .soft || $0 == .information }
        }.map { ($0, 1) }
    ).merging([.interval: 20, .weightAndAge: 10, .infection: 5, .diagnosis: 5]) { $1 }

    static let softRefusals: [Gate: Int] = [
        .consent: 1, .minorReaction: 1, .atopy: 1, .magneticResonance: 1, .transfusionSameDay: 1,
        .cardiotoxicChemotherapy: 1,
    ]

    /// Every plan of the random clinic, by its dosing row.
    static let rows: [String: Int] = Dictionary(
        uniqueKeysWithValues: RandomHistory.plans.map { ($0.row, 5) })

    /// Of a clinic that orders nothing else.
    static let dosesOfOneRow = 2

    /// Doses outside a label's limit that an override covered, as the ledger sees it.
    static let covered: [Gate: Int] = [.interval: 5, .weightAndAge: 1, .cumulativeDose: 1]

    /// Looks at an order that something has to stand in the way of.
    static let standingBlocks: [Gate: Int] = [
        .anaphylaxisSameProduct: 20, .overload: 10, .order: 20,
    ]

    /// Results told again in another unit.
    static let units: [String: Int] = [
        "g/L": 50, "mmol/L hemoglobin": 50, "ug/L": 20, "pmol/L": 20, "mmol/L phosphate": 20,
        "mg/dL": 20,
    ]

    /// Irrelevant commands of each kind.
    static let irrelevant: [IrrelevantCommands.Kind: Int] = Dictionary(
        uniqueKeysWithValues: IrrelevantCommands.Kind.allCases.map { ($0, 50) })

    /// Orders under which one and the same patient had iron.
    static let courses = 3

    // MARK: Of each history

    static let acceptedEach = 20
    static let refusedEach = 5

    // MARK: Of the facts whose order of arrival is changed

    static let arrivalClassifications = 3
    static let arrivalReasons = 3
    static let arrivalVerdicts: [Verdict: Int] = [.passed: 100, .blocked: 5]
    static let arrivalPlans = 5
}

/// Fails with all that was seen where anything was seen too seldom.
func expectDepth<Key: Hashable>(
    _ what: String, _ seen: [Key: Int], atLeast demanded: [Key: Int],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let short = demanded.filter { seen[$0.key, default: 0] < $0.value }
    #expect(
        short.isEmpty, "\(what): asked for \(listed(short)); seen \(listed(seen))",
        sourceLocation: sourceLocation)
}

private func listed<Key: Hashable>(_ counts: [Key: Int]) -> String {
    if counts.isEmpty { return "nothing" }
    return counts.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
}

extension HistoryTally {
    /// That as much has happened as a property over doses given and refused needs.
    func expectDoses(sourceLocation: SourceLocation = #_sourceLocation) {
        let asked: Set<Happening> = [.completed, .overridden, .refused, .refusals]
        expectDepth(
            "happenings", happenings,
            atLeast: HistoryDemands.happenings.filter { asked.contains($0.key) },
            sourceLocation: sourceLocation)
    }
}
