import Foundation
import Infusion
import Testing

/// The boundary catalogue of clinical facts §3 as grids, written by hand from the table and R-11 to R-13.
///
/// A line is one or more ferritins and the answers for saturation 19.9, 20.0, 20.1, 25, 30, 30.1, 40, 45,
/// 50 and none. `A` absolute, `a` provisional, `F` functional, `P` possible, `S` sequestration, `N` not
/// deficient, `R` replete, `I` indeterminate, `D` discordant, `O` overload.
struct StatusGrid: Sendable, CustomTestStringConvertible {
    enum Inflammation: String, Sendable { case raised, normal, missing }
    let contexts: [ClinicalContext]
    let inflammation: [Inflammation]
    let lines: String
    var testDescription: String {
        "\(contexts.map(\.rawValue)) CRP \(inflammation.map(\.rawValue))"
    }

    static let saturations: [String?] = [
        "19.9", "20.0", "20.1", "25", "30", "30.1", "40", "45", "50", nil,
    ]

    /// Every ferritin of the catalogue, and one just below the lowest cut-off.
    static let ferritins = [
        "29.9", "30", "99.9", "100", "100.1", "299", "299.9", "300", "300.1", "500", "500.1", "700",
        "700.1", "800", "800.1",
    ]

    var cells: [(ferritin: String, answers: [Character])] {
        lines.split(separator: "\n").flatMap { line in
            let halves = line.split(separator: ":")
            let answers = Array(halves[1].filter { $0 != " " })
            return halves[0].split(separator: " ").map { (String($0), answers) }
        }
    }

    static func letter(_ classification: IronClassification) -> Character {
        switch classification {
        case .absolute: "A"
        case .absoluteProvisional: "a"
        case .functional: "F"
        case .possible: "P"
        case .sequestration: "S"
        case .notDeficient: "N"
        case .replete: "R"
        case .indeterminate: "I"
        case .discordant: "D"
        case .overload: "O"
        case .invalid: "X"
        }
    }

