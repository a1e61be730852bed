import Foundation
import Infusion
import InfusionApplication

/// What the laboratory says.
extension CasePerformer {
    func record(
        _ results: [CaseLab], _ step: CaseStep
    ) async throws(ApplicationError) -> CaseOutcome {
        var read: [LabResult] = []
        for lab in results {
            do throws(LabReadingProblem) {
                read.append(
                    LabResult(
                        id: remember(lab.name ?? lab.analyte.rawValue, in: &labs),
                        analyte: lab.analyte, value: try value(of: lab), collectedAt: step.at,
                        status: lab.status, referenceLow: lab.referenceLow, source: nil))
            } catch {
                return unreadable(lab, error)
            }
        }
        try await send(.recordLabs(read))
        return .accepted([])
    }

    func correct(
        _ name: String, _ lab: CaseLab, _ step: CaseStep
    ) async throws(ApplicationError) -> CaseOutcome {
        let result = try id(name, in: labs, "result")
        guard
            let collectedAt = try await clinic.view(of: patient).state.lab(result)?.current
                .collectedAt
        else { throw .notFound("result") }
        let read: LabValue
        do { read = try value(of: lab) } catch { return unreadable(lab, error) }
        try await send(
            .correctLab(
                LabCorrected(
                    result: result, value: read, status: .corrected, collectedAt: collectedAt)))
        return .accepted([])
    }

    private func value(of lab: CaseLab) throws(LabReadingProblem) -> LabValue {
        try LabReading.make(
            analyte: lab.analyte, value: lab.value, comparator: lab.comparator,
            unit: lab.unit.isEmpty ? nil : lab.unit
        ).value
    }

    /// As the API answers a value that cannot be read.
    private func unreadable(_ lab: CaseLab, _ problem: LabReadingProblem) -> CaseOutcome {
        .refused(
            CaseRefusal(
                code: CaseRefusal.invalidBody, field: lab.analyte.rawValue,
                detail: told(problem, of: lab)))
    }

    /// What is wrong with the value as it is written, and what would be read.
    private func told(_ problem: LabReadingProblem, of lab: CaseLab) -> String {
        let value = "\(lab.comparator?.rawValue ?? "")\(lab.value)"
        switch problem {
        case .missingUnit(let accepted):
            return "\(value) has no unit; accepted: \(accepted.joined(separator: ", "))"
        case .unknownUnit(let unit, let accepted):
            return "\(value) is in '\(unit)'; accepted: \(accepted.joined(separator: ", "))"
        case .outOfRange(let canonical, let accepted):
            let read = "\(canonical) \(lab.analyte.canonicalUnit)"
            let told = "\(value) \(lab.unit)"
            return told == read
                ? "\(told) is out of range; accepted: \(accepted)"
                : "\(told) is \(read), out of range; accepted: \(accepted)"
        case .ambiguousFraction:
            return
                "\(value) \(lab.unit) may be a fraction or a percentage; accepted: 0, or 1 to 100 %"
        case .codeUnitMismatch(let code, let unit):
            return "'\(unit)' does not fit the code \(code); accepted: a unit of its property"
        case .unknownCode(let code, let accepted):
            return "has the code \(code); accepted: \(accepted.joined(separator: ", "))"
        }
    }
}
