public import EventStore
import Foundation
import Infusion
public import InfusionJournal
public import InfusionProjections
public import Logging
public import Postgres
import PostgresEventStore

/// Keeps one tenant's dose report up to date, behind the log.
///
/// 1. A page's rows and the checkpoint are written in one transaction, with the fencing token
///    checked: after a crash the page is read again, and nothing is counted twice.
/// 2. A patient's share is replaced as a whole, so doing it twice changes nothing either.
/// 3. An event that cannot be read parks its patient; the others go on. The next owner tries again.
/// 4. A checkpoint behind the end of the log, or on an event that is no longer the same, stops the
///    projector with an alarm: the log was cut short, and somebody has to look.
///
/// ```
///   acquire ─▶ retry the parked ─▶ tail ─▶ page ─▶ write + move the checkpoint ─┐
///      ▲                             ▲                                        │
///      │                             └────────────────────────────────────────┘
///      └── stand by ◀── stale token: somebody else owns it
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
    let pollInterval: Duration

    /// - Parameters:
    ///   - pool: Of a `ferrovia_projector`.
    ///   - owner: Who this is, for people who read the checkpoints table: host and process.
    public init(
        pool: PostgresPool, log: Log, tenant: TenantID, doseReport: DoseReportProjection,
        owner: String, wakeUps: any WakeUps = PollingOnly(), codec: JournalCodec = JournalCodec(),
        logger: Logger = Logger(label: "reporting"),
        pageEvents: Int = EventLogLimits.tailPageEvents,
        pollInterval: Duration = EventLogLimits.tailPollInterval
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
        self.pollInterval = pollInterval
    }

    /// Runs until the task is cancelled.
    /// - Throws: Only what somebody has to look at: a log that was cut short or has a hole.
    public func run() async throws(EventLogError) {
        while !Task.isCancelled {
            do throws(EventLogError) {
                try await own()
            } catch {
                guard !Self.alarms.contains(error.code) else {
                    logger.critical("the report stands still", metadata: metadata(error))
                    throw error
                }
                guard !Task.isCancelled else { return }
                logger.notice("the report waits", metadata: metadata(error))
                await standBy()
            }
        }
    }

    /// Failures that no repetition cures.
    private static var alarms: Set<EventLogError.Code> {
        [.checkpointBeyondHead, .logDiverged, .positionMissing]
    }

    private func metadata(_ error: EventLogError) -> Logger.Metadata {
        ["tenant": "\(tenant)", "code": "\(error.code.name)", "error": "\(error)"]
    }

    /// Takes the projection over and follows the log.
    private func own() async throws(EventLogError) {
        let checkpoints = PostgresCheckpoints(pool: pool)
        var checkpoint = try await checkpoints.acquire(
            ProjectionName.doseReport.rawValue, tenant: tenant, owner: owner)
        var skipped = try await skippedEvents().upTo(checkpoint.reached.position)
        var parked = try await retryParked(checkpoint, checkpoints, leavingOut: skipped)
        var folds = PatientFolds()
        var tail = EventTail(
            log, tenant: tenant, after: checkpoint.reached, wakeUps: wakeUps,
            pageEvents: pageEvents, pollInterval: pollInterval
        ).makeAsyncIterator()
        while let page = try await tail.next() {
            let batch = try await ReportingBatch.make(
                page, without: parked, leavingOut: skipped, decoder: decoder
            ) { patient, before, skipped throws(EventLogError) in
                switch before {
                case .event(let event):
                    let version = EventVersion(event.version.value - 1)
                    if let fold = folds.fold(of: patient, at: version) { return fold }
                    return try await refold(
                        patient, upTo: event.position.advanced(by: -1), leavingOut: skipped)
                case .position(let position):
                    return try await refold(patient, upTo: position, leavingOut: skipped)
                }
            }
            let statements = batch.statements(tenant: tenant, doseReport: doseReport)
            checkpoint = try await advance(
                checkpoint, to: tail.checkpoint, writing: statements, checkpoints)
            skipped = batch.skipped
            folds.keep(batch.folds)
            parked.subtract(batch.decidedAbout)
            for stream in batch.newlyParked {
                parked.insert(stream.patient)
                folds.forget([stream.patient])
                alarm(stream)
            }
            for (position, error) in batch.unread { alarm(position, error) }
        }
    }

    func advance(
        _ checkpoint: ProjectionCheckpoint, to reached: TailCheckpoint, writing statements: [Query],
        _ checkpoints: PostgresCheckpoints
    ) async throws(EventLogError) -> ProjectionCheckpoint {
        do {
            return try await checkpoints.advance(checkpoint, to: reached) { connection in
                for statement in statements { try await connection.query(statement) }
            }
        } catch {
            throw EventLogError(of: error)
        }
    }

    /// The fold of a patient up to a position of the log, from the first event on.
    func refold(
        _ patient: PatientID, upTo position: Position, leavingOut skipped: SkippedEvents
    ) async throws(EventLogError) -> PatientFolds.Fold {
        var fold = PatientFolds.Fold()
        var read = StreamVersion.none
        while true {
            let page = try await log.read(
                PatientStream.id(of: patient), tenant: tenant, after: read,
                limit: ReportingLimits.streamPageEvents)
            for event in page where event.position <= position {
                fold.apply(
                    event.data, at: event.position, of: patient, decoder, leavingOut: skipped)
            }
            guard let last = page.last, last.position < position else { return fold }
            read = last.version
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
