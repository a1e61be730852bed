public import Foundation
public import Infusion

/// How much iron was given, how was it borne, did it help? Per product, site and month;
/// asynchronous.
///
/// The haemoglobin response of a course, in g/dL:
/// - *Valid* is a haemoglobin that is not retracted, not preliminary, and exact (`<5` is no value).
/// - *Baseline* is the last valid one collected at or before the start of the course's first dose,
///   however old.
/// - *Follow-up* is the first valid one whose clinic-local date of collection lies at least
///   ``responseDays`` after the clinic-local date on which the course's last dose ended, and that
///   was collected before any later dose of another order was started.
/// - The response is follow-up minus baseline; a course that lacks either has none.
///
/// A dose that still runs belongs to no course. Transfusions are not taken out: the report counts,
/// the rules judge.
public struct DoseReportProjection: Sendable {
    public static let foldVersion = 1
    /// Days between the last dose of a course and a haemoglobin that can tell its effect (facts
    /// §7.1).
    public static let responseDays = 28

    private let zones: [SiteID: TimeZone]

    /// - Parameter zones: The time zone of each site, by which a specimen gets its clinic-local
    ///   date. A site without one counts in UTC. The zones are part of the fold: with others,
    ///   rebuild.
    public init(zones: [SiteID: TimeZone]) { self.zones = zones }

    /// The sites' zones by name, in one spelling: with another text, rows are made anew.
    public var settings: String {
        zones.map { "\($0.name) \($1.identifier)" }.sorted().joined(separator: ", ")
    }

    /// What the patient adds to the report, by product, site and month.
    public func shares(of state: PatientState) -> [DoseReportShare] {
        // A merged record's doses are the survivor's.
        guard let registration = state.registration, state.mergedInto == nil else { return [] }
        var lines: [DoseReportKey: DoseReportCounts] = [:]
        for dose in state.doses {
            let key = key(of: dose, in: state, site: registration.site)
            lines[key, default: DoseReportCounts()] += counts(of: dose)
            for reaction in state.reactions where reaction.reaction.dose == dose.id {
                lines[key, default: DoseReportCounts()] += counts(of: reaction.grade)
            }
        }
        for order in state.orders {
            let given = state.doses(of: order.id).filter { $0.given > .zero }
            guard let last = given.max(by: { $0.version < $1.version }) else { continue }
            let key = key(of: last, in: state, site: registration.site)
            var counts = DoseReportCounts()
            counts.courses = 1
            if let rise = response(to: given, of: order.id, in: state) {
                counts.coursesWithResponse = 1
                counts.hemoglobinRise = rise
            }
            lines[key, default: DoseReportCounts()] += counts
        }
        return lines.map { DoseReportShare(patient: registration.patient, key: $0, counts: $1) }
            .sorted { $0.key < $1.key }
    }

    /// The report: the sum of all shares, by key order.
    public static func report(_ shares: some Sequence<DoseReportShare>) -> [DoseReportRow] {
        var lines: [DoseReportKey: DoseReportCounts] = [:]
        for share in shares { lines[share.key, default: DoseReportCounts()] += share.counts }
        return lines.map { DoseReportRow(key: $0, counts: $1) }.sorted { $0.key < $1.key }
    }

    private func key(
        of dose: DoseRecord, in state: PatientState, site: SiteID
    ) -> DoseReportKey {
        let chair = dose.started.appointment.flatMap { state.appointment($0)?.slot.site }
        return DoseReportKey(
            product: dose.started.product, site: chair ?? site,
            month: CalendarMonth(dose.started.localDate))
    }

    private func counts(of dose: DoseRecord) -> DoseReportCounts {
        var counts = DoseReportCounts()
        counts.dosesStarted = 1
        guard let end = dose.end else { return counts }
        if end.stopped == nil { counts.dosesCompleted = 1 } else { counts.dosesStopped = 1 }
        counts.milligramsGiven = dose.given.value
        return counts
    }

    private func counts(of grade: ReactionGrade) -> DoseReportCounts {
        var counts = DoseReportCounts()
        switch grade {
        case .ctcae(1): counts.reactionsGrade1 = 1
        case .ctcae(2): counts.reactionsGrade2 = 1
        case .ctcae(3): counts.reactionsGrade3 = 1
        case .ctcae(4): counts.reactionsGrade4 = 1
        case .ctcae(5): counts.reactionsGrade5 = 1
        case .ctcae, .ungraded: counts.reactionsUngraded = 1
        }
        return counts
    }

    private func response(
        to doses: [DoseRecord], of order: OrderID, in state: PatientState
    ) -> Decimal? {
        guard let first = doses.map(\.startedAt).min(),
            let last = doses.compactMap(\.end).max(by: { ($0.at, $0.version) < ($1.at, $1.version) }
            )
        else { return nil }
        let next = state.doses.filter { $0.order != order && $0.startedAt > last.at }
            .map(\.startedAt).min()
        let results = state.labs.filter {
            $0.analyte == .hemoglobin && $0.isReadable && $0.current.value.comparator == nil
        }.sorted {
            ($0.current.collectedAt, $0.current.version) < (
                $1.current.collectedAt, $1.current.version
            )
        }
        let zone = state.registration.flatMap { zones[$0.site] } ?? .gmt
        let baseline = results.last { $0.current.collectedAt <= first }
        let followUp = results.first { result in
            let at = result.current.collectedAt
            let days = CalendarDate(at, in: zone).days(since: last.given.localDate)
            return days >= Self.responseDays && next.map { at < $0 } ?? true
        }
        guard let baseline, let followUp else { return nil }
        return followUp.current.value.canonical - baseline.current.value.canonical
    }
}

extension DoseReportKey: Comparable {
    /// Product, site, month; names by their bytes, as the database sorts them.
    public static func < (left: DoseReportKey, right: DoseReportKey) -> Bool {
        (left.product.name, left.site.name, left.month)
            < (right.product.name, right.site.name, right.month)
    }
}
