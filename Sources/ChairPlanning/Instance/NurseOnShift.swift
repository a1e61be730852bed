/// A nurse and when she is on the floor; her breaks lie between two shifts. One who is sick has none.
public struct NurseOnShift: Hashable, Sendable {
    public let id: String
    public let shifts: [Range<Int>]

    public init(id: String, shifts: [Range<Int>]) {
        self.id = id
        self.shifts = shifts
    }
}
