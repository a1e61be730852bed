public import Foundation

extension LabReading {
    /// Reads a reported value: the unit is never guessed, the comparator never dropped (R-41, §8).
    ///
    /// `code` is the LOINC code it came under, where there was one; it must fit the analyte and the unit.
    public static func make(
        analyte: Analyte, value: Decimal, comparator: Comparator? = nil, unit: String?,
        code: String? = nil
    ) throws(LabReadingProblem) -> LabReading {
        let accepted = analyte.units.map(\.ucum)
        guard let unit, case let reported = UnitText.normalized(unit), !reported.isEmpty else {
            throw .missingUnit(accepted: accepted)
        }
        // 0.18 is 18 % to one laboratory and 0.18 % to another, whatever unit is written beside it.
        if analyte == .transferrinSaturation, value > 0, value < 1, ["%", "1"].contains(reported) {
            throw .ambiguousFraction(value)
        }
        guard let known = analyte.units.first(where: { $0.ucum == reported }) else {
            throw .unknownUnit(unit, accepted: accepted)
        }
        if let code { try require(code, of: analyte, toFit: known, reportedAs: unit) }
        let canonical = known.canonical(value)
        guard analyte.possible.admits(canonical, comparator) else {
            throw .outOfRange(canonical: canonical, accepted: analyte.possible.description)
        }
        return LabReading(
            analyte: analyte,
            value: LabValue(
                comparator: comparator, reported: value, reportedUnit: reported,
                canonical: canonical),
            warnings: warnings(analyte, canonical, known, comparator))
    }

    private static func require(
        _ code: String, of analyte: Analyte, toFit unit: AcceptedUnit, reportedAs text: String
    ) throws(LabReadingProblem) {
        guard let known = analyte.code(code) else {
            throw .unknownCode(code, accepted: analyte.codes.map(\.loinc))
        }
        switch (known.property, unit.property) {
        case (.mass, .substance), (.substance, .mass):
            throw .codeUnitMismatch(code: code, unit: text)
        case (.mass, .mass), (.substance, .substance), (.other, _), (_, .other):
            break
        }
    }

    private static func warnings(
        _ analyte: Analyte, _ value: Decimal, _ unit: AcceptedUnit, _ comparator: Comparator?
    ) -> Set<LabWarning> {
        var warnings: Set<LabWarning> = []
        if let warning = unit.warning { warnings.insert(warning) }
        // A comparator that points across a limit is warned of as well: it may be beyond.
        if let low = analyte.usual.low,
            value < low || (comparator == .lessThan && value == low)
        {
            warnings.insert(.belowUsual)
        }
        if let high = analyte.usual.high,
            value > high || (comparator == .greaterThan && value == high)
        {
            warnings.insert(.aboveUsual)
        }
        return warnings
    }
}

/// The spelling of units. UCUM is case-sensitive: nothing is folded but the two signs for micro.
enum UnitText {
    static func normalized(_ text: String) -> String {
        // MICRO SIGN and GREEK SMALL LETTER MU; UCUM writes `u`.
        let unit = text.replacing("\u{B5}", with: "u").replacing("\u{3BC}", with: "u")
        return unit.trimmingCharacters(in: .whitespaces)
    }
}
