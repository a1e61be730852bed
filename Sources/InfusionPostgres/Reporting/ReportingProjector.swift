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
        var parked = try await retryParked(checkpoint, checkpoints)
        var folds = PatientFolds()
        var tail = EventTail(
            log, tenant: tenant, after: checkpoint.reached, wakeUps: wakeUps,
            pageEvents: pageEvents, pollInterval: pollInterval
        ).makeAsyncIterator()
        while let page = try await tail.next() {
            let batch = try await ReportingBatch.make(page, without: parked, decoder: decoder) {
                patient, version throws(EventLogError) in
                if let fold = folds.fold(of: patient, at: version) { return fold }
                return try await fold(patient, upTo: version)
            }
            let statements = batch.statements(tenant: tenant, doseReport: doseReport)
            checkpoint = try await advance(
                checkpoint, to: tail.checkpoint, writing: statements, checkpoints)
            folds.keep(batch.folds)
            for stream in batch.newlyParked {
                parked.insert(stream.patient)
                folds.forget([stream.patient])
                alarm(stream)
            }
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

    /// The fold of a patient from the first event on.
    func fold(
        _ patient: PatientID, upTo version: EventVersion
    ) async throws(EventLogError) -> PatientFolds.Fold {
        var fold = PatientFolds.Fold()
        var read = StreamVersion.none
        while read.value < version.value, fold.parked == nil {
            let limit = min(
                ReportingLimits.streamPageEvents, Int(version.value - read.value))
            let page = try await log.read(
                PatientStream.id(of: patient), tenant: tenant, after: read, limit: limit)
            guard let last = page.last else { break }
            for event in page { fold.apply(event, of: patient, decoder) }
            read = last.version
        }
        return fold
    }

    private func alarm(_ stream: ParkedStream) {
        logger.error(
            "a patient is parked",
            metadata: [
                "tenant": "\(tenant)", "position": "\(stream.position)",
                "class": "\(stream.reason.rawValue)", "error": "\(stream.message)",
            ])
    }
}
