public import EventStore
import Foundation
import Infusion
public import InfusionJournal
public import InfusionProjections
public import Logging
public import Postgres
import PostgresEventStore

/// Keeps one tenant's dose report up to date, behind the log, together with others of its kind.
///
/// 1. The patients fall into partitions, which processes share under leases. A page's rows and the
///    checkpoints of the partitions concerned are written in one transaction, with the fencing tokens
///    checked: after a crash the page is read again and nothing is counted twice, and an owner who was
///    paused for longer than its lease writes nothing.
/// 2. A process reads the log once for all partitions it has, from where the last of them stands; each
///    is given every position once and in order.
/// 3. A patient's share is replaced as a whole, so doing it twice changes nothing either.
/// 4. An event that cannot be read parks its patient, and so does a share that the store refuses; the others
///    go on. The next owner tries again.
/// 5. A checkpoint behind the end of the log, or on an event that is no longer the same, stops the
///    projector with an alarm: the log was cut short, and somebody has to look.
///
/// ```
///   renew, look for more ─▶ retry their parked ─▶ tail ─▶ page ─▶ write + move checkpoints ─┐
///      ▲                                           ▲                                       │
///      │                                           └───────────────────────────────────────┘
///      └── a third of the lease is over, or a token is stale: somebody else owns it
/// ```
public struct ReportingProjector<Log: EventLog>: Sendable {
    let pool: PostgresPool
    let log: Log
    let tenant: TenantID
    let doseReport: DoseReportProjection
    let decoder: HistoryDecoder
    let wakeUps: any WakeUps
    let owner: String
    let logger: Logger
    let pageEvents: Int
    let cachedPatients: Int
    let pollInterval: Duration
    let lease: Duration

    /// - Parameters:
    ///   - pool: Of a `ferrovia_projector`.
    ///   - owner: Who this is, among those who share the partitions: host and process.
    ///   - lease: How long a partition stays this process's without a sign of life.
    public init(
        pool: PostgresPool, log: Log, tenant: TenantID, doseReport: DoseReportProjection,
        owner: String, wakeUps: any WakeUps = PollingOnly(), codec: JournalCodec = JournalCodec(),
        logger: Logger = Logger(label: "reporting"),
        pageEvents: Int = EventLogLimits.tailPageEvents,
        cachedPatients: Int = ReportingLimits.cachedPatients,
        pollInterval: Duration = EventLogLimits.tailPollInterval,
        lease: Duration = ReportingLimits.lease
    ) {
        self.pool = pool
        self.log = log
        self.tenant = tenant
        self.doseReport = doseReport
        decoder = HistoryDecoder(tenant: tenant, codec: codec)
        self.wakeUps = wakeUps
        self.owner = owner
        self.logger = logger
        self.pageEvents = pageEvents
        self.cachedPatients = cachedPatients
        self.pollInterval = pollInterval
        self.lease = lease
    }

    var checkpoints: PostgresCheckpoints { .doseReport(pool, tenant: tenant) }

    /// Runs until the task is cancelled, and gives its partitions back.
    /// - Throws: Only what somebody has to look at: a log that was cut short or has a hole.
    public func run() async throws(EventLogError) {
        var owned = OwnedPartitions(folds: PatientFolds(capacity: cachedPatients))
        var alarm: EventLogError?
        while alarm == nil, !Task.isCancelled {
            do throws(EventLogError) {
                try await keepUp(&owned)
            } catch {
                if Self.alarms.contains(error.code) {
                    logger.critical("the report stands still", metadata: metadata(error))
                    alarm = error
                } else if !Task.isCancelled {
                    if Self.passing.contains(error.code) {
                        logger.notice("the report waits", metadata: metadata(error))
                    } else {
                        logger.error("the report cannot go on", metadata: metadata(error))
                    }
                    // What somebody else has taken is known at once; the rest may need time.
                    let isTaken = error.code == .staleCheckpoint
                    if !isTaken { try? await Task.sleep(for: ReportingLimits.standbyInterval) }
                }
                owned.folds.forgetAll()
            }
        }
        await release(owned.checkpoints)
        if let alarm { throw alarm }
    }

    /// Also when the task is cancelled; if it fails, the leases end by themselves.
    private func release(_ held: [ProjectionCheckpoint]) async {
        let checkpoints = checkpoints
        await Task { try? await checkpoints.release(held) }.value
    }

    /// Failures that no repetition cures.
    private static var alarms: Set<EventLogError.Code> {
        [.checkpointBeyondHead, .logDiverged, .positionMissing]
    }

    /// Failures that end by themselves; any other one stays until somebody looks.
    private static var passing: Set<EventLogError.Code> {
        [.staleCheckpoint, .unavailable, .overloaded, .busy]
    }

    private func metadata(_ error: EventLogError) -> Logger.Metadata {
        ["tenant": "\(tenant)", "code": "\(error.code.name)", "error": "\(error)"]
    }

