public import EventStore
public import Infusion
public import InfusionProjections
import Testing

/// What every adapter of the read models must do, held against a fold of the log.
public struct ReadModelsBehaviour: Sendable {
    let models: any ReadModels
    let tenant: TenantID

    public init(_ models: any ReadModels, tenant: TenantID) {
        self.models = models
        self.tenant = tenant
    }

    /// Answers every question as of `position` like the fold up to it.
    public func expectQueue(of fold: LogFold, at position: Position, on dates: [CalendarDate])
        async throws
    {
        let open = fold.rows.values.flatMap(\.rechecks).filter { $0.closed == nil }
        for date in dates {
            for site in [nil] + ClinicFacts.sites.map(Optional.some) {
                for status in [nil] + RecheckStatus.allCases.map(Optional.some) {
                    let expected = open.filter { site == nil || $0.site == site }
                        .filter { status == nil || $0.status(on: date) == status }
                    let found = try await queue(site, status, date, position, pageRows: 3)
                    #expect(Set(found) == Set(expected))
                    #expect(found.count == expected.count)
                    #expect(found == found.sorted(by: isInOrder))
                }
            }
        }
    }

    /// All pages, one after the other.
    public func queue(
        _ site: SiteID?, _ status: RecheckStatus?, _ date: CalendarDate, _ position: Position,
        pageRows: Int
    ) async throws -> [RecheckQueueRow] {
        var rows: [RecheckQueueRow] = []
        var cursor: RecheckQueueCursor?
        repeat {
            let page = try await models.recheckQueue(
                RecheckQueueQuery(
                    site: site, status: status, on: date, position: position, after: cursor,
                    limit: pageRows), tenant: tenant)
            #expect(page.position == position)
            #expect(page.rows.count <= pageRows)
            rows += page.rows
            cursor = page.next
        } while cursor != nil
        return rows
    }

    public func expectRechecks(of fold: LogFold, at position: Position) async throws {
        for row in fold.rows.values.flatMap(\.rechecks) {
            let last = fold.rows[row.patient]?.rechecks.last { $0.recheck == row.recheck }
            #expect(
                try await models.recheck(
                    row.recheck, of: row.patient, at: position, tenant: tenant) == last)
        }
    }

    public func expectCalendar(of fold: LogFold, at position: Position) async throws {
        let revisions = fold.rows.values.flatMap(\.appointments).filter { $0.closed == nil }
        for site in ClinicFacts.sites {
            // Closed ones too: a chair that a visit was moved away from was named all the same.
            let named = fold.rows.values.flatMap(\.appointments).map(\.slot)
                .filter { $0.site == site }.map(\.chair.name)
            let chairs = try await models.namedChairs(
                at: site, knownAt: position, tenant: tenant)
            #expect(chairs.map(\.name) == Set(named).sorted())
        }
        let starts = revisions.map(\.slot.start)
        guard let first = starts.min(), let last = starts.max() else { return }
        let middle = first.adding(seconds: last.seconds(since: first) / 2)
        for site in ClinicFacts.sites {
            for (from, to) in [(first, last.adding(hours: 12)), (middle, middle.adding(hours: 3))] {
                let expected = revisions.filter {
                    $0.slot.site == site && $0.slot.start < to && $0.slot.end > from
                }
                let found = try await models.appointments(
                    site: site, from: from, to: to, at: position, tenant: tenant)
                #expect(Set(found) == Set(expected))
                #expect(found.count == expected.count)
                #expect(found.map(\.slot.start) == found.map(\.slot.start).sorted())
                let histories = try await models.appointmentHistories(
                    site: site, from: from, to: to, at: position, tenant: tenant)
                #expect(histories.map(\.current) == found)
                #expect(histories == found.map { history(of: $0, in: fold) })
            }
        }
    }

    /// Which revisions of each site have changed since a position, as they are at the end of the fold.
    public func expectCalendarChanges(of fold: LogFold, after position: Position) async throws {
        for site in ClinicFacts.sites {
            let expected = fold.rows.values.flatMap(\.appointments)
                .filter { $0.slot.site == site && $0.changed > position }
            let found = try await models.appointmentChanges(
                site: site, after: position, limit: expected.count + 1, tenant: tenant
            ).rows
            #expect(Set(found) == Set(expected))
            #expect(found.count == expected.count)
            #expect(found.map(\.changed) == found.map(\.changed).sorted())
            let first = try await models.appointmentChanges(
                site: site, after: position, limit: 2, tenant: tenant
            ).rows
            #expect(first.map(\.changed) == found.prefix(2).map(\.changed))
        }
    }

    private func history(of row: AppointmentRow, in fold: LogFold) -> AppointmentHistory {
        let rows = fold.rows[row.patient]
        return AppointmentHistory(
            current: row,
            revisions: (rows?.appointments ?? []).filter { $0.appointment == row.appointment }
                .map(\.opened),
            ordered: rows?.references[SubjectReference(.order, row.order.uuid)]?.opened)
    }

    /// The rest has no history: it is asked as of now.
    public func expectPresent(of fold: LogFold) async throws {
        for (patient, rows) in fold.rows {
            #expect(try await models.patientState(patient, tenant: tenant) == rows.state)
            for reference in rows.references.values {
                let owner = fold.rows.values.compactMap { $0.references[reference.reference] }
                    .min { $0.opened < $1.opened }?.patient
                #expect(
                    try await models.patient(owning: reference.reference, tenant: tenant) == owner)
            }
        }
    }

    private func isInOrder(_ left: RecheckQueueRow, _ right: RecheckQueueRow) -> Bool {
        if left.urgency != right.urgency { return left.urgency.rank < right.urgency.rank }
        if left.due != right.due { return left.due < right.due }
        if left.patient != right.patient {
            return left.patient.description < right.patient.description
        }
        return (left.recheck.rule.rawValue, left.recheck.anchor)
            < (right.recheck.rule.rawValue, right.recheck.anchor)
    }
}
