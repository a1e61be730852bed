public import Faults
public import Infusion
public import YAMLReader

/// Sites as a file says them to be; `docs/sites.md` describes the file.
public struct SitePlanFile {
    /// In the order of the file.
    public let plans: [SitePlan]

    /// The form this program reads.
    private static let format = 1

    /// - Parameters:
    ///   - file: What problems call the file.
    ///   - now: What lies too far ahead is measured from here.
    /// - Throws: Everything that is wrong with it, each with its line.
    public init(_ text: String, file: String, now: Instant) throws(YAMLProblems) {
        var root = try YAMLDocument.read(text, file: file)
            .mapping(accepted: "sites: format, sites")
        let format = try root.required("format")
        guard try format.integer(0...1_000) == Self.format else {
            throw format.invalid(accepted: "\(Self.format)")
        }
        var names: Set<SiteID> = []
        (plans, _) = try allRead(
            reading(
                try root.required("sites").list { (value) throws(YAMLProblems) in
                    let plan = try SitePlanReader.read(value, now: now)
                    guard names.insert(plan.site).inserted else {
                        throw value.problem("describes \(plan.site), which is described above")
                    }
                    return plan
                }),
            reading(try root.finish()))
    }

    /// One site's plan where name and zone stand elsewhere: the same keys but for those two.
    public static func plan(
        _ value: YAMLValue, of site: SiteID, in timeZone: String, now: Instant
    ) throws(YAMLProblems) -> SitePlan {
        try SitePlanReader.read(
            value, of: site, in: timeZone, now: now)
    }
}
