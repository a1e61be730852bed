/// How much a JSON text may ask of its reader. Anything beyond is refused, whoever sent it.
public struct JSONLimits: Hashable, Sendable {
    /// The longest text read, in bytes; never more than 1 GiB, which the tape can address.
    public let bytesMax: Int
    /// How many arrays and objects may be open at once.
    public let depthMax: Int

    public init(bytesMax: Int, depthMax: Int) {
        self.bytesMax = min(bytesMax, 1 << 30)
        // Reading descends once per level; beyond this the stack of a small thread is at stake.
        self.depthMax = min(depthMax, 1_024)
    }

    /// Far above any payload we write (a few kilobytes, six levels), far below what would hurt.
    public static let standard = JSONLimits(bytesMax: 16 << 20, depthMax: 64)
}
