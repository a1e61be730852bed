import TestPostgres
import Testing

@testable import Postgres

@Suite struct `Errors` {
    @Test func `a violated constraint is named and no value is shown`() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.executeScript(
                unsafeSQL: """
                    CREATE TABLE patients (name text CONSTRAINT name_is_unique UNIQUE);
                    INSERT INTO patients VALUES ('secret')
                    """)
            let error = try #require(
                await #expect(throws: PostgresError.self) {
                    try await connection.execute("INSERT INTO patients VALUES (\("secret"))")
                })
            #expect(error.code == .serverError)
            #expect(error.sqlState == .uniqueViolation)
            #expect(error.constraint == "name_is_unique")
            #expect(error.table == "patients")
            #expect(error.schema == "public")
            #expect(error.severity == "ERROR")
            #expect(!everyText(of: error).contains("secret"))
            #expect(connection.isUsable)
        }
    }

    @Test func `messages that quote values are left out, whoever wrote them`() async throws {
        try await TestDatabase.withConnection { connection in
            let statements: [Query] = [
                "SELECT \("secret")::int4", "SELECT secret",
                "DO $$ BEGIN RAISE EXCEPTION 'secret' USING ERRCODE = '57014'; END $$",
                "DO $$ BEGIN RAISE EXCEPTION 'secret'; END $$",
            ]
            for statement in statements {
                let error = try #require(
                    await #expect(throws: PostgresError.self) {
                        try await connection.query(statement)
                    })
                #expect(!everyText(of: error).contains("secret"))
                #expect(error.unredactedMessage?.contains("secret") == true)
            }
        }
    }

    @Test func `messages without values are shown`() async throws {
        try await TestDatabase.withConnection { connection in
            let error = try #require(
                await #expect(throws: PostgresError.self) {
                    try await connection.executeScript(unsafeSQL: "BEGIN; SELECT 1/0")
                })
            #expect(error.description == "serverError 22012")
            let next = try #require(
                await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }
            )
            #expect(next.description.contains("transaction is aborted"))
        }
    }

    @Test(arguments: [
        "host=/nowhere password=secret", "postgres://user:secret@127.0.0.1:1/db", "password secret",
        "postgres://user:pass@secret@127.0.0.1:1/db", "host=127.0.0.1 port=1 sslmode=secret",
        "postgres://secret:1/2@127.0.0.1:1/db",
    ])
    func `no password leaks when nobody answers`(_ conninfo: String) async throws {
        let configuration = PostgresConfiguration(conninfo: conninfo)
        #expect(!everyText(of: configuration).contains("secret"))
        let error = try #require(
            await #expect(throws: PostgresError.self) {
                try await PostgresConnection.connect(configuration)
            })
        #expect(error.code == .connectionFailed || error.code == .invalidConfiguration)
        #expect(!everyText(of: error).contains("secret"))
    }

    @Test(arguments: [
        ("postgres://user:secret@127.0.0.1:1/db", "host 127.0.0.1 port 1"),
        ("host=/nowhere port=5439 password=secret", "socket /nowhere/.s.PGSQL.5439"),
        ("host=/nowhere,127.0.0.1 port=1", "host 127.0.0.1 port 1"),
    ])
    func `an error names the place where nobody answers`(
        _ conninfo: String, _ place: String
    ) async throws {
        let error = try #require(
            await #expect(throws: PostgresError.self) {
                try await PostgresConnection.connect(PostgresConfiguration(conninfo: conninfo))
            })
        #expect(error.code == .connectionFailed)
        #expect(error.description.hasSuffix("(\(place))"), "\(error)")
    }

    private func everyText(of value: Any) -> String {
        var text = "\(value) \(String(reflecting: value))"
        dump(value, to: &text)
        return text
    }
}
