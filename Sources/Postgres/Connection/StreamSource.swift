internal import Synchronization

/// A piecewise read that occupies its connection; released early, it puts the connection in doubt.
final class StreamSource<Piece: Sendable>: Sendable {
    private let connection: PostgresConnection
    private let isFinished = Atomic(false)
    private let fetch: @Sendable (isolated PostgresConnection) async throws(PostgresError) -> Piece?

    init(
        connection: PostgresConnection,
        fetch:
            @escaping @Sendable (isolated PostgresConnection) async throws(PostgresError)
            -> Piece?
    ) {
        self.connection = connection
        self.fetch = fetch
    }

    deinit {
        if !isFinished.load(ordering: .acquiring) { connection.signal.doubt() }
    }

    func next() async throws(PostgresError) -> Piece? {
        guard !isFinished.load(ordering: .acquiring) else { return nil }
        do throws(PostgresError) {
            guard let piece = try await fetch(connection) else {
                isFinished.store(true, ordering: .releasing)
                return nil
            }
            return piece
        } catch {
            isFinished.store(true, ordering: .releasing)
            throw error
        }
    }
}
