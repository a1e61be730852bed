/// What COPY … TO STDOUT sends, in chunks, fetched only when the reader asks for the next one.
///
/// A reader that stops early leaves the connection in doubt, and it is discarded.
public struct CopyOutStream: AsyncSequence, Sendable {
    /// Some whole rows, as the server sent them.
    public typealias Element = [UInt8]
    /// The statement failed, or the connection was lost.
    public typealias Failure = PostgresError

    let source: StreamSource<[UInt8]>

    /// Reads the stream; there is only one pass.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let source: StreamSource<[UInt8]>

        /// The next chunk, waiting for the server if need be; nil at the end.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(PostgresError) -> [UInt8]? {
            try await source.next()
        }

        /// The next chunk, waiting for the server if need be; nil at the end.
        public mutating func next() async throws(PostgresError) -> [UInt8]? {
            try await source.next()
        }
    }

    /// The one reader of this stream.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(source: source)
    }
}
