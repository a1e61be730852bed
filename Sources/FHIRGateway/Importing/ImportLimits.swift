/// Limits of an import, with their units.
public enum ImportLimits {
    /// Bytes of one file, after decompression.
    public static let fileBytes = 512 << 20
    /// Bytes of one line of a file of lines.
    public static let lineBytes = 8 << 20
    /// Bytes of one bundle.
    public static let bundleBytes = 256 << 20
    /// Bytes of one quoted field of a CSV file: a quote that is open for longer was never closed.
    public static let quotedFieldBytes = 64 << 10
    /// Quarantined rows listed one by one, and rows with a note; the rest are counted.
    public static let rowsListed = 1_000
    /// Patients worked on at the same time.
    public static let concurrentPatients = 8
    /// Results in one command.
    public static let resultsPerCommand = 100
}
