/// What a file written by people may ask of its reader.
public enum YAMLLimits {
    public static let fileBytes = 1 << 20
    /// Values read from one file, those behind an alias counted at each use.
    public static let values = 100_000
}
