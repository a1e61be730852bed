import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

/// Shares of the dose report as `infusion.write_dose_shares` takes them.
struct DoseShareParameters {
    private let shares: [DoseReportShare]

    init(_ shares: [DoseReportShare]) { self.shares = shares }

    /// - Parameter generation: The generation being filled; 0 is the live one.
    func statement(replacing patients: [UUID], in generation: Int32, tenant: TenantID) -> Query {
        Statements.writeDoseShares(
            tenant.uuid, generation, patients, shares.map(\.patient.uuid),
            shares.map(\.key.product.name), shares.map(\.key.site.name),
            shares.map { PostgresDate($0.key.month.start ?? CalendarDate(dayNumber: 0)) },
            counts(\.dosesStarted), counts(\.dosesCompleted), counts(\.dosesStopped),
            shares.map { PostgresNumeric($0.counts.milligramsGiven) }, counts(\.reactionsUngraded),
            counts(\.reactionsGrade1), counts(\.reactionsGrade2), counts(\.reactionsGrade3),
            counts(\.reactionsGrade4), counts(\.reactionsGrade5), counts(\.courses),
            counts(\.coursesWithResponse), shares.map { PostgresNumeric($0.counts.hemoglobinRise) })
    }

    private func counts(_ figure: KeyPath<DoseReportCounts, Int>) -> [Int32] {
        shares.map { Int32(clamping: $0.counts[keyPath: figure]) }
    }
}
