/// Limits of the use cases, with their units.
public enum ApplicationLimits {
    /// How often a command is decided again when others for the same patient won; attempts.
    public static let decisionAttempts = 8
    /// Commands that may wait for one patient's earlier ones; commands.
    public static let waitingPerPatient = 256
    /// Commands of one patient that are decided together and travel in one batch; commands.
    public static let commandsPerChain = 64
    /// Holds that have run out and give way to one booking; appointments.
    public static let holdsDisplaced = 16
    /// Events read per page when a stream is loaded; events.
    public static let streamPage = 1_000
    /// Events in one stream before loading it is refused; events.
    public static let streamLength = 100_000
    /// Folded states kept in memory between commands; patients.
    public static let cachedPatients = 4_096
    /// Events in one page of the feed; events.
    public static let feedPage = 1_000
    /// Entries in one page of a timeline; events.
    public static let timelinePage = 500
}
