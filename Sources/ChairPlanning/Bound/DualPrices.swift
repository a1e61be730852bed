/// What a unit of each thing that is scarce costs, in the unit of the level that is bounded.
struct DualPrices<Value: SignedNumeric & Comparable & Sendable>: Sendable {
    /// By class, then unit.
    var chairs: [Value]
    var hands: [Value]
    var present: [Value]
    /// By quarter.
    var starts: [Value]
    /// Of a weight that is not served beyond what is proved, and of a minute of overtime beyond it.
    var unserved: Value
    var overtime: Value
}
