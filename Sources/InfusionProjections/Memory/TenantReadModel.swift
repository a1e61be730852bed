import EventStore
import Infusion

/// The inline projections of one tenant in memory.
struct TenantReadModel: Sendable {
    private(set) var patients: [PatientID: PatientRows] = [:]
    private var positions: [PatientID: StreamPositions] = [:]
    /// Who claimed a thing first.
    private var owners: [SubjectReference: PatientID] = [:]
    /// The patients who have ever had an appointment: few rows to look through for an overlap.
    private var scheduled: Set<PatientID> = []

    /// What forbids the changes. Only the last revision of each appointment counts.
    func unavailable(
        _ changes: PatientChanges, versionOf: (StreamID) -> StreamVersion
    ) -> Unavailability? {
        if let ask = changes.ask, versionOf(ask.stream) != ask.version {
            return Unavailability(.siteChanged)
        }
        if let ask = changes.ask, let stock = ask.stock, hasChanged(stock, for: ask, of: changes) {
            return Unavailability(.siteChanged)
        }
        var last: [AppointmentID: PatientChanges.AppointmentRevision] = [:]
        for revision in changes.revisions { last[revision.appointment] = revision }
        guard !last.isEmpty else { return nil }
        let others = scheduled.lazy.flatMap { patients[$0]?.appointments ?? [] }
            .filter { last[$0.appointment] == nil }
        let broken = changes.revisions.filter { last[$0.appointment]?.version == $0.version }
            .compactMap {
                Reservation.broken(
                    by: $0, of: changes.patient, among: others, decidedAt: changes.decidedAt)
            }
        if let first = [Reservation.chair, .patient, .occupied].first(where: broken.contains) {
            return Unavailability(first)
        }
        return changes.ask.flatMap { ask in
            last[ask.appointment].flatMap { $0.status.occupiesChair ? $0 : nil }
                .flatMap {
                    Unavailability(
                        of: ask.takings, for: $0, among: others, decidedAt: changes.decidedAt)
                }
        }
    }

    /// Whether another visit has taken of the vials since they were looked at.
    private func hasChanged(
        _ stock: StockAsk, for ask: SiteAsk, of changes: PatientChanges
    ) -> Bool {
        guard
            let site = changes.revisions.last(where: { $0.appointment == ask.appointment })?
                .slot.site
        else { return false }
        return scheduled.lazy.flatMap { patients[$0]?.appointments ?? [] }.contains { row in
            row.closed == nil && row.opened > stock.known && row.status.usesStock
                && row.slot.site == site && row.stock?.product == stock.product
                && row.appointment != ask.appointment
        }
    }

    /// Visits of a site that take vials of the product, as known at a position.
    func stockedVisits(
        of product: ProductKey, site: SiteID, from: Instant, at position: Position
    ) -> [AppointmentRow] {
        scheduled.lazy.flatMap { patients[$0]?.appointments ?? [] }
            .compactMap { $0.seen(at: position) }.filter { row in
                row.closed == nil && row.slot.site == site && row.slot.start >= from
                    && row.status.usesStock && row.stock?.product == product
            }.sorted {
                ($0.slot.start, $0.appointment.description)
                    < ($1.slot.start, $1.appointment.description)
            }
    }

    mutating func apply(_ changes: PatientChanges, at events: ClosedRange<Position>?) {
        guard let events else { return }
        var known = positions[changes.patient] ?? StreamPositions()
        for value in events.lowerBound.value...events.upperBound.value {
            known.append(Position(value))
        }
        positions[changes.patient] = known
        var rows = patients[changes.patient] ?? PatientRows()
        rows.apply(changes, at: known)
        patients[changes.patient] = rows
        for opening in changes.references where owners[opening.reference] == nil {
            owners[opening.reference] = changes.patient
        }
        if !changes.revisions.isEmpty { scheduled.insert(changes.patient) }
    }

    func owner(of reference: SubjectReference) -> PatientID? { owners[reference] }

