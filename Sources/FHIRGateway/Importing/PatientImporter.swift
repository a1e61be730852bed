import EventStore
import Foundation
import Infusion
import InfusionApplication

/// Records the rows of one patient.
struct PatientImporter {
    let importer: Importer

    func record(_ patient: PatientImport) async throws(ApplicationError) -> ImportReport {
        var report = ImportReport()
        guard let id = try await register(patient, report: &report) else {
            return report
        }
        let known = try await importer.useCases.patient(id, asOf: .now, actor: importer.actor).state
        try await recordMeasurements(of: patient, id: id, known: known, report: &report)
        try await recordContexts(of: patient, id: id, known: known, report: &report)
        try await recordResults(of: patient, id: id, known: known, report: &report)
        return report
    }

    /// The patient's id here; `nil` when there is none, and every row is then accounted for.
    private func register(
        _ patient: PatientImport, report: inout ImportReport
    ) async throws(ApplicationError) -> PatientID? {
        let own = PatientIdentifier(system: importer.source, value: patient.subject)
        guard let row = patient.registration else {
            if let known = try await holder(of: own) { return known }
            quarantineAll(patient, reason: "patient-unknown", report: &report)
            return nil
        }
        let registration = row.value
        var identifiers = registration.identity.identifiers
        if !identifiers.contains(own) { identifiers.append(own) }
        for identifier in identifiers {
            guard let known = try await holder(of: identifier) else { continue }
            report.add(.duplicate, at: row.location)
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
        let outcome = try await send(command, to: id, named: ["register"])
        report.add(outcome.disposition, at: row.location)
        if case .refused = outcome {
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
        for location in patient.locations {
            report.add(.quarantined(reason: reason), at: location)
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

    enum Outcome {
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

    func send(
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
                .unknownSite, .beyondTheHead, .stillToCome, .siteRefused, .store, .journal, .keys:
                throw error
            }
        }
    }
}
