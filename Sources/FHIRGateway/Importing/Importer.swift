import EventStore
public import Foundation
public import Infusion
public import InfusionApplication

/// Records translated rows through the use cases, patient by patient, and accounts for each.
///
/// Idempotent: patients are found by their identifiers, results by what their source calls them, and every
/// command's id is made from what it carries.
public struct Importer: Sendable {
    let useCases: any InfusionUseCases
    let actor: Actor
    let site: SiteID
    let source: String
    let newID: @Sendable () -> UUID

    /// - Parameters:
    ///   - site: Where patients are registered; looked up now, not when the first of them is new.
    ///   - source: The URI under which the files' patient and resource ids are unique.
    ///   - newID: Makes ids for patients who are not known yet. They say nothing about the source's numbers,
    ///     which are identity: a digest of a number could be guessed back.
    /// - Throws: ``ApplicationError/unknownSite(_:accepted:)``, naming the sites there are.
    public init(
        useCases: any InfusionUseCases, actor: Actor, site: SiteID, in sites: any SiteDirectory,
        source: String, newID: @escaping @Sendable () -> UUID
    ) async throws(ApplicationError) {
        let known: [SiteID]
        do {
            known = try await sites.sites(of: actor.tenant).map(\.id)
        } catch {
            throw .store(error)
        }
        guard known.contains(site) else {
            throw .unknownSite(site, accepted: known.map(\.name).sorted())
        }
        self.useCases = useCases
        self.actor = actor
        self.site = site
        self.source = source
        self.newID = newID
    }

    /// Everything in one FHIR file: a Bundle, a resource, or NDJSON.
    public func importFHIR(
        _ bytes: [UInt8], file: String, isTorn: Bool,
        progress: @Sendable @escaping (_ done: Int, _ total: Int) -> Void
    ) async throws(ApplicationError) -> ImportReport {
        try await run(
            FHIRReader(source: source).rows(in: bytes, file: file, isTorn: isTorn), file: file,
            isTorn: isTorn, progress: progress)
    }

    /// Everything in one laboratory file.
    public func importLabs(
        _ file: LabsFile, progress: @Sendable @escaping (_ done: Int, _ total: Int) -> Void
    ) async throws(ApplicationError) -> ImportReport {
        try await run(
            LabsTranslator(file: file).rows(), file: file.name, isTorn: file.isTorn,
            progress: progress)
    }

    private func run(
        _ rows: [ImportedRow], file: String, isTorn: Bool,
        progress: @Sendable @escaping (_ done: Int, _ total: Int) -> Void
    ) async throws(ApplicationError) -> ImportReport {
        var report = ImportReport()
        if isTorn || rows.isEmpty {
            report.add(
                .quarantined(reason: isTorn ? "file-torn" : "file-empty"),
                at: RowLocation(file: file, row: rows.last?.location.row ?? 1))
        }
        let patients = PatientImport.group(rows, report: &report)
        do {
            try await withThrowingTaskGroup(of: ImportReport.self) { group in
                var waiting = patients.makeIterator()
                for _ in 0..<ImportLimits.concurrentPatients {
                    guard let patient = waiting.next() else { break }
                    group.addTask { try await PatientImporter(importer: self).record(patient) }
                }
                var done = 0
                while let finished = try await group.next() {
                    report.merge(finished)
                    done += 1
                    progress(done, patients.count)
                    if let patient = waiting.next() {
                        group.addTask { try await PatientImporter(importer: self).record(patient) }
                    }
                }
            }
        } catch let error as ApplicationError {
            throw error
        } catch {
            preconditionFailure("patients are imported with ApplicationError only")
        }
        return report
    }
}
