import EventStore
import Foundation
import Postgres
import PostgresEventStore
import Schema
import TestPostgres
import Testing

@testable import ferrovia

/// A freshly migrated database with one empty tenant, for the CLI; after each test the checks of
/// `schema/checks` must return no rows.
struct ImportingClinic {
    static let sites = #"""
        {"sites":[{"id":"boston","timeZone":"America/New_York","region":"us"}]}
        """#

    let admin: PostgresConfiguration
    let tool: CommandLineTool
    let pool: PostgresPool
    let store: PostgresEventStore<NoInlineProjections>
    let tenant = WrittenLog.tenant
    let name = "old-clinic"
    private let folder: String

    static func with(
        checking: Bool = true, _ body: (ImportingClinic) async throws -> Void
    ) async throws {
        try await TestDatabase.with { database in
            let clinic = try await ImportingClinic(database.conninfo)
            do {
                try await body(clinic)
            } catch {
                await clinic.pool.close()
                throw error
            }
            await clinic.pool.close()
            if checking { try await clinic.check() }
            try FileManager.default.removeItem(atPath: clinic.folder)
        }
    }

    private init(_ conninfo: String) async throws {
        admin = PostgresConfiguration(conninfo: conninfo, connectTimeout: .seconds(60))
        folder = NSTemporaryDirectory() + "clinic-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try Self.sites.write(toFile: "\(folder)/sites.json", atomically: true, encoding: .utf8)
        tool = CommandLineTool(environment: [
            "FERROVIA_DATABASE_URL": conninfo, "FERROVIA_ADMIN_DATABASE_URL": conninfo,
            "FERROVIA_SITES_FILE": "\(folder)/sites.json",
        ])
        try await Migrator(configuration: admin).migrate()
        pool = PostgresPool(configuration: admin, maximum: 4, waitLimit: .seconds(60))
        store = PostgresEventStore(pool: pool)
        try await tool.succeed("tenant", "create", name, "--id", tenant.description)
    }

    /// Writes a file into the clinic's folder.
    func file(_ text: String, _ name: String = "log.ndjson") throws -> String {
        let path = "\(folder)/\(name)"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        return path
    }

    func importing(_ path: String) async throws -> CommandLineTool.Answer {
        try await tool.run(["import", "log", "--tenant", name, "--json", path])
    }

    func exported(_ more: String...) async throws -> String {
        let answer = try await tool.run(["export", "--tenant", name] + more)
        #expect(answer.status == 0, "\(answer.error)")
        return answer.out
    }

    /// The log is whole, and every projection equals its rebuild.
    func verify() async throws {
        let answer = try await tool.run(["verify", "--tenant", name])
        #expect(answer.status == 0, "\(answer.out)\(answer.error)")
    }

    func count(_ table: String) async throws -> Int {
        try await asAdmin { connection in
            try await connection.query(
                "SELECT count(*) FROM event_log.\(identifier: table)")[0].decode(Int.self, at: 0)
        }
    }

    func asAdmin<Value: Sendable>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await PostgresConnection.connect(admin)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    private func check() async throws {
        try await asAdmin { connection in
            for check in Schema.checks {
                let rows = try await connection.query(Query(unsafeSQL: check.sql))
                #expect(rows.isEmpty, "check \(check.name) returned \(rows.count) rows")
            }
        }
    }
}
