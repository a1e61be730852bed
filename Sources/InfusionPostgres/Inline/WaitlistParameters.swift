import Foundation
import Infusion
import InfusionProjections
import Postgres

/// Revisions of the wait list of a batch as `infusion.append` takes them. Each names the next one of its
/// entry in the batch, which closes it; the first closes the one in force before.
struct WaitlistParameters {
    private struct Key: Hashable {
        let patient: PatientID
        let order: OrderID
    }

    private var commands: [Int32] = []
    private var versions: [Int64] = []
    private var nextCommands: [Int32] = []
    private var nextVersions: [Int64] = []
    private var isFirst: [Bool] = []
    private var revisions: [PatientChanges.WaitlistRevision] = []

    /// The last revision of each entry so far.
    private var last: [Key: Int] = [:]

    mutating func add(_ changes: PatientChanges, _ command: Int32) {
        for revision in changes.waitlist {
            let key = Key(patient: changes.patient, order: revision.request.order)
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
            revisions.append(revision)
        }
    }

    var values: [any PostgresEncodable] {
        let columns = WaitlistColumns(revisions.map { ($0.request, $0.offer) })
        let chain: [any PostgresEncodable] = [
            commands, versions, nextCommands, nextVersions, isFirst,
        ]
        let entry: [any PostgresEncodable] = [
            columns.orders, revisions.map(\.status.rawValue), columns.appointments, columns.until,
            revisions.map(\.urgency.rank), revisions.map { PostgresDate($0.due) },
            revisions.map { PostgresTimestamp($0.since) }, columns.sites, columns.minutes,
            columns.earliest, columns.latest, columns.weekdays, columns.hoursFrom,
            columns.hoursUntil, columns.noticeHours,
        ]
        return chain + entry
    }
}

/// Requests and offers as the table's columns have them, for the append and for the rebuild.
struct WaitlistColumns {
    let orders: [UUID]
    let appointments: [UUID?]
    let until: [PostgresTimestamp?]
    let sites: [String]
    let minutes: [Int32]
    let earliest: [PostgresDate?]
    let latest: [PostgresDate?]
    let weekdays: [Int16]
    let hoursFrom: [Int16?]
    let hoursUntil: [Int16?]
    let noticeHours: [Int32]

    init(_ rows: [(request: WaitlistRequest, offer: WaitlistRow.Offer?)]) {
        orders = rows.map(\.request.order.uuid)
        appointments = rows.map { $0.offer?.appointment.uuid }
        until = rows.map { $0.offer.map { PostgresTimestamp($0.until) } }
        sites = rows.map { $0.request.site?.name ?? "" }
        minutes = rows.map { Int32(clamping: $0.request.minutes) }
        earliest = rows.map { $0.request.earliest.map { PostgresDate($0) } }
        latest = rows.map { $0.request.latest.map { PostgresDate($0) } }
        weekdays = rows.map { WeekdayBits.bits(of: $0.request.weekdays) }
        hoursFrom = rows.map { $0.request.hours.map { Int16($0.from.minutes) } }
        hoursUntil = rows.map { $0.request.hours.map { Int16($0.until.minutes) } }
        noticeHours = rows.map { Int32(clamping: $0.request.noticeHours) }
    }
}

/// Days of the week as the table's column has them: a bit for each, Monday the lowest.
enum WeekdayBits {
    static func bits(of days: Set<Weekday>) -> Int16 {
        Weekday.allCases.enumerated().reduce(0) { bits, day in
            days.contains(day.element) ? bits | (1 << Int16(day.offset)) : bits
        }
    }

    static func days(of bits: Int16) -> Set<Weekday> {
        Set(
            Weekday.allCases.enumerated().filter { bits & (1 << Int16($0.offset)) != 0 }
                .map(\.element))
    }
}
