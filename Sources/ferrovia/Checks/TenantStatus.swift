import EventStore
import InfusionPostgres
import InfusionWire
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
    /// Patients whose record stays closed, although the reports go on.
    var closed: [ClosedRecord] = []
    /// What the reports' owners have let run out.
    var lapsed: [LapsedLease] = []
    /// A rebuild that has begun and not switched.
    var rebuild: UnfinishedRebuild?
    /// The import that the log is in, interruptions included.
    var importing: ImportProgress?

    static func readAll(_ pool: PostgresPool) async throws -> [TenantStatus] {
        let log = PostgresEventStore(pool: pool, logger: Quiet.logger)
        var all: [TenantStatus] = []
        let directory = TenantDirectory(pool: pool)
        for tenant in try await directory.list() {
            if let importing = try await directory.importProgress(tenant.id) {
                all.append(TenantStatus(name: tenant.name.description, importing: importing))
                continue
            }
            // The head after it: what is appended meanwhile would look like a log that was cut short.
            let reporting = try await ReportingStatus.read(pool, tenant: tenant.id)
            let head = try await log.head(tenant: tenant.id)
            all.append(
                TenantStatus(
                    name: tenant.name.description, head: head,
                    reportingLag: head.value - reporting.position.value, parked: reporting.parked,
                    closed: try await ClosedRecord.list(pool, tenant: tenant.id),
                    lapsed: try await LapsedLease.list(pool, tenant: tenant.id),
                    rebuild: try await UnfinishedRebuild.read(pool, tenant: tenant.id)))
        }
        return all
    }

    var json: JSON {
        [
            "tenant": .string(name), "head": .integer(head.value),
            "reportingLag": .integer(reportingLag), "parked": .integer(parked),
            "closedRecords": .list(closed, \.json),
            "lapsedLeases": .list(lapsed, \.json),
            "unfinishedRebuild": .optional(rebuild, \.json),
            "import": .optional(importing, \.json),
        ]
    }
}

extension ClosedRecord {
    fileprivate var json: JSON {
        [
            "patient": .id(patient), "position": .integer(position.value),
            "class": .name(stream.reason), "message": .string(stream.message),
            "skippedAt": .integer(decided.value),
        ]
    }
}

extension ImportProgress {
    fileprivate var json: JSON {
        [
            "since": .instant(since), "written": .integer(written.value),
            "percentRead": .optional(percentRead) { .integer($0) }, "running": .bool(isRunning),
        ]
    }

    fileprivate var text: String {
        let share = percentRead.map { ", \($0) % of its file" } ?? ""
        return written.value.counted("position is", "positions are") + " written\(share); "
            + (isRunning ? "it is running" : "it was interrupted")
    }

    fileprivate var advice: String {
        isRunning
            ? "wait for it; after the last position it rebuilds the projections"
            : "run the same ferrovia import log again: it goes on from there"
    }
}

extension StatusCheck {
    static func imports(_ tenants: [TenantStatus]) -> StatusCheck {
        StatusCheck(
            name: "imports",
            blockers: tenants.compactMap { tenant in
                tenant.importing.map { progress in
                    Blocker(
                        detail:
                            "\(tenant.name): the log is being imported since \(progress.since.text), and "
                            + "nobody can use it: \(progress.text)",
                        advice: progress.advice)
                }
            })
    }

    static func parkedPatients(_ tenants: [TenantStatus]) -> StatusCheck {
        StatusCheck(
            name: "parked-patients",
            blockers: tenants.filter { $0.parked > 0 }.map { tenant in
                Blocker(
                    detail:
                        "\(tenant.name): patients set aside, since an event of theirs cannot be read: "
                        + "\(tenant.parked)",
                    advice:
                        "tell the clinic; then ferrovia parked list and docs/runbooks/parked-patients.md"
                )
            })
    }

    static func closedRecords(_ tenants: [TenantStatus]) -> StatusCheck {
        StatusCheck(
            name: "closed-records",
            blockers: tenants.filter { !$0.closed.isEmpty }.map { tenant in
                let named = tenant.closed.prefix(CommandLineLimits.namedClosedRecords).map {
                    "\($0.patient) at position \($0.position)"
                }
                let more = tenant.closed.count - named.count
                return Blocker(
                    detail: "\(tenant.name): "
                        + tenant.closed.count.counted(
                            "patient's record stays", "patients' records stay") + " closed, "
                        + "since an event that the reports leave out cannot be read: "
                        + named.joined(separator: ", ")
                        + (more > 0 ? " and \(more) more, which --json names" : ""),
                    advice: "the clinic looks after them by hand until a program can read it; "
                        + "docs/runbooks/parked-patients.md")
            })
    }

    static func reporting(_ tenants: [TenantStatus]) -> StatusCheck {
        let late = tenants.filter { $0.reportingLag > CommandLineLimits.reportingLagEvents }
        let ahead = tenants.filter { $0.reportingLag < 0 }
        return StatusCheck(
            name: "reporting",
            blockers: late.map { tenant in
                Blocker(
                    detail:
                        "\(tenant.name): reports are \(tenant.reportingLag.counted("event")) behind",
                    advice: "is ferroviad up? docs/runbooks/alerts.md, FerroviaProjectionLagging")
            }
                + ahead.map { tenant in
                    Blocker(
                        detail:
                            "\(tenant.name): reports are \((-tenant.reportingLag).counted("event")) beyond "
                            + "the head: the log has been cut short",
                        advice: "stop ferroviad; docs/runbooks/alerts.md, FerroviaLogWentBackwards")
                })
    }
}
