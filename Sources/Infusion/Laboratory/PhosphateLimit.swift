public import Foundation

/// The lower limit of phosphate: the laboratory's own, else 2.5 mg/dL.
public enum PhosphateLimit {
    public static let lower = d("2.5")
    /// 0.80 mmol/L is treated as 2.5 mg/dL, though × 3.097 it is 2.478: a result that came in mmol/L is
    /// compared in mmol/L, so that the label's limit means the same in both units.
    static let lowerMillimolesPerLiter = d("0.80")

    /// Whether the result is below the limit; `nil` where its comparator leaves that open.
    public static func isBelow(_ value: LabValue, referenceLow: Decimal?) -> Bool? {
        let molar = ["mmol/L", "mmol/l"].contains(value.reportedUnit)
        let (found, limit): (Decimal, Decimal) =
            if let referenceLow {
                (value.canonical, referenceLow)
            } else if molar {
                (value.reported, lowerMillimolesPerLiter)
            } else {
                (value.canonical, lower)
            }
        return ReportedRange(found, value.comparator).isBelow(limit)
    }
}
