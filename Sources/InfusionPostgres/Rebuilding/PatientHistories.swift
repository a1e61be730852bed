public import EventStore
import Foundation
public import Postgres
import PostgresEventStore

/// A tenant's patients one after the other, each with the history up to a position; two pages of them are
/// all that is in memory.
public struct PatientHistories: Sendable {
    private let pool: PostgresPool
    private let reader: HistoryReader
    private let last: Position

    /// - Parameter last: No further than the log's head.
    public init(pool: PostgresPool, tenant: TenantID, upTo last: Position) {
        self.pool = pool
        self.last = last
        reader = HistoryReader(tenant: tenant, pageEvents: RebuildLimits.pageEvents)
    }

    /// Every patient with events up to there, in the order of the ids.
    public var pages: Pages { Pages(pool: pool, reader: reader, last: last) }

    /// The next page is read while the one before is worked on. It fails with an ``EventLogError`` where
    /// the log has a hole.
    public struct Pages: AsyncSequence, AsyncIteratorProtocol {
        typealias Read = (histories: [PatientHistory], end: UUID?)
        fileprivate let pool: PostgresPool
        fileprivate let reader: HistoryReader
        fileprivate let last: Position
        private var ahead: Task<Read, any Error>?
        private var isAtEnd = false

        fileprivate init(pool: PostgresPool, reader: HistoryReader, last: Position) {
            self.pool = pool
            self.reader = reader
            self.last = last
        }

        public func makeAsyncIterator() -> Pages { self }

        public mutating func next() async throws -> [PatientHistory]? {
            guard !isAtEnd else { return nil }
            let page = try await (ahead ?? read(after: nil)).value
            ahead = page.end.map(read)
            isAtEnd = page.end == nil
            return page.histories
        }

        /// - Parameter cursor: `nil` at the beginning, where the log is looked at for holes.
        private func read(after cursor: UUID?) -> Task<Read, any Error> {
            Task { [pool, reader, last] in
                try await pool.withConnection(for: PoolClaim(of: reader.tenant)) { connection in
                    try await connection.transaction(isolation: .readCommitted) { connection in
                        try await connection.query(
                            Statements.seePatientsOf(reader.tenant.description))
                        if cursor == nil { try await reader.requireWhole(upTo: last, connection) }
                        return try await reader.page(
                            after: cursor ?? PatientRange.lowest, upTo: last, connection)
                    }
                }
            }
        }
    }
}
