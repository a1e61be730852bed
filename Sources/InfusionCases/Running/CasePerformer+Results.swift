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
                code: "invalid-body", field: lab.analyte.rawValue, detail: "\(problem)"))
    }
}
