import EventStore
import InfusionJournal
import InfusionPostgres
import Postgres
import PostgresEventStore

/// Where one tenant's log stands.
struct TenantStatus {
    let name: String
    /// 0 while the log is being imported, as all that follows: nobody reads it then.
    var head = Position.start
    /// Events that the reports have not seen yet.
    var reportingLag: Int64 = 0
    /// Patients whose sequence is set aside, since an event of theirs could not be read.
    var parked = 0
    /// Since when the log is being imported, interruptions included.
    var importingSince: Timestamp?

    static func readAll(_ pool: PostgresPool) async throws -> [TenantStatus] {
        let log = PostgresEventStore(pool: pool, logger: Quiet.logger)
        var all: [TenantStatus] = []
        let directory = TenantDirectory(pool: pool)
        for tenant in try await directory.list() {
            if let since = try await directory.importingSince(tenant.id) {
                all.append(TenantStatus(name: tenant.name.description, importingSince: since))
                continue
            }
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
            "importingSince": .optional(importingSince) { .instant($0) },
        ]
    }
}

extension StatusCheck {
    static func imports(_ tenants: [TenantStatus]) -> StatusCheck {
        StatusCheck(
            name: "imports",
            blockers: tenants.compactMap { tenant in
                tenant.importingSince.map { since in
                    Blocker(
                        detail:
                            "\(tenant.name): the log is being imported since \(since.text), and "
                            + "nobody can use it",
                        advice: "wait for it, or, if it was interrupted, run the same "
                            + "ferrovia import log again")
                }
            })
    }

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
        let late = tenants.filter { $0.reportingLag > CommandLineLimits.reportingLagEvents }
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
