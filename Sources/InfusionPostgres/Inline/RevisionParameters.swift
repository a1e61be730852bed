import Foundation
import Infusion
import InfusionProjections
import Postgres

/// Revisions of appointments of a batch as `infusion.append` takes them. Each names the next one of
/// its appointment in the batch, which closes it; the first closes the one in force before.
struct RevisionParameters {
    private struct Key: Hashable {
        let patient: PatientID
        let appointment: AppointmentID
    }

    private var commands: [Int32] = []
    private var versions: [Int64] = []
    private var nextCommands: [Int32] = []
    private var nextVersions: [Int64] = []
    private var isFirst: [Bool] = []
    private var appointments: [UUID] = []
    private var orders: [UUID] = []
    private var starts: [PostgresTimestamp] = []
    private var ends: [PostgresTimestamp] = []
    private var sites: [String] = []
    private var chairs: [String] = []
    private var statuses: [String] = []
    private var heldUntil: [PostgresTimestamp?] = []
    private var isOverridden: [Bool] = []
    /// Empty for none.
    private var stocks: [String] = []

    /// The last revision of each appointment so far.
    private var last: [Key: Int] = [:]

    mutating func add(_ changes: PatientChanges, _ command: Int32) {
        for revision in changes.revisions {
            let key = Key(patient: changes.patient, appointment: revision.appointment)
            let previous = last.updateValue(commands.count, forKey: key)
            if let previous {
                nextCommands[previous] = command
                nextVersions[previous] = revision.version.value
            }
            isFirst.append(previous == nil)
            commands.append(command)
            versions.append(revision.version.value)
            nextCommands.append(0)
            nextVersions.append(0)
            appointments.append(revision.appointment.uuid)
            orders.append(revision.order.uuid)
            starts.append(PostgresTimestamp(revision.slot.start))
            ends.append(PostgresTimestamp(revision.slot.end))
            sites.append(revision.slot.site.name)
            chairs.append(revision.slot.chair.name)
            statuses.append(revision.status.rawValue)
            heldUntil.append(revision.heldUntil.map { PostgresTimestamp($0) })
            isOverridden.append(revision.isOverridden)
            stocks.append(revision.stock?.rowText ?? "")
        }
    }

    /// The place in the batch, from 1, of the last revision of the changes' appointment.
    func ordinal(of appointment: AppointmentID, in changes: PatientChanges) -> Int32? {
        last[Key(patient: changes.patient, appointment: appointment)].map { Int32($0 + 1) }
    }

    var values: [any PostgresEncodable] {
        [
            commands, versions, nextCommands, nextVersions, isFirst, appointments, orders, starts,
            ends, sites, chairs, statuses, heldUntil, isOverridden, stocks,
        ]
    }
}
