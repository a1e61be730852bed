public import EventStore
public import Infusion

/// The question the asynchronous projection answers. PostgreSQL and memory pass one conformance
/// suite.
public protocol DoseReports: Sendable {
    func doseReport(
        _ query: DoseReportQuery, tenant: TenantID
    ) async throws(EventLogError) -> DoseReport
}

/// Which lines of the report; `nil` is all of them.
public struct DoseReportQuery: Hashable, Sendable {
    public let product: ProductKey?
    public let site: SiteID?
    /// Months whose first day lies in it, both ends included.
    public let from: CalendarDate?
    public let to: CalendarDate?
    public init(product: ProductKey?, site: SiteID?, from: CalendarDate?, to: CalendarDate?) {
        self.product = product
        self.site = site
        self.from = from
        self.to = to
    }
}

/// Lines by product, site and month, as of the position the projection has reached.
public struct DoseReport: Hashable, Sendable {
    public let rows: [DoseReportRow]
    public let position: Position
    public init(rows: [DoseReportRow], position: Position) {
        self.rows = rows
        self.position = position
    }
}
