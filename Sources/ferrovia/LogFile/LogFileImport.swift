import EventStore
import Foundation
import InfusionJournal
import InfusionPostgres
import InfusionProjections
import Postgres
import PostgresEventStore

/// Takes the log in some files into a tenant's, or the rest of it.
///
/// ```
/// look at headers, keys and, where a file can be read twice, end lines
///   ─ compare what the log holds with the beginning of the file
///   ─ begin: the log is nobody else's ─ write, batch by batch, reading the next one meanwhile
///   ─ keys ─ rebuild the projections ─ finish: the log is everybody's again
/// ```
/// Where it stops, a beginning of the file is there, and nobody uses the log until an import of the same
/// file has gone on from there.
struct LogFileImport {
    /// What was done.
    struct Report {
        var events: Int64 = 0
        /// Of these, what was there already.
        var knownEvents: Int64 = 0
        var knownCommands = 0
        var writtenCommands = 0
        var subjects = 0
        /// Whose log the file says it was, and whose it is now.
        let origin: TenantID
        let tenant: TenantID
        /// The head of that log when it was exported.
        let exportedHead: Position
        /// Whether the file lacks its end.
        var isPartial = false
        /// Where the log goes on behind the file; `nil` where it ends with it.
        var goesOnTo: Position?
        /// `nil` where nothing was written.
        var rebuild: RebuildReport?
        /// How long reading, comparing and writing took, and how long the rebuild after it.
        var writing = Duration.zero
        var rebuilding = Duration.zero

        var writtenEvents: Int64 { events - knownEvents }
        var commands: Int { knownCommands + writtenCommands }
        var hasWritten: Bool { writtenEvents > 0 || writtenCommands > 0 }
        /// Whether everybody's history can be read.
        var isReadable: Bool { rebuild?.parked.isEmpty ?? true }
    }

    private let backend: Backend
    private let own: LogImport
    private let bar = ProgressBar("import log (bytes)")
    private var file: LogFile
    private var report: Report
    private var isBegun = false
    private let wasInterrupted: Bool
    private let head: Position

    /// Opens everything that will be needed; nothing is changed yet, except that an import which was
    /// interrupted is taken over.
    init(
        _ paths: [String], into name: String, _ database: DatabaseOptions, isPartialAllowed: Bool
    ) async throws {
        let tenant = try await Tenants.find(name, in: try database.pool(maximum: 1))
        own = try await LogImport.open(database.administratorConfiguration(), tenant: tenant)
        backend = try Backend.importing(database, tenant, own)
        let state = try await own.state()
        file = try LogFile(
            paths, tenant: tenant, now: state.now, isPartialAllowed: isPartialAllowed)
        try ImportedKeys.requireOpen(file.subjects.values, of: tenant)
        report = Report(origin: file.origin, tenant: tenant, exportedHead: file.exportedHead)
        head = state.head
        wasInterrupted = state.importingSince != nil
        // What the report needs is asked before the first event is written.
        _ = try await backend.doseReport()
        if wasInterrupted { try await begin() }
    }

    /// Ends the session; what was begun and not finished stays interrupted.
    func close() async { await own.close() }

    /// The whole of it.
    mutating func run() async throws -> Report {
        defer { bar.finish() }
        let start = ContinuousClock.now
        var next = try await compare()
        let writing = BatchWriting(own)
        do {
            while let line = next {
                if writing.isFull, file.isBetweenCommands(before: line) {
                    if !isBegun { try await begin() }
                    try await writing.send(percentRead: file.percentRead)
                }
                take(line, into: writing)
                next = try file.next()
                bar.update(file.readBytes, of: file.totalBytes)
            }
            if !writing.isEmpty {
                if !isBegun { try await begin() }
                try await writing.send(percentRead: file.percentRead)
            }
            try await writing.finish()
        } catch {
            // What is on its way is either there or not before anybody hears of it.
            try? await writing.finish()
            throw isBegun ? unfinished(error) : error
        }
        report.events = file.position.value
        // A command that was cut off may be in the log as a whole.
        report.knownEvents = min(report.knownEvents, report.events)
        report.isPartial = file.isPartial
        report.writing = ContinuousClock.now - start
        try await finish()
        return report
    }

    /// Reads as much of the file as the log holds, and returns the line behind it.
    private mutating func compare() async throws -> LogLine? {
        var lines = LogLines(backend.log, tenant: backend.tenant, after: .start, upTo: head)
        while let segment = try await lines.segment() {
            for held in segment {
                guard let line = try file.next() else {
                    report.goesOnTo = head
                    return nil
                }
                guard line == held else {
                    throw Console.fail(
                        """
                        \(file.place): the log of the tenant holds something else here: it is not the \
                        beginning of this file, and nothing was written
                        """, .found)
                }
                if case .event = line { report.knownEvents += 1 } else { report.knownCommands += 1 }
            }
            bar.update(file.readBytes, of: file.totalBytes)
        }
        return try file.next()
    }

    private mutating func begin() async throws {
        guard try await own.begin(at: head) || wasInterrupted else {
            throw Console.fail(
                "somebody has appended to the log meanwhile; nothing was written", .found)
        }
        isBegun = true
    }

    /// What the file is to blame for leaves the log nobody's.
    private func unfinished(_ error: any Error) -> any Error {
        guard let problem = error as? LogFileProblem else { return error }
        return problem.adding(
            "the import is unfinished and nobody uses the log: run it again with the whole file")
    }

    private mutating func take(_ line: LogLine, into writing: BatchWriting) {
        switch line {
        case .event(let event): writing.append(event)
        case .command(let command):
            report.writtenCommands += 1
            writing.append(command, at: file.place)
        }
    }

    private mutating func finish() async throws {
        guard isBegun || !file.subjects.isEmpty else { return }
        if !isBegun { try await begin() }
        let ordered = file.subjects.values.sorted { $0.subject.uuid < $1.subject.uuid }
        for start in stride(from: 0, to: ordered.count, by: EventLogLimits.subjectsPerPage) {
            let end = min(start + EventLogLimits.subjectsPerPage, ordered.count)
            try await own.write(Array(ordered[start..<end]))
        }
        report.subjects = ordered.count
        if report.hasWritten || wasInterrupted {
            bar.finish()
            let start = ContinuousClock.now
            report.rebuild = try await rebuilt()
            report.rebuilding = ContinuousClock.now - start
        }
        try await own.finish()
    }
}

extension LogFileImport {
    /// All projections. A rebuild of some that was stopped before the import is in nobody's way: it
    /// cannot be gone on with as long as the log is being imported.
    private func rebuilt() async throws -> RebuildReport {
        let unfinished = try await UnfinishedRebuild.read(backend.pool, tenant: backend.tenant)
        let isOfOthers = unfinished.map { $0.projections != ProjectionName.allCases } ?? false
        return try await backend.rebuild(Set(ProjectionName.allCases), fromScratch: isOfOthers)
    }
}

extension Backend {
    /// The stores of a tenant whose log is being imported, for the import itself.
    fileprivate static func importing(
        _ database: DatabaseOptions, _ tenant: TenantID, _ own: LogImport
    ) throws -> Backend {
        var configuration = try database.configuration()
        configuration.settings = own.settings
        let pool = PostgresPool(configuration: configuration, maximum: 8, logger: Quiet.logger)
        return Backend(
            pool: pool, tenant: tenant,
            log: PostgresEventStore(
                pool: pool, projector: InfusionProjector(), logger: Quiet.logger),
            readModels: PostgresReadModels(pool: pool))
    }
}
