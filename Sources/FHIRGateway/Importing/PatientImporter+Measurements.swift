import Foundation
import Infusion
import InfusionApplication

extension PatientImporter {
    private enum Kind: Hashable, Sendable { case weight, height }
    private struct Name: Hashable, Sendable {
        let kind: Kind
        let at: Instant
    }

    func recordMeasurements(
        of patient: PatientImport, id: PatientID, known: PatientState, report: inout ImportReport
    ) async throws(ApplicationError) {
        settleRetracted(patient.retractedMeasurements, known: known, report: &report)
        var new: [(measurement: ImportedMeasurement, locations: [RowLocation])] = []
        for said in Said.grouping(patient.measurements, by: name) {
            guard let measurement = said.value else {
                report.add(.quarantined(reason: "ambiguous"), at: said.locations)
                continue
            }
            guard known.knows(measurement) else {
                new.append((measurement, said.locations))
                continue
            }
            report.add(.duplicate, at: said.locations)
            if !known.stillSays(measurement) {
                for location in said.locations { report.note(.valueSuperseded, at: location) }
            }
        }
        // Weight and height of one visit are one command.
        let visits = Dictionary(grouping: new, by: \.measurement.at).sorted { $0.key < $1.key }
        for (instant, rows) in visits {
            var weight: Kilograms?
            var height: Centimeters?
            for row in rows {
                switch row.measurement.quantity {
                case .weight(let value): weight = value
                case .height(let value): height = value
                }
            }
            let outcome = try await send(
                .recordMeasurements(weight: weight, height: height, at: instant), to: id,
                named: [
                    "measure", String(instant.microsecondsSinceUnixEpoch), "\(weight?.value ?? 0)",
                    "\(height?.value ?? 0)",
                ])
            for row in rows { report.add(outcome.disposition, at: row.locations) }
        }
    }

    private func name(of measurement: ImportedMeasurement) -> Name {
        switch measurement.quantity {
        case .weight: Name(kind: .weight, at: measurement.at)
        case .height: Name(kind: .height, at: measurement.at)
        }
    }

    /// A measurement that was recorded cannot be taken back, only restated: a person must look.
    private func settleRetracted(
        _ rows: [Located<(ImportedMeasurement, RetractedStatus)>], known: PatientState,
        report: inout ImportReport
    ) {
        for row in rows {
            let (measurement, status) = row.value
            report.add(
                known.stillSays(measurement)
                    ? .quarantined(reason: "measurement-retracted") : status.ofNothing,
                at: row.location)
        }
    }
}

extension PatientState {
    fileprivate func knows(_ measurement: ImportedMeasurement) -> Bool {
        switch measurement.quantity {
        case .weight(let weight):
            weights.entries.contains { $0.value == weight && $0.effectiveAt == measurement.at }
        case .height(let height):
            heights.entries.contains { $0.value == height && $0.effectiveAt == measurement.at }
        }
    }

    /// Whether it is the last word on its instant.
    fileprivate func stillSays(_ measurement: ImportedMeasurement) -> Bool {
        guard knows(measurement) else { return false }
        return switch measurement.quantity {
        case .weight(let weight): weights.at(measurement.at)?.value == weight
        case .height(let height): heights.at(measurement.at)?.value == height
        }
    }
}
