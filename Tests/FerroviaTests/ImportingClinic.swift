import EventStore
import Foundation
import Infusion
import InfusionJournal
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

    /// The service's login in these tests; it belongs to the server and not to one database.
    private static let serviceRole = "ferrovia_cli_test_service"
    private static let masterKey =
        "master " + Data((0..<32).map { UInt8($0) }).base64EncodedString()

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
            "FERROVIA_MASTER_KEY_FILE": "\(folder)/master.key",
        ])
        try Self.masterKey.write(
            toFile: "\(folder)/master.key", atomically: true, encoding: .utf8)
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

    /// A pipe in the clinic's folder, through which the text comes once.
    func pipe(of text: String) throws -> String {
        let path = "\(folder)/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        // Opening it waits for the reader.
        Thread.detachNewThread {
            let handle = FileHandle(forWritingAtPath: path)
            try? handle?.write(contentsOf: Data(text.utf8))
            try? handle?.close()
        }
        return path
    }

    /// A patient's new key, wrapped by the clinic's master key.
    func key(of patient: UUID, tokens: [[UInt8]]) throws -> SubjectRecord {
        let key = try MasterKeyring.load(Array(Self.masterKey.utf8)).wrap(
            DataKey(random: .system),
            for: DataSubject(tenant: tenant, patient: PatientID(patient)), random: .system)
        return SubjectRecord(
            subject: SubjectID(patient), createdAt: WrittenLog.start, erasedAt: nil, lostAt: nil,
            key: key, tokens: tokens)
    }

    /// The CLI under the service's login, which is no administrator's.
    func service() async throws -> CommandLineTool {
        try await asAdmin { connection in
            try await connection.executeScript(
                unsafeSQL: """
                    DO $$ BEGIN CREATE ROLE \(Self.serviceRole) LOGIN;
                    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
                    """)
        }
        try await tool.succeed("migrate", "--login-role", Self.serviceRole)
        var conninfo = admin.conninfo + " user=\(Self.serviceRole)"
        if admin.conninfo.contains("://"), var url = URLComponents(string: admin.conninfo) {
            url.user = Self.serviceRole
            conninfo = url.string ?? conninfo
        }
        return CommandLineTool(
            environment: tool.environment.merging([
                "FERROVIA_DATABASE_URL": conninfo, "FERROVIA_ADMIN_DATABASE_URL": conninfo,
            ]) { $1 })
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
