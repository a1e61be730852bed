/// The rows of a large result, one after another, never more than a batch ahead of the reader.
///
/// The connection serves nothing else until the end. A reader that stops early leaves the
/// connection in doubt, and it is discarded: draining could take as long as the whole result.
public struct RowStream: AsyncSequence, Sendable {
    /// One row.
    public typealias Element = Row
    /// The statement failed, or the connection was lost.
    public typealias Failure = PostgresError

    let source: StreamSource<[Row]>

    /// Reads the stream; there is only one pass.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let source: StreamSource<[Row]>
        private var batch: ArraySlice<Row> = []

        init(source: StreamSource<[Row]>) {
            self.source = source
        }

        /// The next row, waiting for the server if need be; nil at the end.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(PostgresError) -> Row? {
            if let row = batch.popFirst() { return row }
            batch = try await source.next()?[...] ?? []
            return batch.popFirst()
        }

        /// The next row, waiting for the server if need be; nil at the end.
        public mutating func next() async throws(PostgresError) -> Row? {
            try await next(isolation: nil)
        }
    }

    /// The one reader of this stream.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(source: source)
    }
}
