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
        let dose = PlannedDoseExpectation(
            vials: try map.optional("vials")?.list { (value) throws(YAMLProblems) in
                try value.milligrams()
            },
            leftOver: try map.optional("leftOver")?.milligrams(),
            prescribed: try map.optional("prescribed")?.milligrams(),
            amount: try map.optional("amount")?.milligrams(),
            product: try map.optional("product")?.milliliters(),
            dilution: try map.optional("diluent").map(dilution),
            minutes: try map.optional("minutes")?.integer(1...10_000),
            observationMinutes: try map.optional("observation")?.integer(1...10_000),
            testDose: try map.optional("testDose")?.milligrams())
        try map.finish()
        return dose
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
        let from = try map.required("from").milliliters()
        let dilution: Dilution
        if let below = map.optional("lessThan") {
            dilution = .volume(from: from, to: try below.milliliters(), toIncluded: false)
        } else {
            dilution = .volume(
                from: from, to: try map.required("to").milliliters(), toIncluded: true)
        }
        try map.finish()
        return dilution
    }
}

extension YAMLValue {
    fileprivate func milliliters() throws(YAMLProblems) -> Milliliters {
        Milliliters(try amount("mL"))
    }
}