    func queue(_ query: RecheckQueueQuery) -> RecheckQueuePage {
        let rows = patients.values.lazy.flatMap(\.rechecks)
            .compactMap { $0.seen(at: query.position) }
            .filter { $0.closed == nil }
            .filter { query.site == nil || $0.site == query.site }
            .filter { query.status == nil || $0.status(on: query.on) == query.status }
            .map { (place: QueuePlace($0.cursor), row: $0) }
            .filter { placed in query.after.map { QueuePlace($0) < placed.place } ?? true }
        let page = rows.sorted { $0.place < $1.place }.prefix(query.limit + 1).map(\.row)
        let kept = Array(page.prefix(query.limit))
        return RecheckQueuePage(
            rows: kept, next: page.count > query.limit ? kept.last?.cursor : nil,
            on: query.on, position: query.position)
    }

    func recheck(_ id: RecheckID, of patient: PatientID, at position: Position) -> RecheckQueueRow?
    {
        patients[patient]?.rechecks.last { $0.recheck == id && $0.opened <= position }?
            .seen(at: position)
    }

    func waitlist(_ query: WaitlistQuery) -> WaitlistPage {
        let rows = patients.values.lazy.flatMap(\.waitlist)
            .compactMap { $0.seen(at: query.position) }
            .filter { $0.status.isListed && ($0.request.site ?? query.site) == query.site }
            .filter { row in query.after.map { $0 < row.place } ?? true }
        let page = rows.sorted { $0.place < $1.place }.prefix(query.limit + 1)
        let kept = Array(page.prefix(query.limit))
        return WaitlistPage(
            rows: kept, next: page.count > query.limit ? kept.last?.place : nil,
            position: query.position)
    }

    func appointments(
        site: SiteID, from: Instant, to: Instant, at position: Position
    ) -> [AppointmentRow] {
        scheduled.lazy.flatMap { patients[$0]?.appointments ?? [] }
            .compactMap { $0.seen(at: position) }
            .filter { $0.slot.site == site && $0.slot.overlaps(from: from, to: to) }
            .sorted { left, right in
                (left.slot.start, left.slot.chair.name, left.appointment.description)
                    < (right.slot.start, right.slot.chair.name, right.appointment.description)
            }
    }

    func namedChairs(at site: SiteID, knownAt position: Position) -> [ChairID] {
        let named = scheduled.lazy.flatMap { patients[$0]?.appointments ?? [] }
            .filter { $0.slot.site == site && $0.opened <= position }
            .map(\.slot.chair)
        return Set(named).sorted { $0.name < $1.name }
    }

    func appointments(of site: SiteID, changedAfter position: Position) -> [AppointmentRow] {
        scheduled.lazy.flatMap { patients[$0]?.appointments ?? [] }
            .filter { $0.slot.site == site && $0.changed > position }
            .sorted { left, right in
                (left.changed, left.appointment.description, left.opened)
                    < (right.changed, right.appointment.description, right.opened)
            }
    }

    func history(of current: AppointmentRow, at position: Position) -> AppointmentHistory {
        let rows = patients[current.patient]
        return AppointmentHistory(
            current: current,
            revisions: (rows?.appointments ?? [])
                .filter { $0.appointment == current.appointment && $0.opened <= position }
                .map(\.opened).sorted(),
            ordered: rows?.references[SubjectReference(.order, current.order.uuid)]?.opened)
    }
}

/// A row's place in the queue: most urgent first, then by due date, then by patient and recheck.
private struct QueuePlace: Comparable {
    let rank: Int16
    let due: CalendarDate
    let patient: String
    let rule: String
    let anchor: EventVersion

    init(_ cursor: RecheckQueueCursor) {
        rank = cursor.urgency.rank
        due = cursor.due
        patient = cursor.patient.description
        rule = cursor.recheck.rule.rawValue
        anchor = cursor.recheck.anchor
    }

    static func < (left: QueuePlace, right: QueuePlace) -> Bool {
        if left.rank != right.rank { return left.rank < right.rank }
        return (left.due, left.patient, left.rule, left.anchor)
            < (right.due, right.patient, right.rule, right.anchor)
    }
}

extension RecheckQueueRow {
    /// Where the page after this row begins.
    public var cursor: RecheckQueueCursor {
        RecheckQueueCursor(urgency: urgency, due: due, patient: patient, recheck: recheck)
    }
}
