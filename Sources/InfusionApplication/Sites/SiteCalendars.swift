import EventStore
import Infusion
import InfusionProjections
import Synchronization

/// The calendars of the sites that were lately asked about, each brought up to date before it
/// answers.
///
/// A cache of the log and never its source: what came after the position it has reached is read by
/// position, so that the calendar is right as of the position it names, whoever wrote in between.
/// It is read anew when a rebuild has made its rows again, when the log is shorter than it was, and
/// when too much has changed. Bounded; when full, the one unused for longest goes.
///
/// A hold that has run out by the time of the question takes nothing, whether or not the log has been told: it
/// gives way to whoever asks for its chair.
final class SiteCalendars: Sendable {
    /// A calendar as of a position of the log.
    struct Dated {
        var calendar: SiteCalendar
        var position: Position
        /// As its stream says.
        fileprivate(set) var site: LoadedSite
        fileprivate var generation: Int
        /// The visits of the calendar that nobody has agreed to yet, and until when each is kept.
        fileprivate var holds: [AppointmentID: Hold]
        fileprivate var lastUse: UInt64 = 0
    }

    fileprivate struct Hold {
        let visit: SiteCalendar.Visit
        let until: Instant
    }

    private struct Key: Hashable {
        let tenant: TenantID
        let site: SiteID
    }
    private struct Contents {
        var entries: [Key: Dated] = [:]
        var uses: UInt64 = 0
    }

    private let log: any EventLog<PatientChanges>
    private let readModels: any ReadModels
    private let contents = Mutex(Contents())

    init(log: any EventLog<PatientChanges>, readModels: any ReadModels) {
        self.log = log
        self.readModels = readModels
    }

    /// The site as of now.
    /// - Parameter dates: Which are asked about, by the site's own clocks: they are worked out and
    ///   kept.
    func calendar(
        of site: SiteID, tenant: TenantID, now: Instant,
        dates: (Dated) throws(ApplicationError) -> ClosedRange<CalendarDate>
    ) async throws(ApplicationError) -> Dated {
        let key = Key(tenant: tenant, site: site)
        let head: Position
        do { head = try await log.head(tenant: tenant) } catch { throw .store(error) }
        var dated: Dated
        if let kept = use(key), kept.position <= head,
            let updated = try await updated(kept, key, to: head)
        {
            dated = updated
        } else {
            dated = try await read(key, at: head, now: now)
        }
        dated.calendar.forget(before: CalendarDate(now, in: dated.calendar.timeZone))
        let range = try dates(dated)
        dated.giveUpHolds(at: now)
        dated.calendar.prepare(
            (0...range.upperBound.days(since: range.lowerBound)).map {
                range.lowerBound.adding(days: $0)
            })
        keep(dated, for: key)
        return dated
    }

    /// `nil` where it has to be read anew.
    private func updated(
        _ kept: Dated, _ key: Key, to head: Position
    ) async throws(ApplicationError) -> Dated? {
        let changes: AppointmentChanges
        do {
            // One more than is taken tells whether there are too many.
            changes = try await readModels.appointmentChanges(
                site: key.site, after: kept.position,
                limit: ApplicationLimits.calendarChanges + 1, tenant: key.tenant)
        } catch {
            throw .store(error)
        }
        guard changes.generation == kept.generation,
            changes.rows.count <= ApplicationLimits.calendarChanges
        else { return nil }
        var dated = kept
        if kept.position < head {
            let site = try await log.site(
                key.site, tenant: key.tenant, onto: kept.site, upTo: head)
            if site.version != kept.site.version {
                guard dated.calendar.apply(site.state) else { return nil }
                dated.site = site
            }
        }
        dated.apply(changes, at: head)
        dated.position = head
        return dated
    }

    private func read(
        _ key: Key, at head: Position, now: Instant
    ) async throws(ApplicationError) -> Dated {
        let site = try await log.site(key.site, tenant: key.tenant, upTo: head)
        guard site.state.site != nil else { throw .siteNeverOpened }
        let generation: Int
        let rows: [AppointmentRow]
        do {
            // Before the rows: if a rebuild ends in between, the next question finds another
            // number.
            generation = try await readModels.appointmentChanges(
                site: key.site, after: head, limit: 1, tenant: key.tenant
            ).generation
            rows = try await readModels.appointments(
                site: key.site, from: now.adding(hours: -ApplicationLimits.calendarHoursBack),
                to: now.adding(hours: 24 * Int64(ApplicationLimits.calendarHorizonDays + 2)),
                at: head,
                tenant: key.tenant)
        } catch {
            throw .store(error)
        }
        let standing = rows.filter(\.status.occupiesChair)
        let visits = standing.map(SiteCalendar.Visit.init)
        guard visits.count <= ApplicationLimits.calendarVisits else {
            throw .store(
                EventLogError(
                    .limitExceeded,
                    "a site has more than \(ApplicationLimits.calendarVisits) visits ahead"))
        }
        guard let calendar = SiteCalendar(of: site.state, visits: visits) else {
            throw .store(
                EventLogError(
                    .storeFailed, "this program does not know the time zone of \(key.site)"))
        }
        return Dated(
            calendar: calendar, position: head, site: site, generation: generation,
            holds: SiteCalendars.holds(among: standing))
    }

    fileprivate static func holds(among rows: [AppointmentRow]) -> [AppointmentID: Hold] {
        var holds: [AppointmentID: Hold] = [:]
        for row in rows {
            guard let until = row.heldUntil else { continue }
            holds[row.appointment] = Hold(visit: SiteCalendar.Visit(row), until: until)
        }
        return holds
    }

    private func use(_ key: Key) -> Dated? {
        contents.withLock { contents in
            guard contents.entries[key] != nil else { return nil }
            contents.uses += 1
            contents.entries[key]?.lastUse = contents.uses
            return contents.entries[key]
        }
    }

    private func keep(_ dated: Dated, for key: Key) {
        contents.withLock { contents in
            contents.uses += 1
            var dated = dated
            dated.lastUse = contents.uses
            contents.entries[key] = dated
            guard contents.entries.count > ApplicationLimits.cachedCalendars else { return }
            let oldest = contents.entries.min { $0.value.lastUse < $1.value.lastUse }
            if let oldest { contents.entries[oldest.key] = nil }
        }
    }
}

extension SiteCalendar.Visit {
    fileprivate init(_ row: AppointmentRow) {
        self.init(row.appointment, slot: row.slot, isSeated: row.status == .checkedIn)
    }
}

extension SiteCalendars.Dated {
    /// Takes out of the calendar what has run out.
    fileprivate mutating func giveUpHolds(at now: Instant) {
        let lapsed = holds.filter { $0.value.until <= now }
        guard !lapsed.isEmpty else { return }
        calendar.apply(removing: lapsed.values.map(\.visit), adding: [])
        for id in lapsed.keys { holds[id] = nil }
    }

    /// Revisions that were opened or closed, as far as a reader at `position` sees it.
    fileprivate mutating func apply(_ changes: AppointmentChanges, at position: Position) {
        let known = changes.rows.filter { $0.opened <= position }
        let standing = known.compactMap { $0.seen(at: position) }.filter {
            $0.closed == nil && $0.status.occupiesChair
        }
        calendar.apply(
            removing: known.map(SiteCalendar.Visit.init),
            adding: standing.map(SiteCalendar.Visit.init))
        for row in known { holds[row.appointment] = nil }
        holds.merge(SiteCalendars.holds(among: standing)) { _, last in last }
    }
}
