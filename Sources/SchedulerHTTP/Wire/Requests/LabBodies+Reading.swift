import Faults
import Foundation
import Infusion
import InfusionWire

/// In what form a laboratory reported: the unit, and the code where there was one.
struct ReportedForm {
    let analyte: Analyte
    let unit: String?
    let code: String?
    /// Of the object that holds the fields.
    let pointer: String

    /// The reported value with its reading in the analyte's canonical unit.
    func read(
        _ value: Decimal, _ comparator: Infusion.Comparator?, field: String
    ) throws(FieldProblems) -> LabValue {
        do throws(LabReadingProblem) {
            return try LabReading.make(
                analyte: analyte, value: value, comparator: comparator, unit: unit, code: code
            ).value
        } catch {
            throw FieldProblems([problem(error, field: field)])
        }
    }

    /// The lower limit of the laboratory's range, in the canonical unit.
    func reference(_ low: Decimal?) throws(FieldProblems) -> Decimal? {
        guard let low else { return nil }
        return try read(low, nil, field: "referenceLow").canonical
    }

    private func problem(_ problem: LabReadingProblem, field: String) -> FieldProblem {
        let value = JSONPointer.member(pointer, field)
        let unit = JSONPointer.member(pointer, "unit")
        return switch problem {
        case .missingUnit(let accepted):
            FieldProblem(
                pointer: unit, problem: "is missing", accepted: accepted.joined(separator: ", "))
        case .unknownUnit(_, let accepted):
            FieldProblem(
                pointer: unit, problem: "is not a unit of this analyte",
                accepted: accepted.joined(separator: ", "))
        case .outOfRange(_, let accepted):
            FieldProblem(pointer: value, problem: "is out of range", accepted: accepted)
        case .ambiguousFraction:
            FieldProblem(
                pointer: value, problem: "may be a percentage or a fraction",
                accepted: "a percentage of 1 or more, with the unit %")
        case .codeUnitMismatch:
            FieldProblem(
                pointer: unit, problem: "does not belong to the code",
                accepted: "mass units for a mass code, molar units for a molar code")
        case .unknownCode(_, let accepted):
            FieldProblem(
                pointer: JSONPointer.member(pointer, "loinc"), problem: "is not a code read here",
                accepted: accepted.joined(separator: ", "))
        }
    }
}
