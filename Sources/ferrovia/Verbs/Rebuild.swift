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
            is rebuilt and caught up; a rebuild that is stopped leaves the live rows as they were.
            """)
    @OptionGroup var options: TenantOptions
    @Flag(help: "Only compare.") var check = false
    @Flag(help: "Answer in JSON.") var json = false
    @Argument(
        help:
            "Which: \(ProjectionName.allCases.map(\.rawValue).joined(separator: ", ")); default: all.",
        transform: Arguments.name)
    var projections: [ProjectionName] = []

    func run() async throws {
        try await Failing.run {
            let wanted = Set(projections.isEmpty ? ProjectionName.allCases : projections)
            let backend = try await options.open()
            let report = try await backend.rebuild(wanted, onlyCheck: check)
            RebuildAnswer.print(report, json: json)
            // A rebuild mends what it finds; a check, or a history that cannot be read, is a finding.
            if check ? !report.isClean : !report.parked.isEmpty { throw Exit.found }
        }
    }
}

extension Backend {
    func rebuild(
        _ projections: Set<ProjectionName>, onlyCheck: Bool
    ) async throws -> RebuildReport {
        let rebuilder = ProjectionRebuilder(
            pool: pool, doseReport: try await doseReport(), logger: Quiet.logger)
        let bar = ProgressBar(onlyCheck ? "check" : "rebuild")
        defer { bar.finish() }
        let progress: @Sendable (RebuildProgress) -> Void = { bar.update($0.events, of: $0.total) }
        return onlyCheck
            ? try await rebuilder.check(projections, tenant: tenant, progress: progress)
            : try await rebuilder.rebuild(projections, tenant: tenant, progress: progress)
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
        var table = Table("projection", "rows live", "rows rebuilt", "digest", "")
        for comparison in report.projections {
            table.add(
                comparison.projection.rawValue, String(comparison.liveRows),
                String(comparison.rebuiltRows), String(comparison.rebuiltDigest.prefix(16)),
                comparison.isEqual ? "equal" : "DIFFERENT")
        }
        Console.out(table.render())
        for difference in report.projections.compactMap(\.firstDifference) {
            Console.out("first difference: \(difference)")
        }
        for parked in report.parked {
            Console.out(
                "cannot be read: \(parked.patient) at \(parked.position): \(parked.message)")
        }
        Console.out(
            """
            \(report.events) events of \(report.patients) patients, from position \(report.position)\
            \(report.isSwapped ? "; the rebuilt rows are live" : "")
            """)
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
