public import EventStore

/// How far an import of a log has come.
///
/// What it has written is in the log. Whether anybody is still at it, and how much of the file has been
/// read, is known to its session alone, which says so in its `application_name`: that ends with it.
public struct ImportProgress: Hashable, Sendable {
    /// When it began, interruptions included.
    public let since: Timestamp
    /// The last position written.
    public let written: Position
    /// Whether its session is there; without, it was interrupted.
    public let isRunning: Bool
    /// Of the file's bytes; `nil` until the first batch is written, and where the file has no size.
    public let percentRead: Int?

    /// What the session of a tenant's import calls itself; well below the 63 bytes there may be.
    static func session(of tenant: TenantID, percentRead: Int? = nil) -> String {
        "ferrovia import \(tenant)" + (percentRead.map { " \($0)%" } ?? "")
    }

    static func percent(in session: String, of tenant: TenantID) -> Int? {
        Int(session.dropFirst(self.session(of: tenant).count + 1).dropLast())
    }
}
