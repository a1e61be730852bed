import EventStore
import InfusionJournal
import InfusionPostgres
import Postgres
import PostgresEventStore

/// Where one tenant's log stands.
struct TenantStatus {
    let name: String
    let head: Position
    /// Events that the reports have not seen yet.
    let reportingLag: Int64
    /// Patients whose sequence is set aside, since an event of theirs could not be read.
    let parked: Int

    static func readAll(_ pool: PostgresPool) async throws -> [TenantStatus] {
        let log = PostgresEventStore(pool: pool, logger: Quiet.logger)
        var all: [TenantStatus] = []
        for tenant in try await TenantDirectory(pool: pool).list() {
            let head = try await log.head(tenant: tenant.id)
            let reporting = try await ReportingStatus.read(pool, tenant: tenant.id)
            all.append(
                TenantStatus(
                    name: tenant.name.description, head: head,
                    reportingLag: head.value - reporting.position.value, parked: reporting.parked))
        }
        return all
    }

    var json: JSON {
        [
            "tenant": .string(name), "head": .integer(head.value),
            "reportingLag": .integer(reportingLag), "parked": .integer(parked),
        ]
    }
}

extension StatusCheck {
    static func parkedPatients(_ tenants: [TenantStatus]) -> StatusCheck {
        StatusCheck(
            name: "parked-patients",
            blockers: tenants.filter { $0.parked > 0 }.map { tenant in
                Blocker(
                    detail:
                        "\(tenant.name): \(tenant.parked) patients are set aside, since an event "
                        + "of theirs cannot be read",
                    advice:
                        "tell the clinic; then ferrovia parked list and docs/runbooks/parked-patients.md"
                )
            })
    }

    static func reporting(_ tenants: [TenantStatus]) -> StatusCheck {
        let late = tenants.filter { $0.reportingLag > StatusLimits.reportingLagEvents }
        let ahead = tenants.filter { $0.reportingLag < 0 }
        return StatusCheck(
            name: "reporting",
            blockers: late.map { tenant in
                Blocker(
                    detail: "\(tenant.name): reports are \(tenant.reportingLag) events behind",
                    advice: "is ferroviad up? docs/runbooks/alerts.md, FerroviaProjectionLagging")
            }
                + ahead.map { tenant in
                    Blocker(
                        detail: "\(tenant.name): reports are \(-tenant.reportingLag) events beyond "
                            + "the head: the log has been cut short",
                        advice: "stop ferroviad; docs/runbooks/alerts.md, FerroviaLogWentBackwards")
                })
    }
}
