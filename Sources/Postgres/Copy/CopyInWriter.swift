/// Feeds one COPY IN; only valid inside the body it was given to.
public struct CopyInWriter: Sendable {
    let connection: PostgresConnection
    let deadline: Int64?

    /// Sends bytes and waits until the server has room for more.
    ///
    /// Pieces may be cut anywhere. An error of the server, such as a violated constraint, may
    /// come with any later call or at the end.
    public func write(_ bytes: [UInt8]) async throws(PostgresError) {
        guard !bytes.isEmpty else { return }
        try await connection.writeCopyData(bytes, deadline: deadline)
    }
}
