import Faults
import Foundation
import Infusion
import YAMLReader

/// `plan`: the doses of the last order that are still to come, in their order.
enum PlanReader {
    static func read(_ value: YAMLValue) throws(YAMLProblems) -> [PlannedDoseExpectation] {
        try value.list(dose)
    }

    /// Its prescribed milligrams alone, or with what is made of it.
    private static func dose(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> PlannedDoseExpectation {
        guard value.isMapping else {
            return PlannedDoseExpectation(prescribed: try value.milligrams())
        }
        var map = try value.mapping()
        let made = reading(
            try allRead(
                reading(
                    try map.optional("vials")?.list { (value) throws(YAMLProblems) in
                        try value.milligrams()
                    }), reading(try map.optional("leftOver")?.milligrams()),
                reading(try map.optional("prescribed")?.milligrams()),
                reading(try map.optional("amount")?.milligrams()),
                reading(try map.optional("product")?.milliliters()),
                reading(try map.optional("diluent").map(dilution))))
        let given = reading(
            try allRead(
                reading(try map.optional("minutes")?.integer(1...10_000)),
                reading(try map.optional("observation")?.integer(1...10_000)),
                reading(try map.optional("testDose")?.milligrams())))
        let told = try allRead(made, given, reading(try map.finish()))
        return PlannedDoseExpectation(
            vials: told.0.0, leftOver: told.0.1, prescribed: told.0.2, amount: told.0.3,
            product: told.0.4, dilution: told.0.5, minutes: told.1.0,
            observationMinutes: told.1.1, testDose: told.1.2)
    }

    /// `{from: 100 mL, to: 500 mL}`, `{from: 100 mL, lessThan: 500 mL}`, or a word.
    private static func dilution(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> PlannedDoseExpectation.Dilution {
        typealias Dilution = PlannedDoseExpectation.Dilution
        guard value.isMapping else {
            let words =
                [Dilution.undiluted, .notNamed] + NoPreparation.Reason.allCases.map(Dilution.absent)
            return try value.oneOf(words.map { (name: $0.description, value: $0) })
        }
        var map = try value.mapping()
        let below = map.optional("lessThan")
        let from = reading(try map.required("from").milliliters())
        let to =
            if let below {
                reading(try below.milliliters())
            } else {
                reading(try map.required("to").milliliters())
            }
        let told = try allRead(from, to, reading(try map.finish()))
        return .volume(from: told.0, to: told.1, toIncluded: below == nil)
    }
}

extension YAMLValue {
    fileprivate func milliliters() throws(YAMLProblems) -> Milliliters {
        Milliliters(try amount("mL"))
    }
}
