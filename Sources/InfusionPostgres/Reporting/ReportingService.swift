public import EventStore
public import InfusionJournal
public import InfusionProjections
public import Logging
public import Postgres
import PostgresEventStore

/// Keeps the dose reports of all tenants up to date: one projector per tenant, new tenants
/// included.
public struct ReportingService<Log: EventLog>: Sendable {
    private let pool: PostgresPool
    private let log: Log
    private let doseReport: DoseReportProjection
    private let owner: String
    private let wakeUps: any WakeUps
    private let codec: JournalCodec
    private let logger: Logger

    /// - Parameters:
    ///   - pool: Of a `ferrovia_projector`.
    ///   - owner: Host and process.
    public init(
        pool: PostgresPool, log: Log, doseReport: DoseReportProjection, owner: String,
        wakeUps: any WakeUps, codec: JournalCodec = JournalCodec(),
        logger: Logger = Logger(label: "reporting")
    ) {
        self.pool = pool
        self.log = log
        self.doseReport = doseReport
        self.owner = owner
        self.wakeUps = wakeUps
        self.codec = codec
        self.logger = logger
    }

    /// Runs until the task is cancelled. A tenant whose log was cut short stays behind, with an
    /// alarm in the log; the others go on.
    public func run() async {
        await withDiscardingTaskGroup { group in
            var started: Set<TenantID> = []
            while !Task.isCancelled {
                for tenant in await tenants() where started.insert(tenant).inserted {
                    group.addTask { await report(tenant) }
                }
                try? await Task.sleep(for: ReportingLimits.tenantsInterval)
            }
            group.cancelAll()
        }
    }

    private func report(_ tenant: TenantID) async {
        let projector = ReportingProjector(
            pool: pool, log: log, tenant: tenant, doseReport: doseReport, owner: owner,
            wakeUps: wakeUps, codec: codec, logger: logger)
        // It has raised the alarm itself; repeating it would not help.
        do { try await projector.run() } catch {}
    }

    private func tenants() async -> [TenantID] {
        do throws(EventLogError) {
            return try await TenantDirectory(pool: pool).list().map(\.id)
        } catch {
            logger.warning("the tenants cannot be listed", metadata: ["error": "\(error)"])
            return []
        }
    }
}
