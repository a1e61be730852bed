import Foundation
public import Postgres

/// What the planner does with a statement, as EXPLAIN (FORMAT JSON) says it.
public struct StatementPlan: Sendable, CustomStringConvertible {
    /// A node that reads a table.
    public struct Scan: Sendable {
        /// As PostgreSQL names it: "Index Scan", "Seq Scan".
        public let kind: String
        public let table: String?
        public let index: String?
        /// What the index is searched by; the rest of the rows' conditions are filters.
        public let indexCondition: String
    }
    public let scans: [Scan]
    /// The kinds of all nodes.
    public let nodes: [String]
    public let description: String

    /// Which columns an index is searched by, of those asked about; `nil` if it is not used at all.
    public func columns(of candidates: [String], searchedIn index: String) -> [String]? {
        let conditions = scans.filter { $0.index == index }.map(\.indexCondition)
        guard !conditions.isEmpty else { return nil }
        return candidates.filter { column in
            conditions.allSatisfy { condition in
                condition.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
                    .contains(Substring(column))
            }
        }
    }

    /// Tables that are read from one end to the other.
    public var tablesReadWhole: Set<String> {
        Set(scans.filter { $0.kind == "Seq Scan" }.compactMap(\.table))
    }
}

extension PostgresConnection {
    /// The plan for all values. Arguments are SQL, and only tell the statement's parameters their number
    /// and types.
    public func genericPlan(
        of statement: NamedStatement, arguments: String
    ) async throws -> StatementPlan {
        try await executeScript(
            unsafeSQL: """
                SET plan_cache_mode = force_generic_plan;
                PREPARE planned AS \(statement.sql);
                """)
        let plan = try await plan(of: Query(unsafeSQL: "EXECUTE planned (\(arguments))"))
        try await executeScript(unsafeSQL: "DEALLOCATE planned; RESET plan_cache_mode")
        return plan
    }

    /// The plan of a statement without parameters.
    public func plan(of statement: Query) async throws -> StatementPlan {
        let rows = try await query(
            Query(unsafeSQL: "EXPLAIN (FORMAT JSON) \(statement.sql)"))
        return try StatementPlan(
            json: try rows.map { try $0.decode(String.self, at: 0) }.joined(separator: "\n"))
    }

    /// What the body reads of each table of some schemas, in a transaction of its own.
    ///
    /// - Returns: What the body returns; by table, how often it was read from one end to the other and how
    ///   many rows an index led to.
    public func readingRows<Value: Sendable>(
        in schemas: [String],
        _ body: @Sendable (isolated PostgresConnection) async throws -> Value
    ) async throws -> (value: Value, read: [String: RowsRead]) {
        try await transaction { connection in
            // The counts go on from earlier transactions whose sum the server has not collected yet.
            let before = try await connection.rowsReadSoFar(in: schemas)
            let value = try await body(connection)
            var read = try await connection.rowsReadSoFar(in: schemas)
            for (table, earlier) in before { read[table]? -= earlier }
            return (value, read)
        }
    }

    private func rowsReadSoFar(in schemas: [String]) async throws -> [String: RowsRead] {
        let rows = try await query(
            """
            SELECT relname::text, seq_scan, idx_tup_fetch
            FROM pg_stat_xact_user_tables WHERE schemaname = ANY (\(schemas))
            """
        ).decode((String, Int64, Int64?).self)
        return Dictionary(
            uniqueKeysWithValues: rows.map {
                ($0.0, RowsRead(wholeTables: Int($0.1), byIndex: Int($0.2 ?? 0)))
            })
    }
}

/// What was read of a table.
public struct RowsRead: Sendable {
    public private(set) var wholeTables: Int
    public private(set) var byIndex: Int

    fileprivate static func -= (left: inout RowsRead, right: RowsRead) {
        left.wholeTables -= right.wholeTables
        left.byIndex -= right.byIndex
    }
}

extension StatementPlan {
    private struct Explained: Decodable {
        let plan: Node
        enum CodingKeys: String, CodingKey { case plan = "Plan" }
    }
    private struct Node: Decodable {
        let kind: String
        let table: String?
        let index: String?
        let condition: String?
        let children: [Node]?
        enum CodingKeys: String, CodingKey {
            case kind = "Node Type"
            case table = "Relation Name"
            case index = "Index Name"
            case condition = "Index Cond"
            case children = "Plans"
        }
        var all: [Node] { [self] + (children ?? []).flatMap(\.all) }
    }

    fileprivate init(json: String) throws {
        let explained = try JSONDecoder().decode([Explained].self, from: Data(json.utf8))
        let all = explained.flatMap(\.plan.all)
        nodes = all.map(\.kind)
        scans = all.filter { $0.table != nil || $0.index != nil }.map {
            Scan(
                kind: $0.kind, table: $0.table, index: $0.index,
                indexCondition: $0.condition ?? "")
        }
        description = json
    }
}
