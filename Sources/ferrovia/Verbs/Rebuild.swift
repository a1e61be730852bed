import ArgumentParser
import EventStore
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionPostgres
import InfusionProjections
import Postgres

struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes projections again from the log and compares them with the live ones.",
        discussion: """
            Rows are compared in a canonical encoding, byte for byte. Nothing is switched before everything \
            is rebuilt and caught up; a rebuild that is stopped, in whatever way, leaves the live rows as they \
            were, and the next one of the same projections goes on where it stopped.
            """)
    @OptionGroup var options: TenantOptions
    @Flag(help: "Only compare.") var check = false
    @Flag(help: "Throw away what a rebuild that was stopped has done.") var fromScratch = false
    @Option(
        help: "Only this patient's rows, replaced where they are.", transform: Arguments.patient)
    var patient: PatientID?
    @Option(
        help: "Only patients with events after this position, their rows replaced where they are.",
        transform: Arguments.position)
    var from: Position?
    @Flag(help: "Answer in JSON.") var json = false
    @Argument(
        help:
            "Which: \(ProjectionName.allCases.map(\.rawValue).joined(separator: ", ")); default: all.",
        transform: Arguments.name)
    var projections: [ProjectionName] = []

    func validate() throws {
        let scopes = [
            check ? "--check" : nil, fromScratch ? "--from-scratch" : nil,
            patient == nil ? nil : "--patient", from == nil ? nil : "--from",
        ].compactMap { $0 }
        guard scopes.count < 2 else {
            throw ValidationError("\(scopes.joined(separator: " and ")): give one of them at most")
        }
    }

    func run() async throws {
        try await Failing.run {
            let wanted = Set(projections.isEmpty ? ProjectionName.allCases : projections)
            let backend = try await options.open()
            let report = try await rebuilt(backend, wanted)
            RebuildAnswer.print(report, json: json)
            // A rebuild mends what it finds; a check, or a history that cannot be read, is a finding.
            if check ? !report.isClean : !report.parked.isEmpty { throw Exit.found }
        }
    }

    private func rebuilt(
        _ backend: Backend, _ wanted: Set<ProjectionName>
    ) async throws -> RebuildReport {
        if check { return try await backend.check(wanted) }
        if let patient { return try await backend.rebuild(wanted, of: patient) }
        if let from { return try await backend.rebuild(wanted, changedAfter: from) }
        return try await backend.rebuild(wanted, fromScratch: fromScratch)
    }
}

extension Backend {
    func check(_ projections: Set<ProjectionName>) async throws -> RebuildReport {
        let bar = ProgressBar("check")
        defer { bar.finish() }
        return try await rebuilder().check(projections, tenant: tenant) {
            bar.update($0.events, of: $0.total)
        }
    }

    func rebuild(
        _ projections: Set<ProjectionName>, fromScratch: Bool
    ) async throws -> RebuildReport {
        let bar = ProgressBar("rebuild")
        defer { bar.finish() }
        return try await rebuilder().rebuild(
            projections, tenant: tenant, fromScratch: fromScratch
        ) { bar.update($0.events, of: $0.total) }
    }

    func rebuild(
        _ projections: Set<ProjectionName>, of patient: PatientID
    ) async throws -> RebuildReport {
        let report = try await rebuilder().rebuild(projections, of: patient, tenant: tenant)
        guard report.patients > 0 || report.projections.contains(where: { $0.liveRows > 0 }) else {
            throw Console.fail("no such patient", .noAnswer)
        }
        return report
    }

    func rebuild(
        _ projections: Set<ProjectionName>, changedAfter position: Position
    ) async throws -> RebuildReport {
        _ = try await position.required(within: ReplaySource.log(self).position(nil))
        let bar = ProgressBar("rebuild")
        defer { bar.finish() }
        return try await rebuilder().rebuild(
            projections, changedAfter: position, tenant: tenant
        ) { bar.update($0.events, of: $0.total) }
    }

    private func rebuilder() async throws -> ProjectionRebuilder {
        ProjectionRebuilder(pool: pool, doseReport: try await doseReport())
    }

    /// The report's fold, in the time zones of the tenant's sites.
    func doseReport() async throws -> DoseReportProjection {
        let sites = try await Backend.sites().sites(of: tenant)
        return DoseReportProjection(
            zones: Dictionary(
                sites.map { ($0.site, $0.timeZone) }, uniquingKeysWith: { first, _ in first }))
    }
}

enum RebuildAnswer {
    static func print(_ report: RebuildReport, json: Bool) {
        if json {
            Console.out(bytes: rendered(report))
            return
        }
        var table = Table(
            "projection", "rows live", "digest live", "rows rebuilt", "digest rebuilt", "")
        for comparison in report.projections {
            table.add(
                comparison.projection.rawValue, String(comparison.liveRows),
                String(comparison.liveDigest.prefix(16)), String(comparison.rebuiltRows),
                String(comparison.rebuiltDigest.prefix(16)),
                comparison.isEqual ? "equal" : "DIFFERENT")
        }
        Console.out(table.render())
        for difference in report.projections.compactMap(\.firstDifference) {
            Console.out("first difference: \(difference)")
        }
        for parked in report.parked {
            Console.out(line(parked))
        }
        Console.out(summary(report))
    }

    static func line(_ parked: ParkedStream) -> String {
        "cannot be read: \(parked.patient) at \(parked.position): \(parked.message)"
    }

    private static func summary(_ report: RebuildReport) -> String {
        let resumed =
            report.resumedPatients > 0
            ? "; \(report.resumedPatients) of them before it was stopped" : ""
        let held = report.appendsHeld.map { "; appends were held for \($0.milliseconds) ms" } ?? ""
        return """
            \(report.events) events of \(report.patients) patients, from position \(report.position)\
            \(resumed)\(report.isSwapped ? "; the rebuilt rows are live" : "")\(held)
            """
    }

    static func rendered(_ report: RebuildReport) -> [UInt8] {
        JSONAnswer.object { writer in
            writer.key("position")
            writer.integer(report.position.value)
            writer.key("patients")
            writer.integer(Int64(report.patients))
            writer.key("events")
            writer.integer(Int64(report.events))
            writer.key("clean")
            writer.bool(report.isClean)
            writer.key("swapped")
            writer.bool(report.isSwapped)
            writer.key("resumedPatients")
            writer.integer(Int64(report.resumedPatients))
            writer.key("appendsHeldMilliseconds")
            if let held = report.appendsHeld {
                writer.integer(held.milliseconds)
            } else {
                writer.null()
            }
            writer.key("projections")
            writer.beginArray()
            for comparison in report.projections {
                writer.beginObject()
                writer.key("name")
                writer.string(comparison.projection.rawValue)
                writer.key("rows")
                writer.integer(Int64(comparison.liveRows))
                writer.key("liveDigest")
                writer.string(comparison.liveDigest)
                writer.key("rebuiltDigest")
                writer.string(comparison.rebuiltDigest)
                writer.key("firstDifference")
                if let difference = comparison.firstDifference {
                    writer.string(difference.key)
                } else {
                    writer.null()
                }
                writer.endObject()
            }
            writer.endArray()
            writer.key("parked")
            writer.integer(Int64(report.parked.count))
        }
    }
}
