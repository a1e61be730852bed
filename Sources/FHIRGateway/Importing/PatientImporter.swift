import EventStore
import Foundation
import Infusion
import InfusionApplication

/// Records the rows of one patient.
struct PatientImporter {
    let importer: Importer

    private typealias Located<Value> = (location: RowLocation, value: Value)

    func record(_ patient: PatientImport) async throws(ApplicationError) -> ImportReport {
        var report = ImportReport()
        guard let id = try await register(patient, report: &report) else {
            return report
        }
        let known = try await importer.useCases.patient(id, asOf: .now, actor: importer.actor).state
        try await recordMeasurements(of: patient, id: id, known: known, report: &report)
        try await recordContexts(of: patient, id: id, known: known, report: &report)
        try await recordLabs(of: patient, id: id, known: known, report: &report)
        return report
    }

    /// The patient's id here; `nil` when there is none, and every row is then accounted for.
    private func register(
        _ patient: PatientImport, report: inout ImportReport
    ) async throws(ApplicationError) -> PatientID? {
        let own = PatientIdentifier(system: importer.source, value: patient.subject)
        guard let (location, registration) = patient.registration else {
            if let known = try await holder(of: own) { return known }
            quarantineAll(patient, reason: "patient-unknown", report: &report)
            return nil
        }
        var identifiers = registration.identity.identifiers
        if !identifiers.contains(own) { identifiers.append(own) }
        for identifier in identifiers {
            guard let known = try await holder(of: identifier) else { continue }
            report.add(.duplicate, at: location)
            return known
        }
        let id = PatientID(importer.newID())
        let command = PatientCommand.registerPatient(
            RegisterPatient(
                patient: id,
                identity: Identity(
                    name: registration.identity.name, birthDate: registration.identity.birthDate,
                    identifiers: identifiers),
                gender: registration.gender, site: importer.site))
        switch try await send(command, to: id, named: ["register"]) {
        case .accepted: report.add(.applied, at: location)
        case .known: report.add(.duplicate, at: location)
        case .refused(let code):
            report.add(.quarantined(reason: code), at: location)
            quarantineAll(patient, reason: "patient-quarantined", report: &report)
            return nil
        }
        return id
    }

    private func holder(
        of identifier: PatientIdentifier
    ) async throws(ApplicationError) -> PatientID? {
        try await importer.useCases.patient(holding: identifier, actor: importer.actor)
    }

    private func quarantineAll(
        _ patient: PatientImport, reason: String, report: inout ImportReport
    ) {
        let locations =
            patient.labs.map(\.location) + patient.measurements.map(\.location)
            + patient.conditions.map(\.location)
        for location in locations { report.add(.quarantined(reason: reason), at: location) }
    }

    private func recordMeasurements(
        of patient: PatientImport, id: PatientID, known: PatientState, report: inout ImportReport
    ) async throws(ApplicationError) {
        var unknown: [Located<PatientImport.Measurement>] = []
        for row in patient.measurements {
            if known.knows(row.value) {
                report.add(.duplicate, at: row.location)
            } else {
                unknown.append(row)
            }
        }
        let byInstant = Dictionary(grouping: unknown, by: \.value.at).sorted { $0.key < $1.key }
        for (instant, rows) in byInstant {
            var weight: Kilograms?
            var height: Centimeters?
            for row in rows {
                switch row.value {
                case .weight(let value, _): weight = value
                case .height(let value, _): height = value
                }
            }
            let outcome = try await send(
                .recordMeasurements(weight: weight, height: height, at: instant), to: id,
                named: [
                    "measure", String(instant.microsecondsSinceUnixEpoch), "\(weight?.value ?? 0)",
                    "\(height?.value ?? 0)",
                ])
            for row in rows { report.add(outcome.disposition, at: row.location) }
        }
    }