    static let all: [StatusGrid] = [
        StatusGrid(
            contexts: [.general], inflammation: [.raised],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: F NNNNNNN D I
                100 100.1: S RRRRRRR N I
                299 299.9 300 300.1 500 500.1 700 700.1 800: S RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
        StatusGrid(
            contexts: [.general], inflammation: [.normal],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: P NNNNNNN D I
                100 100.1: I RRRRRRR N I
                299 299.9 300 300.1 500 500.1 700 700.1 800: I RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
        StatusGrid(
            contexts: [.general], inflammation: [.missing],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: I NNNNNNN D I
                100 100.1: I RRRRRRR N I
                299 299.9 300 300.1 500 500.1 700 700.1 800: I RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
        StatusGrid(
            contexts: [.oncology, .metastaticBreastCancer],
            inflammation: [.raised, .normal, .missing],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: A AAAAAAA D I
                100: A AAAAAAA O I
                100.1 299 299.9 300 300.1 500 500.1 700 700.1 800: F RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
        StatusGrid(
            contexts: [.heartFailure], inflammation: [.raised, .normal, .missing],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: A AAAAAAA D I
                100 100.1: F RRRRRRR N I
                299 299.9: F RRRRRRR O I
                300 300.1 500 500.1 700 700.1 800: S RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
        StatusGrid(
            contexts: [.ckdNonDialysis, .ckdPeritonealDialysis], inflammation: [.raised],
            lines: """
                29.9: A AAAAA OO D a
                30 99.9: A NNNNN OO D I
                100 100.1 299 299.9: F RRRRR OO O I
                300 300.1 500 500.1 700: S RRRRR OO O I
                700.1 800 800.1: O OOOOO OO O O
                """),
        StatusGrid(
            contexts: [.ckdNonDialysis, .ckdPeritonealDialysis], inflammation: [.normal, .missing],
            lines: """
                29.9: A AAAAA OO D a
                30 99.9: A NNNNN OO D I
                100 100.1 299 299.9: F RRRRR OO O I
                300 300.1 500 500.1 700: I RRRRR OO O I
                700.1 800 800.1: O OOOOO OO O O
                """),
        StatusGrid(
            contexts: [.ckdHemodialysis], inflammation: [.raised],
            lines: """
                29.9: A AAAAA OO D a
                30 99.9: A NNNNN OO D I
                100 100.1 299 299.9 300 300.1 500: F RRRRR OO O I
                500.1 700: S RRRRR OO O I
                700.1 800 800.1: O OOOOO OO O O
                """),
        StatusGrid(
            contexts: [.ibdActive], inflammation: [.raised, .normal, .missing],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: F NNNNNNN D I
                100: F NNNNNNN N I
                100.1: S RRRRRRR N I
                299 299.9 300 300.1 500 500.1 700 700.1 800: S RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
        StatusGrid(
            contexts: [.ibdInactive], inflammation: [.normal],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: N NNNNNNN D I
                100 100.1: N RRRRRRR N I
                299 299.9 300 300.1 500 500.1 700 700.1 800: N RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
        StatusGrid(
            contexts: [.ibdInactive], inflammation: [.missing],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: I NNNNNNN D I
                100 100.1: I RRRRRRR N I
                299 299.9 300 300.1 500 500.1 700 700.1 800: I RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
        StatusGrid(
            contexts: [.ibdInactive], inflammation: [.raised],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: F NNNNNNN D I
                100: F NNNNNNN N I
                100.1: S RRRRRRR N I
                299 299.9 300 300.1 500 500.1 700 700.1 800: S RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
        StatusGrid(
            contexts: [.pregnancy], inflammation: [.raised, .normal, .missing],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: P NNNNNNN D I
                100 100.1: P RRRRRRR N I
                299 299.9 300 300.1 500 500.1 700 700.1 800: P RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
        StatusGrid(
            contexts: [.preOperative], inflammation: [.raised],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: F FFFFFFF D I
                100: F FFFFFFF N I
                100.1: S RRRRRRR N I
                299 299.9 300 300.1 500 500.1 700 700.1 800: S RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
        StatusGrid(
            contexts: [.preOperative], inflammation: [.normal],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: F NNNNNNN D I
                100: F NNNNNNN N I
                100.1: I RRRRRRR N I
                299 299.9 300 300.1 500 500.1 700 700.1 800: I RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
        StatusGrid(
            contexts: [.preOperative], inflammation: [.missing],
            lines: """
                29.9: A AAAAAAA D a
                30 99.9: F IIIIIII D I
                100: F IIIIIII N I
                100.1: I RRRRRRR N I
                299 299.9 300 300.1 500 500.1 700 700.1 800: I RRRRRRR O I
                800.1: O OOOOOOO O O
                """),
    ]

    /// Eligibility to start: `+` yes, `-` no, `?` not to be told.
    struct Eligibility: Sendable, CustomTestStringConvertible {
        let context: ClinicalContext
        let circumstance: IronStatusCircumstance?
        let lines: String
        var testDescription: String { context.rawValue }
        var cells: [(ferritin: String, answers: [Character])] {
            StatusGrid(contexts: [], inflammation: [], lines: lines).cells
        }
    }

    private static let withoutDialysis = """
        29.9 30 99.9: ++++++ --- ?
        100 100.1 299 299.9: +++--- --- ?
        300 300.1 500 500.1 700: ------ --- ?
        700.1 800 800.1: ------ --- -
        """

    static let eligibility: [Eligibility] = [
        Eligibility(context: .ckdNonDialysis, circumstance: nil, lines: withoutDialysis),
        Eligibility(context: .ckdPeritonealDialysis, circumstance: nil, lines: withoutDialysis),
        Eligibility(
            context: .ckdHemodialysis, circumstance: nil,
            lines: """
                29.9 30 99.9 100 100.1 299 299.9 300 300.1 500: +++++- --- ?
                500.1 700: ------ --- ?
                700.1 800 800.1: ------ --- -
                """),
        Eligibility(
            context: .heartFailure, circumstance: .heartFailureMaintenance,
            lines: """
                29.9 30 99.9: ++++++ ++- ?
                100 100.1 299 299.9 300: +----- --- ?
                300.1 500 500.1 700 700.1 800: ------ --- ?
                800.1: ------ --- -
                """),
        Eligibility(
            context: .oncology, circumstance: .onErythropoiesisStimulatingAgent,
            lines: """
                29.9 30 99.9: ++++++ ++- ?
                100 100.1 299 299.9 300 300.1 500 500.1 700 700.1 800: ++++++ ++- ?
                800.1: ------ --- -
                """),
        Eligibility(
            context: .ibdInactive, circumstance: .ibdRetreatment,
            lines: """
                29.9 30 99.9: ++++++ ++- ?
                100 100.1 299 299.9 300 300.1 500 500.1 700 700.1 800: ------ --- ?
                800.1: ------ --- -
                """),
    ]
}
