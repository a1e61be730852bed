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
            were, and the next one of the same projections goes on where it stopped. One of other projections \
            begins only once that one is finished, or drops it with --from-scratch. Of --check, --from, \
            --patient and --from-scratch one at most is given.
            """)
    @OptionGroup var options: TenantOptions
    @Flag(help: "Only compare.") var check = false
    @Flag(help: "Throw away what a rebuild that is not finished has done, of whatever projections.")
    var fromScratch = false
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
            RebuildAnswer.print(report, scope, json: json)
            // A rebuild mends what it finds; a check, or a history that cannot be read, is a finding.
            if check ? !report.isClean : !report.parked.isEmpty { throw Exit.found }
        }
    }

    private var scope: RebuildAnswer.Scope {
        if check { return .check }
        if let patient { return .patient(patient) }
        if let from { return .after(from) }
        return .everything
    }

    private func rebuilt(
        _ backend: Backend, _ wanted: Set<ProjectionName>
    ) async throws -> RebuildReport {
        if check { return try await backend.check(wanted) }
        if let patient { return try await backend.rebuild(wanted, of: patient) }
        if let from { return try await backend.rebuild(wanted, changedAfter: from) }
        do {
            return try await backend.rebuild(wanted, fromScratch: fromScratch)
        } catch let error as EventLogError where error.code == .rebuildUnfinished {
            guard
                let other = try await UnfinishedRebuild.read(backend.pool, tenant: backend.tenant)
            else { throw error }
            throw Console.fail(
                "\(other.text); nothing was done; \(other.advice(tenant: options.tenant))", .found)
        }
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
                sites.map { ($0.id, $0.timeZone) }, uniquingKeysWith: { first, _ in first }))
    }
}

enum RebuildAnswer {
    /// What was asked for.
    enum Scope {
        case check, everything
        case patient(PatientID)
        case after(Position)
    }

    static func print(_ report: RebuildReport, _ scope: Scope, json: Bool) {
        if json {
            Console.out(bytes: rendered(report))
            return
        }
        var table = Table(
            "projection", "rows live", "digest live", "rows rebuilt", "digest rebuilt", "")
        for comparison in report.projections {
            // Of this one patient there is nothing to compare, so nothing is equal.
            if case .patient = scope, !report.parked.isEmpty, comparison.projection.isInline {
                table.add(comparison.projection.rawValue, "–", "–", "–", "–", "parked")
                continue
            }
            table.add(
                comparison.projection.rawValue, String(comparison.liveRows),
                String(comparison.liveDigest.prefix(16)), String(comparison.rebuiltRows),
                String(comparison.rebuiltDigest.prefix(16)),
                comparison.isEqual ? "equal" : "DIFFERENT")
        }
        Console.out(table.render())
        for comparison in report.projections { name(comparison) }
        for parked in report.parked {
            Console.out(line(parked) + "; the live rows stay as they are")
        }
        Console.out(summary(report, scope))
    }

    static func line(_ parked: ParkedStream) -> String {
        "\(parked.patient): the event at position \(parked.position) cannot be read: "
            + parked.message
    }

    private static func name(_ comparison: ProjectionComparison) {
        guard comparison.differingRows > 0 else { return }
        let more = comparison.differingRows - comparison.differences.count
        let rows = comparison.differingRows.counted("row differs", "rows differ")
        Console.out("\(comparison.projection.rawValue): \(rows)")
        for difference in comparison.differences { Console.out("  \(difference)") }
        if more > 0 { Console.out("  and \(more) more") }
    }

    private static func summary(_ report: RebuildReport, _ scope: Scope) -> String {
        let events = report.events.counted("event")
        let read = "\(events) of \(report.patients.counted("patient"))"
        let end = "up to position \(report.position)"
        let done =
            switch scope {
            case .check: "compared with \(read), \(end)\(uncounted(report))"
            case .everything: "made again from \(read), \(end)\(uncounted(report))"
            case .patient: "one patient, made again from \(events), all there are, \(end)"
            case .after(let position):
                "the \(report.patients.counted("patient")) with events after position \(position), "
                    + "each made again from the first event on: \(events), \(end)"
            }
        let resumed =
            report.resumedPatients > 0
            ? "; \(report.resumedPatients.counted("patient was", "patients were")) done before it "
                + "was stopped" : ""
        let held = report.appendsHeld.map { "; appends were held for \($0.milliseconds) ms" } ?? ""
        let live =
            report.switchedAt.map { "; the rebuilt rows are live, as of position \($0)" } ?? ""
        return "\(done)\(resumed)\(live)\(held)"
    }

    /// Positions count all events: without a word it would look as if some were lost.
    private static func uncounted(_ report: RebuildReport) -> String {
        report.position.value > report.events
            ? " (events of sites and of the administration are not counted)" : ""
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
            writer.key("switchedAt")
            if let position = report.switchedAt {
                writer.integer(position.value)
            } else {
                writer.null()
            }
            writer.key("resumedPatients")
            writer.integer(Int64(report.resumedPatients))
            writer.key("appendsHeldMilliseconds")
            if let held = report.appendsHeld {
                writer.integer(held.milliseconds)
            } else {
                writer.null()
            }
            writer.key("eventsWhileHeld")
            writer.integer(Int64(report.eventsHeld))
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
                writer.key("differingRows")
                writer.integer(Int64(comparison.differingRows))
                writer.key("differences")
                writer.beginArray()
                for difference in comparison.differences {
                    writer.beginObject()
                    writer.key("row")
                    writer.string(difference.key)
                    writer.key("kind")
                    writer.string(difference.kind.rawValue)
                    writer.endObject()
                }
                writer.endArray()
                writer.endObject()
            }
            writer.endArray()
            writer.key("parked")
            writer.beginArray()
            for parked in report.parked {
                writer.beginObject()
                writer.key("patient")
                writer.string(parked.patient.description)
                writer.key("position")
                writer.integer(parked.position.value)
                writer.key("class")
                writer.string(parked.reason.rawValue)
                writer.key("message")
                writer.string(parked.message)
                writer.endObject()
            }
            writer.endArray()
        }
    }
}
