import Infusion
import InfusionApplication

extension PatientImporter {
    func recordResults(
        of patient: PatientImport, id: PatientID, known: PatientState, report: inout ImportReport
    ) async throws(ApplicationError) {
        var new: [(result: LabResult, locations: [RowLocation])] = []
        for (step, locations) in ResultPlan(patient.results, of: id, known: known).steps {
            switch step {
            case .record(let result): new.append((result, locations))
            case .correct(let correction):
                let outcome = try await send(
                    .correctLab(correction), to: id,
                    named: ["correct", correction.result.description] + words(of: correction))
                report.add(outcome.disposition, at: locations)
            case .retract(let retraction):
                let outcome = try await send(
                    .retractLab(retraction), to: id,
                    named: ["retract", retraction.result.description, retraction.reason.rawValue])
                report.add(outcome.disposition, at: locations)
            case .settle(let disposition, let note):
                report.add(disposition, at: locations)
                for location in locations {
                    if let note { report.note(note, at: location) }
                }
            }
        }
        new.sort { $0.result.collectedAt < $1.result.collectedAt }
        var start = 0
        while start < new.count {
            let end = min(start + ImportLimits.resultsPerCommand, new.count)
            try await record(Array(new[start..<end]), id: id, report: &report)
            start = end
        }
    }

    /// All at once; if one of them is refused, one by one, so that it alone is put aside.
    private func record(
        _ new: [(result: LabResult, locations: [RowLocation])], id: PatientID,
        report: inout ImportReport
    ) async throws(ApplicationError) {
        let names = new.flatMap { row in
            let said = LabCorrected(
                result: row.result.id, value: row.result.value, status: row.result.status,
                collectedAt: row.result.collectedAt)
            return [row.result.id.description] + words(of: said)
        }
        let outcome = try await send(
            .recordLabs(new.map(\.result)), to: id, named: ["labs"] + names)
        if case .refused = outcome, new.count > 1 {
            for row in new { try await record([row], id: id, report: &report) }
            return
        }
        for row in new { report.add(outcome.disposition, at: row.locations) }
    }

    /// What is said of a result, as parts of a command's name: saying something else is another command.
    private func words(of said: LabCorrected) -> [String] {
        [
            said.value.comparator?.rawValue ?? "", "\(said.value.reported)",
            said.value.reportedUnit, said.status.rawValue,
            String(said.collectedAt.microsecondsSinceUnixEpoch),
        ]
    }
}
