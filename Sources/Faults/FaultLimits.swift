/// What is told of one text that is wrong.
public enum FaultLimits {
    /// Faults that are told; of those beyond only the number is.
    public static let told = 100
}
