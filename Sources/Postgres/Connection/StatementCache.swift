/// Which statements are prepared on the server, under which names; the least recently used goes
/// first.
struct StatementCache {
    struct Key: Hashable {
        let text: String
        let isNamed: Bool
        let types: [UInt32]
    }

    private struct Entry {
        let serverName: String
        let sql: String
        var lastUse: UInt64
    }

    /// Names to deallocate when the session next has a moment.
    private(set) var evicted: [String] = []
    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0
    private var names: UInt64 = 0

    init(capacity: Int = PostgresLimits.preparedStatements) {
        self.capacity = capacity
    }

    var count: Int { entries.count }

    /// The server's name for a query that is prepared already.
    mutating func find(_ query: Query) -> String? {
        guard let key = Self.key(query), let index = entries.index(forKey: key) else { return nil }
        // Two files under one name: the older one makes way.
        guard entries.values[index].sql == query.sql else {
            forget(query)
            return nil
        }
        uses += 1
        entries.values[index].lastUse = uses
        return entries.values[index].serverName
    }

    /// A name that no statement of this session has had.
    mutating func newName(for query: Query) -> String {
        names += 1
        guard case .named(let name) = query.preparation else { return "q_\(names)" }
        var kept = name
        while kept.utf8.count > PostgresLimits.statementNameBytes { kept.removeLast() }
        return "\(kept)_\(names)"
    }

    /// Remembers what the server has prepared, and evicts what is one too many.
    mutating func insert(_ query: Query, serverName: String) {
        guard let key = Self.key(query) else { return }
        if let old = entries[key] { evicted.append(old.serverName) }
        uses += 1
        entries[key] = Entry(serverName: serverName, sql: query.sql, lastUse: uses)
        while entries.count > capacity,
            let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            entries[oldest.key] = nil
            evicted.append(oldest.value.serverName)
        }
    }

    /// Drops a statement whose plan is stale or gone.
    mutating func forget(_ query: Query) {
        guard let key = Self.key(query), let old = entries.removeValue(forKey: key) else { return }
        evicted.append(old.serverName)
    }

    mutating func takeEvicted() -> [String] {
        defer { evicted = [] }
        return evicted
    }

    static func key(_ query: Query) -> Key? {
        switch query.preparation {
        case .named(let name): Key(text: name, isNamed: true, types: query.parameters.types)
        case .byText: Key(text: query.sql, isNamed: false, types: query.parameters.types)
        case .never: nil
        }
    }
}
