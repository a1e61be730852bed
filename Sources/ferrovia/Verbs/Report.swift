import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionWire

struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Counts over all patients of a tenant.",
        subcommands: [HeartFailureReport.self, OverrideReport.self])
}

struct HeartFailureReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heart-failure",
        abstract: "Baseline ferritin against response in heart failure: a hypothesis, not a rule.",
        discussion: "Every patient of the tenant is read, and none is named.")
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @Flag(help: "Answer in JSON, one object.") var json = false

    static let caution = """
        Hypothesis: that a higher baseline ferritin limits the heart's uptake of iron was seen in 53 \
        patients with heart failure (doi 10.1002/ejhf.3730). These counts are not adjusted for anything \
        and decide nothing about a patient.
        """
    /// Below so many courses a row says little (ED).
    static let fewCourses = 20

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let useCases = try await backend.useCases()
            let position = try await known.position(in: backend)
            var courses: [HeartFailureCourse] = []
            for patient in try await backend.patients(upTo: position) {
                courses += try await useCases.heartFailureCourses(
                    of: patient, knownAt: .position(position), actor: backend.actor)
            }
            let rows = HeartFailureRow.rows(of: courses)
            if json {
                Console.out(
                    [
                        "rows": .list(rows, \.json), "caution": .string(Self.caution),
                        "position": .integer(position.value),
                    ] as JSON)
            } else {
                show(rows, position)
            }
        }
    }

    private func show(_ rows: [HeartFailureRow], _ position: Position) {
        var table = Table(
            "ferritin", "saturation", "courses", "levels", "Hb g/dL (n)", "ferritin ng/mL (n)",
            "symptoms before", "after", "admitted", "by vein because", "")
        for row in rows {
            table.add(
                row.ferritin.rawValue, row.saturation.rawValue, "\(row.courses.count)",
                row.levels.map { "\($0.level.rawValue) \($0.count)" }.joined(separator: ", "),
                row.hemoglobin.text, row.ferritinChange.text,
                row.symptoms(\.symptomsBefore), row.symptoms(\.symptomsAfter), row.admitted,
                row.reasons.map { "\($0.reason.rawValue) \($0.count)" }.joined(separator: ", "),
                row.isSmall ? "few" : "")
        }
        Console.out(table.render())
        Console.out("\n\(Self.caution)")
        Console.out("'few': fewer than \(Self.fewCourses) courses.")
        Console.note("as known at position \(position)")
    }
}

/// The courses of one baseline class.
private struct HeartFailureRow {
    let ferritin: HeartFailureCourse.FerritinBand
    let saturation: HeartFailureCourse.SaturationBand
    let courses: [HeartFailureCourse]

    /// Classes that have courses, in the order of their bands.
    static func rows(of courses: [HeartFailureCourse]) -> [HeartFailureRow] {
        HeartFailureCourse.FerritinBand.allCases.flatMap { ferritin in
            HeartFailureCourse.SaturationBand.allCases.compactMap { saturation in
                let own = courses.filter {
                    $0.ferritin == ferritin && $0.saturation == saturation
                }
                return own.isEmpty
                    ? nil
                    : HeartFailureRow(ferritin: ferritin, saturation: saturation, courses: own)
            }
        }
    }

    /// A mean, exact until it is shown, and how many it is of.
    struct Mean {
        let value: Decimal?
        let count: Int

        init(_ values: [Decimal]) {
            count = values.count
            var mean = values.isEmpty ? 0 : values.reduce(0, +) / Decimal(values.count)
            var rounded = Decimal()
            NSDecimalRound(&rounded, &mean, 1, .plain)
            value = values.isEmpty ? nil : rounded
        }

        var text: String { "\(value.map { "\($0)" } ?? "–") (\(count))" }
        var json: JSON { ["mean": .optional(value) { .decimal($0) }, "count": .integer(count)] }
    }

    var isSmall: Bool { courses.count < HeartFailureReport.fewCourses }
    var hemoglobin: Mean { Mean(courses.compactMap(\.hemoglobinChange)) }
    var ferritinChange: Mean { Mean(courses.compactMap(\.ferritinChange)) }
    var levels: [(level: ResponseLevel, count: Int)] {
        ResponseLevel.allCases.compactMap { level in
            let count = courses.count { $0.level == level }
            return count == 0 ? nil : (level, count)
        }
    }

    /// With any symptom, of those where it was told.
    func symptoms(_ told: KeyPath<HeartFailureCourse, Bool?>) -> String {
        let answers = courses.compactMap { $0[keyPath: told] }
        return "\(answers.count(where: \.self)) of \(answers.count)"
    }

    /// Courses with an admission for heart failure after day 1, of those where it was told.
    var admitted: String {
        let told = courses.compactMap(\.admissions)
        return "\(told.count { $0 > 0 }) of \(told.count)"
    }

    private var admissionsJSON: JSON {
        let told = courses.compactMap(\.admissions)
        return [
            "courses": .integer(told.count { $0 > 0 }), "admissions": .integer(told.reduce(0, +)),
            "told": .integer(told.count),
        ]
    }

    /// Why by vein, where the order said so.
    var reasons: [(reason: IntravenousReason, count: Int)] {
        IntravenousReason.allCases.compactMap { reason in
            let count = courses.count { $0.whyIntravenous == reason }
            return count == 0 ? nil : (reason, count)
        }
    }

    private func symptomsJSON(_ told: KeyPath<HeartFailureCourse, Bool?>) -> JSON {
        let answers = courses.compactMap { $0[keyPath: told] }
        return ["present": .integer(answers.count(where: \.self)), "told": .integer(answers.count)]
    }

    var json: JSON {
        [
            "ferritin": .name(ferritin), "saturation": .name(saturation),
            "courses": .integer(courses.count), "few": .bool(isSmall),
            "levels": .list(levels) {
                ["level": .name($0.level), "count": .integer($0.count)]
            },
            "hemoglobinChange": hemoglobin.json, "ferritinChange": ferritinChange.json,
            "symptomsBefore": symptomsJSON(\.symptomsBefore),
            "symptomsAfter": symptomsJSON(\.symptomsAfter),
            "admissionsAfter": admissionsJSON,
            "whyIntravenous": .list(reasons) {
                ["reason": .name($0.reason), "count": .integer($0.count)]
            },
        ]
    }
}
