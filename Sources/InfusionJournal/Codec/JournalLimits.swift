/// What a stored payload may measure.
public enum JournalLimits {
    /// An order with every finding is some 20 kB and six levels deep.
    public static let payload = JSONLimits(bytesMax: 1 << 20, depthMax: 32)
}
