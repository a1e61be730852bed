import EventStore
import InfusionPostgres
import InfusionProjections
import Postgres
import PostgresEventStore
import SchedulerHTTP

/// What the process knows of itself, for probes and for Prometheus.
struct ServiceHealth: HealthReporting {
    let pool: PostgresPool
    let log: GroupAppendLog<PostgresEventStore<InfusionProjector>>

    func readiness() async -> [ReadinessCheck] {
        do {
            _ = try await TenantDirectory(pool: pool).list()
            return [ReadinessCheck("database", isReady: true)]
        } catch {
            // Anybody may read it, and where the database is is not anybody's: the service's log says it.
            return [ReadinessCheck("database", isReady: false, detail: error.code.name)]
        }
    }

    func operation() async -> OperationSnapshot {
        var snapshot = OperationSnapshot()
        let statistics = await pool.statistics
        snapshot.poolConnections = ["idle": statistics.idle, "leased": statistics.leased]
        snapshot.poolWaitTimeouts = statistics.waitTimeouts
        var lag: Int64 = 0
        for tenant in (try? await TenantDirectory(pool: pool).list()) ?? [] {
            snapshot.appendsWaiting[tenant.name.description] = await log.waiting(for: tenant.id)
            guard let head = try? await log.head(tenant: tenant.id),
                let reporting = try? await ReportingStatus.read(pool, tenant: tenant.id),
                let closed = try? await ClosedRecord.list(pool, tenant: tenant.id)
            else { continue }
            snapshot.logHead[tenant.name.description] = head.value
            lag += head.value - reporting.position.value
            snapshot.parkedStreams += reporting.parked
            snapshot.closedRecords += closed.count
        }
        snapshot.projectionLag[ProjectionName.doseReport.rawValue] = lag
        return snapshot
    }
}
