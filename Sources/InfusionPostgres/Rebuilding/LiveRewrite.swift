import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import PostgresEventStore

/// Some patients' live rows, made again from the log and replaced in one transaction.
///
/// They are read and folded before the tenant's lock is taken; behind it that is done again only of those
/// of them who have had events meanwhile.
struct LiveRewrite: Sendable {
    /// What the functions that write rows take for the live generation.
    private static let live: Int32 = 0

    private let run: RebuildRun
    private let changed: [ChangedPatient]
    private let findings: RebuildFindings

    /// - Parameters:
    ///   - changed: In ascending order.
    ///   - findings: Of those before them.
    init(_ run: RebuildRun, _ changed: [ChangedPatient], after findings: RebuildFindings) {
        self.run = run
        self.changed = changed
        self.findings = findings
    }

    /// What came of it.
    struct Replaced: Sendable {
        /// What was found; `nil` if appends would have been held for too long: nothing is replaced, and with
        /// fewer patients it is less.
        let page: FoldedPage?
        /// `nil` if they did not have to be.
        let held: AppendsHeld?
    }

    /// Ends the transaction in which appends would have been held for too long.
    private struct HeldTooLong: Error {
        let held: AppendsHeld?
    }

    func replace() async throws -> Replaced {
        do {
            return try await replaced()
        } catch let error as PostgresError where error.sqlState == .exclusionViolation {
            throw EventLogError(
                .rowsInTheWay,
                """
                rows of other patients hold a chair that the log gives to these: rebuild \
                appointments for the whole tenant
                """)
        } catch let tooLong as HeldTooLong {
            guard changed.count > 1 else { throw EventLogError.appendsHeldTooLong }
            return Replaced(page: nil, held: tooLong.held)
        }
    }

    private func replaced() async throws -> Replaced {
        let (tenant, reader) = (run.tenant, run.reader)
        let checkpoints = PostgresCheckpoints.doseReport(run.rebuilder.pool, tenant: tenant)
        let (page, hold) = try await run.seeing { connection -> (FoldedPage, AppendsHold?) in
            // The checkpoints first, as in a swap.
            if run.projections.contains(.doseReport) {
                _ = try await checkpoints.takeAll(owner: RebuildRun.owner, connection)
            }
            let known = Known(
                reported: try ReportedPositions(
                    try await connection.query(Statements.reportPositions(tenant.uuid))),
                skipped: try SkippedEvents(
                    try await connection.query(Statements.skippedEvents(tenant.uuid))))
            let head = try await reader.head(connection)
            let folded = try await fold(changed, upTo: head, known, connection)
            guard run.projections.contains(where: \.isInline) else {
                let page = wholePage(of: folded)
                for statement in statements(page) { try await connection.query(statement) }
                return (page, nil)
            }
            return try await replace(folded, asOf: head, known, connection)
        }
        // The lock goes with the commit, which has just been confirmed.
        return Replaced(page: page, held: hold?.held)
    }

    /// Takes the tenant's lock and writes what was folded, of some of them anew; if that is much, or takes
    /// too long, it lets go and goes round.
    private func replace(
        _ folded: [UUID: FoldedPage], asOf head: Position, _ known: Known,
        _ connection: isolated PostgresConnection
    ) async throws -> (FoldedPage, AppendsHold?) {
        var (folded, head) = (folded, head)
        // Most of the time nobody has had an event meanwhile, and they are ready to be sent.
        var page = wholePage(of: folded)
        var statements = statements(page)
        var before: AppendsHeld?
        for _ in 0..<RebuildLimits.holdingRounds {
            var hold = try await AppendsHold(run, findings, of: head, after: before, connection)
            let now = try await run.reader.head(connection)
            let again = try await meanwhile(after: head, upTo: now, connection)
            if hold.hasRoom(for: again) {
                if !again.isEmpty {
                    folded.merge(try await fold(again, upTo: now, known, connection)) { $1 }
                    page = wholePage(of: folded)
                    statements = self.statements(page)
                }
                // Not in a pipeline: in the middle of one no time-out of the server's runs.
                for statement in statements { try await connection.query(statement) }
                if hold.isShort { return (page, hold) }
            }
            before = try await hold.letGo(connection)
            // With fewer of them it is less; for one alone, another time may be better.
            guard changed.count == 1 else { break }
            folded.merge(try await fold(again, upTo: now, known, connection)) { $1 }
            head = now
            page = wholePage(of: folded)
            statements = self.statements(page)
        }
        throw HeldTooLong(held: before)
    }

    /// Those of the patients who had events after one position and up to another.
    private func meanwhile(
        after head: Position, upTo now: Position, _ connection: isolated PostgresConnection
    ) async throws -> [ChangedPatient] {
        let ids = Set(changed.ids)
        return try await run.reader.changed(after: head, upTo: now, connection)
            .filter { ids.contains($0.id) }
    }

    /// What the report knows, for as long as the transaction has its checkpoints.
    private struct Known: Sendable {
        let reported: ReportedPositions
        let skipped: SkippedEvents
    }

    /// Reads and folds patients, each for itself.
    private func fold(
        _ some: [ChangedPatient], upTo head: Position, _ known: Known,
        _ connection: isolated PostgresConnection
    ) async throws -> [UUID: FoldedPage] {
        let folder = PageFolder(
            projections: run.projections, patients: run.patients, head: .last)
        let histories = Dictionary(
            uniqueKeysWithValues: try await run.reader.histories(of: some, upTo: head, connection)
                .map { ($0.patient.uuid, $0) })
        var folded: [UUID: FoldedPage] = [:]
        for id in some.ids {
            let live = try await LiveRows.read(
                run.projections, of: PatientRange(only: id), tenant: run.tenant, connection)
            folded[id] = folder.fold(
                PatientPage(
                    histories: [histories[id]].compactMap { $0 }, live: live, end: nil,
                    reported: known.reported, skipped: known.skipped))
        }
        return folded
    }

    private func wholePage(of folded: [UUID: FoldedPage]) -> FoldedPage {
        changed.ids.reduce(into: FoldedPage()) { page, id in
            if let patient = folded[id] { page.add(patient) }
        }
    }

    /// Everything is cleared before anything is written: a chair that went from one of them to
    /// another is never taken by both.
    private func statements(_ page: FoldedPage) -> [Query] {
        let live = Dictionary(uniqueKeysWithValues: run.projections.map { ($0, Self.live) })
        var rows = page.staged
        rows.reported = changed.ids
        rows.shares = page.reported
        return run.projections.filter(\.isInline).map {
            Statements.clearStaged(run.tenant.uuid, $0.rawValue, Self.live, changed.ids)
        } + rows.statements(live, tenant: run.tenant)
    }
}

extension Position {
    /// No log is as long.
    fileprivate static let last = Position(.max)
}