    /// Conditions come and go; the set of contexts is restated at each change, in the order of time.
    private func recordContexts(
        of patient: PatientImport, id: PatientID, known: PatientState, report: inout ImportReport
    ) async throws(ApplicationError) {
        var active: [ClinicalContext: Int] = [:]
        let changes = patient.conditions.enumerated().flatMap { index, row in
            [(at: row.value.onset, index: index, starts: true)]
                + (row.value.abatement.map { [(at: $0, index: index, starts: false)] } ?? [])
        }.sorted { ($0.at, $0.index) < ($1.at, $1.index) }
        for change in changes {
            let row = patient.conditions[change.index]
            active[row.value.context, default: 0] += change.starts ? 1 : -1
            let contexts = Set(active.filter { $0.value > 0 }.keys)
            let isKnown = known.contexts.entries.contains {
                $0.value == contexts && $0.effectiveAt == change.at
            }
            if isKnown {
                if change.starts { report.add(.duplicate, at: row.location) }
                continue
            }
            var facts: [ClinicalFact] = []
            if row.value.context == .pregnancy {
                facts = [
                    .pregnancy(change.starts ? .pregnant(estimatedDueDate: nil) : .notPregnant)
                ]
            }
            let outcome = try await send(
                .setClinicalContext(contexts, facts: facts, at: change.at), to: id,
                named: [
                    "context", String(change.at.microsecondsSinceUnixEpoch),
                    contexts.map(\.rawValue).sorted().joined(separator: ","),
                ])
            if change.starts { report.add(outcome.disposition, at: row.location) }
        }
    }

    private func recordLabs(
        of patient: PatientImport, id: PatientID, known: PatientState, report: inout ImportReport
    ) async throws(ApplicationError) {
        var seen: Set<LabResultID> = []
        var unknown: [Located<LabResult>] = []
        let results = patient.labs.map { ($0.location, $0.value.named(within: id)) }
        for row: Located<LabResult> in results.sorted(by: { $0.1.collectedAt < $1.1.collectedAt }) {
            if known.lab(row.value.id) != nil || !seen.insert(row.value.id).inserted {
                report.add(.duplicate, at: row.location)
            } else {
                unknown.append(row)
            }
        }
        var start = 0
        while start < unknown.count {
            let end = min(start + ImportLimits.resultsPerCommand, unknown.count)
            try await record(Array(unknown[start..<end]), id: id, report: &report)
            start = end
        }
    }

    /// All at once; if one of them is refused, one by one, so that it alone is put aside.
    private func record(
        _ rows: [Located<LabResult>], id: PatientID, report: inout ImportReport
    ) async throws(ApplicationError) {
        let outcome = try await send(
            .recordLabs(rows.map(\.value)), to: id,
            named: ["labs"] + rows.map(\.value.id.description))
        if case .refused = outcome, rows.count > 1 {
            for row in rows { try await record([row], id: id, report: &report) }
            return
        }
        for row in rows { report.add(outcome.disposition, at: row.location) }
    }

    private enum Outcome {
        case accepted
        /// Accepted before, or changed nothing.
        case known
        case refused(String)

        var disposition: Disposition {
            switch self {
            case .accepted: .applied
            case .known: .duplicate
            case .refused(let code): .quarantined(reason: code)
            }
        }
    }

    private func send(
        _ command: PatientCommand, to patient: PatientID, named parts: [String]
    ) async throws(ApplicationError) -> Outcome {
        let name = ["import", importer.source, patient.description] + parts
        let request = CommandRequest(
            actor: importer.actor, commandID: CommandID(DerivedIdentifier.uuid(name)),
            fingerprint: DerivedIdentifier.digest(name),
            correlationID: DerivedIdentifier.uuid(["correlation"] + name), expectedVersion: nil,
            target: .patient(patient), command: command)
        do {
            let receipt = try await importer.useCases.handle(request)
            return receipt.replayed || receipt.positions == nil ? .known : .accepted
        } catch {
            switch error {
            case .refused(let refusal, _, _): return .refused(refusal.code)
            case .identifierTaken: return .refused("identifier-taken")
            case .forbidden, .notFound, .versionMismatch, .keyReused, .contended, .unavailable,
                .unknownSite, .store, .journal, .keys:
                throw error
            }
        }
    }
}

extension PatientState {
    fileprivate func knows(_ measurement: PatientImport.Measurement) -> Bool {
        switch measurement {
        case .weight(let weight, let at):
            weights.entries.contains { $0.value == weight && $0.effectiveAt == at }
        case .height(let height, let at):
            heights.entries.contains { $0.value == height && $0.effectiveAt == at }
        }
    }
}

extension LabResult {
    /// The same result with an id of its patient's own, so that two patients' results never share one.
    fileprivate func named(within patient: PatientID) -> LabResult {
        LabResult(
            id: LabResultID(DerivedIdentifier.uuid("lab", patient.description, id.description)),
            analyte: analyte, value: value, collectedAt: collectedAt, status: status,
            referenceLow: referenceLow, source: source)
    }
}
