import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

/// Rebuilt rows of some patients on their way into the generations being filled.
struct StagedRows: Sendable {
    var rows: [PatientRows] = []
    /// Patients whose shares are replaced, with or without new ones.
    var reported: [UUID] = []
    var shares: [DoseReportShare] = []

    /// The statements that write them; nothing for a projection that is not being filled.
    func statements(_ generations: [ProjectionName: Int32], tenant: TenantID) -> [Query] {
        var statements: [Query] = []
        if let generation = generations[.patientState] {
            statements.append(states(generation, tenant))
        }
        if let generation = generations[.recheckQueue] {
            statements.append(rechecks(generation, tenant))
        }
        if let generation = generations[.appointments] {
            statements.append(appointments(generation, tenant))
        }
        if let generation = generations[.subjectReferences] {
            statements.append(references(generation, tenant))
        }
        if let generation = generations[.waitlist] {
            statements.append(waitlist(generation, tenant))
        }
        if let generation = generations[.doseReport] {
            statements.append(
                DoseShareParameters(shares).statement(
                    replacing: reported, in: generation, tenant: tenant))
        }
        return statements
    }

    private func states(_ generation: Int32, _ tenant: TenantID) -> Query {
        let states = rows.compactMap(\.state)
        return Statements.stagePatientStates(
            tenant.uuid, generation, states.map(\.patient.uuid), states.map(\.version.value),
            states.map(\.position.value), states.map { Int32($0.foldVersion) },
            states.map(\.site.name), states.map(\.document))
    }

    private func rechecks(_ generation: Int32, _ tenant: TenantID) -> Query {
        let rechecks = rows.flatMap(\.rechecks)
        return Statements.stageRechecks(
            tenant.uuid, generation, rechecks.map(\.patient.uuid),
            rechecks.map(\.recheck.rule.rawValue), rechecks.map(\.recheck.anchor.value),
            rechecks.map(\.opened.value), rechecks.map { $0.closed?.value ?? 0 },
            rechecks.map { $0.closedReason ?? "" }, rechecks.map { Int32($0.ruleVersion) },
            rechecks.map { PostgresDate($0.earliest) }, rechecks.map { PostgresDate($0.due) },
            rechecks.map { PostgresDate($0.overdueAfter) }, rechecks.map(\.urgency.rank),
            rechecks.map(\.site.name), rechecks.map(\.reason),
            rechecks.map { $0.tests.map(\.rawValue).joined(separator: ",") },
            rechecks.map { $0.evidence.map(\.description).joined(separator: ",") })
    }

    private func appointments(_ generation: Int32, _ tenant: TenantID) -> Query {
        let appointments = rows.flatMap(\.appointments)
        return Statements.stageAppointments(
            tenant.uuid, generation, appointments.map(\.patient.uuid),
            appointments.map(\.appointment.uuid), appointments.map(\.order.uuid),
            appointments.map(\.opened.value), appointments.map { $0.closed?.value ?? 0 },
            appointments.map { PostgresTimestamp($0.slot.start) },
            appointments.map { PostgresTimestamp($0.slot.end) }, appointments.map(\.slot.site.name),
            appointments.map(\.slot.chair.name), appointments.map(\.status.rawValue),
            appointments.map { $0.heldUntil.map { PostgresTimestamp($0) } },
            appointments.map(\.isOverridden), appointments.map { $0.stock?.rowText ?? "" })
    }

    private func waitlist(_ generation: Int32, _ tenant: TenantID) -> Query {
        let rows = rows.flatMap(\.waitlist)
        let columns = WaitlistColumns(rows.map { ($0.request, $0.offer) })
        return Statements.stageWaitlist(
            tenant.uuid, generation, rows.map(\.patient.uuid), columns.orders,
            rows.map(\.opened.value), rows.map { $0.closed?.value ?? 0 },
            rows.map(\.status.rawValue), columns.appointments, columns.until,
            rows.map(\.urgency.rank), rows.map { PostgresDate($0.due) },
            rows.map { PostgresTimestamp($0.since) }, columns.sites, columns.minutes,
            columns.earliest, columns.latest, columns.weekdays, columns.hoursFrom,
            columns.hoursUntil, columns.noticeHours)
    }

    private func references(_ generation: Int32, _ tenant: TenantID) -> Query {
        let references = rows.flatMap(\.references.values)
        return Statements.stageReferences(
            tenant.uuid, generation, references.map(\.patient.uuid),
            references.map(\.reference.kind.rawValue), references.map(\.reference.id),
            references.map(\.opened.value))
    }
}
