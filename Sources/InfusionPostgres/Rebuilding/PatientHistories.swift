public import EventStore
import Foundation
public import Postgres
import PostgresEventStore

/// A tenant's patients one after the other, each with the whole history; two pages of them are all that
/// is in memory.
public struct PatientHistories: Sendable {
    private let pool: PostgresPool
    private let reader: HistoryReader

    public init(pool: PostgresPool, tenant: TenantID) {
        self.pool = pool
        reader = HistoryReader(tenant: tenant, pageEvents: RebuildLimits.pageEvents)
    }

    /// Every patient, in the order of the ids.
    public var pages: Pages { Pages(pool: pool, reader: reader) }

    /// The next page is read while the one before is worked on. It fails with an ``EventLogError`` where
    /// a history has a hole.
    public struct Pages: AsyncSequence, AsyncIteratorProtocol {
        typealias Read = (histories: [PatientHistory], end: UUID?)
        fileprivate let pool: PostgresPool
        fileprivate let reader: HistoryReader
        private var ahead: Task<Read, any Error>?
        private var isAtEnd = false

        fileprivate init(pool: PostgresPool, reader: HistoryReader) {
            self.pool = pool
            self.reader = reader
        }

        public func makeAsyncIterator() -> Pages { self }

        public mutating func next() async throws -> [PatientHistory]? {
            guard !isAtEnd else { return nil }
            let page = try await (ahead ?? read(after: PatientRange.lowest)).value
            ahead = page.end.map(read)
            isAtEnd = page.end == nil
            return page.histories
        }

        private func read(after cursor: UUID) -> Task<Read, any Error> {
            Task { [pool, reader] in
                try await pool.withConnection(for: PoolClaim(of: reader.tenant)) { connection in
                    try await connection.transaction(isolation: .readCommitted) { connection in
                        try await connection.query(
                            Statements.seePatientsOf(reader.tenant.description))
                        return try await reader.page(after: cursor, connection)
                    }
                }
            }
        }
    }
}
