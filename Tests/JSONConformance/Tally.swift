/// What was compared, counted.
public struct Tally: Sendable {
    public internal(set) var inputs = 0
    public internal(set) var bytes = 0
    /// By both readers, with the same values.
    public internal(set) var accepted = 0
    /// How many texts the two answered differently, as they should.
    public internal(set) var deviations: [Deviation: Int] = [:]

    public init() {}

    public mutating func add(_ other: Tally) {
        inputs += other.inputs
        bytes += other.bytes
        accepted += other.accepted
        deviations.merge(other.deviations, uniquingKeysWith: +)
    }
}
