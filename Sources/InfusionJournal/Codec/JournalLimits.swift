/// What a stored payload may measure.
public enum JournalLimits {
    /// An order with every finding is some 20 kB and six levels deep.
    public static let payload = JSONLimits(bytesMax: 1 << 20, depthMax: 32)
    /// Events of the administration stream read at once.
    public static let administrationPage = 100
    /// How often an administrator's decision is made in all when others kept deciding first; two at once
    /// are rare, three are none.
    public static let administrationAttempts = 3
    /// A formulary or pathways in their event; those that are shipped have some 30 and 40 kB.
    public static let knowledgeBytes = 192 << 10
}
