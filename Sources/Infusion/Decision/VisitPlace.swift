public import Foundation

/// Where a visit is to be, or is waited for: it need not be the patient's own site, and nothing need have been
/// decided about it.
public struct VisitPlace: Hashable, Sendable {
    /// IANA zone of its clocks and dates.
    public let timeZone: TimeZone
    /// Where products have to be licensed that are given there; `nil` for a site that the clinic's directory does
    /// not name.
    public let region: LabelRegion?

    public init(timeZone: TimeZone, region: LabelRegion?) {
        self.timeZone = timeZone
        self.region = region
    }
}