    /// One term: makes sure of the partitions, and follows the log with them until it is time to make
    /// sure again.
    private func keepUp(_ owned: inout OwnedPartitions) async throws(EventLogError) {
        let end = ContinuousClock.now + lease / ReportingLimits.termsPerLease
        let kept = try await checkpoints.renew(owned.checkpoints, lease: lease)
        let new = try await checkpoints.acquire(holding: kept, owner: owner, lease: lease)
        owned.hold((kept + new).sorted { $0.partition < $1.partition })
        guard let start = owned.lowest else {
            try? await Task.sleep(for: min(ReportingLimits.standbyInterval, lease))
            return
        }
        owned.skipped = try await skippedEvents().known { [owned] patient in
            owned.checkpoint(of: patient)?.reached.position
        }
        owned.parked = try await retryParked(of: new, owned)
        var tail = EventTail(
            log, tenant: tenant, after: start, wakeUps: wakeUps, pageEvents: pageEvents,
            pollInterval: pollInterval, pace: owned.pace, until: end
        ).makeAsyncIterator()
        defer { owned.pace = tail.pace }
        while ContinuousClock.now < end, let page = try await tail.next() {
            try await take(page, to: tail.checkpoint, &owned)
        }
    }

    private func take(
        _ page: [RecordedEvent], to reached: TailCheckpoint, _ owned: inout OwnedPartitions
    ) async throws(EventLogError) {
        let folds = owned.folds
        let strangers = try await refold(
            ReportingBatch.strangers(in: page, for: owned), leavingOut: owned.skipped)
        var batch = try await ReportingBatch.make(page, for: owned, decoder: decoder) {
            patient, before, skipped throws(EventLogError) in
            switch before {
            case .event(let event):
                let version = EventVersion(event.version.value - 1)
                if let fold = folds.fold(of: patient, at: version) { return fold }
                if let fold = strangers[patient] { return fold }
                return try await refold(
                    patient, upTo: event.position.advanced(by: -1), leavingOut: skipped)
            case .position(let position):
                return try await refold(patient, upTo: position, leavingOut: skipped)
            }
        }
        owned.advance(try await write(&batch, owned.behind(reached.position), to: reached))
        owned.skipped = batch.skipped
        owned.folds.keep(batch.folds)
        owned.parked.subtract(batch.decidedAbout)
        for stream in batch.newlyParked {
            owned.parked.insert(stream.patient)
            owned.folds.forget([stream.patient])
            alarm(stream)
        }
        for (position, error) in batch.unread { alarm(position, error) }
    }

    /// A page that the store refuses is written once more, patient by patient: who is at fault is parked.
    private func write(
        _ batch: inout ReportingBatch, _ held: [ProjectionCheckpoint], to reached: TailCheckpoint
    ) async throws(EventLogError) -> [ProjectionCheckpoint] {
        let changes = batch.changes(doseReport)
        let statements = batch.statements(changes, tenant: tenant)
        do throws(EventLogError) {
            let moved = try await advance(held, to: reached, writing: statements)
            batch.written(changes, refused: [])
            return moved
        } catch {
            guard error.code == .storeFailed else { throw error }
            logger.error("a page is refused by the store", metadata: metadata(error))
        }
        let (moved, refused) = try await advance(
            held, to: reached, lease: lease, writing: batch.parts(changes, tenant: tenant))
        batch.written(changes, refused: refused)
        return moved
    }

    /// Moves checkpoints and writes patients in one transaction, each behind a savepoint.
    ///
    /// - Parameter lease: `nil` for who only passes by.
    /// - Returns: Also who is parked now because the store refuses them.
    func advance(
        _ held: [ProjectionCheckpoint], to reached: TailCheckpoint, lease: Duration?,
        writing parts: [ReportingPart]
    ) async throws(EventLogError) -> ([ProjectionCheckpoint], refused: [ParkedStream]) {
        let (tenant, checkpoints) = (tenant, checkpoints)
        do {
            let refused = try await pool.withConnection { connection in
                try await connection.transaction { connection in
                    try await connection.query(Statements.seePatientsOf(tenant.description))
                    try await checkpoints.move(
                        held, to: reached.position, lease: lease, connection)
                    var refused: [ParkedStream] = []
                    for part in parts {
                        if let stream = try await part.write(tenant: tenant, connection) {
                            refused.append(stream)
                        }
                    }
                    return refused
                }
            }
            return (held.map { $0.advanced(to: reached) }, refused)
        } catch {
            throw EventLogError(of: error)
        }
    }

    func advance(
        _ held: [ProjectionCheckpoint], to reached: TailCheckpoint, writing statements: [Query]
    ) async throws(EventLogError) -> [ProjectionCheckpoint] {
        do {
            return try await checkpoints.advance(held, to: reached, lease: lease) { connection in
                for statement in statements { try await connection.query(statement) }
            }
        } catch {
            throw EventLogError(of: error)
        }
    }

    private func alarm(_ stream: ParkedStream) {
        logger.error(
            "a patient is parked",
            metadata: [
                "tenant": "\(tenant)", "position": "\(stream.position)",
                "class": "\(stream.reason.rawValue)", "error": "\(stream.message)",
            ])
    }

    /// A newer program decided something that this one does not understand. It goes on: the newer
    /// one reads the decision when it takes over.
    private func alarm(_ position: Position, _ error: JournalError) {
        logger.error(
            "a decision of an administrator cannot be read",
            metadata: [
                "tenant": "\(tenant)", "position": "\(position)", "error": "\(error)",
            ])
    }
}
