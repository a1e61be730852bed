import ArgumentParser

/// The admin CLI: looks after the log, replays it and answers from it.
@main
struct Ferrovia: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ferrovia",
        abstract:
            "Looks after Ferrovia's event log: migrates, imports, replays, rebuilds, verifies.",
        discussion: """
            The database is named by --database-url or FERROVIA_DATABASE_URL (any libpq connection \
            string), the master key by FERROVIA_MASTER_KEY_FILE. Secrets are never taken from arguments.

            Exit codes: 0 done; 1 a check found something; 2 the question has no answer (no such \
            patient, tenant, recheck); 64 wrong usage; 69 the database cannot be reached; 70 a failure \
            inside; 74 a file cannot be read or written; 78 wrong configuration.
            """,
        version: "0.1.0",
        subcommands: [
            Migrate.self, Status.self, TenantCommand.self, ImportCommand.self,
            Export.self, Replay.self, Rebuild.self, Verify.self, Queue.self, Why.self,
            PatientCommandLine.self, Demo.self, Dev.self,
        ])
}
