import Faults
import Foundation
import Infusion
import YAMLReader

/// A value and the place it was read from.
struct Placed<Value> {
    let value: Value
    let place: YAMLValue
}

extension YAMLValue {
    /// The form of the files that this program reads.
    private static let format = 1

    func knowledgeFormat() throws(YAMLProblems) {
        guard try integer(0...1_000) == Self.format else {
            throw invalid(accepted: "\(Self.format)")
        }
    }

    /// A version means one content for ever.
    func knowledgeVersion() throws(YAMLProblems) -> String {
        let accepted = "1 to 64 of letters, digits, '.', '+' and '-', such as 2026.11.0"
        let text = try text(accepted: accepted)
        guard text.wholeMatch(of: /[A-Za-z0-9.+-]{1,64}/) != nil else {
            throw invalid(accepted: accepted)
        }
        return text
    }

    /// The name of a product, a row or a preparation.
    func identifier() throws(YAMLProblems) -> String {
        let accepted = "1 to 64 of letters, digits, '.', '_' and '-'"
        let text = try text(accepted: accepted)
        guard text.wholeMatch(of: /[A-Za-z0-9._-]{1,64}/) != nil else {
            throw invalid(accepted: accepted)
        }
        return text
    }

    /// More than nothing of a unit.
    func positive(_ unit: String) throws(YAMLProblems) -> Decimal {
        let value = try amount(unit)
        guard value > 0 else { throw invalid(accepted: "more than 0 \(unit)") }
        return value
    }

    /// A whole number of minutes, hours or days, from one on.
    func whole(_ unit: String) throws(YAMLProblems) -> Int {
        let value = try positive(unit)
        let number = NSDecimalNumber(decimal: value).intValue
        guard Decimal(number) == value, number <= 10_000 else {
            throw invalid(accepted: "a whole number of \(unit), at most 10000")
        }
        return number
    }

    func milligrams() throws(YAMLProblems) -> Milligrams { Milligrams(try positive("mg")) }
    func kilograms() throws(YAMLProblems) -> Kilograms { Kilograms(try positive("kg")) }

    func age() throws(YAMLProblems) -> Age {
        let (value, unit) = try amount(in: ["y", "mo"])
        let number = NSDecimalNumber(decimal: value).intValue
        guard Decimal(number) == value, (0...InfusionLimits.ageYears * 12).contains(number) else {
            throw invalid(accepted: "whole years (y) or months (mo)")
        }
        return unit == "y" ? .years(number) : .months(number)
    }

    func texts() throws(YAMLProblems) -> [String] {
        try list { (value) throws(YAMLProblems) in try value.text() }
    }

    /// Where a value comes from; nothing in these files lacks it.
    func source() throws(YAMLProblems) -> ClinicalSource {
        var map = try mapping(accepted: "a source, such as {text: label, mark: V, confidence: H}")
        let (text, mark, confidence, _) = try allRead(
            reading(try map.required("text").text()),
            reading(try map.required("mark").oneOf(EvidenceMark.self)),
            reading(try map.required("confidence").oneOf(Confidence.self)),
            reading(try map.finish()))
        return ClinicalSource(text, mark, confidence)
    }
}
