import ArgumentParser
import Foundation

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
            patient, tenant, site, chair, recheck, position); 3 the domain says no; 64 wrong usage; \
            69 the database cannot be reached; 70 a failure inside; 74 a file cannot be read or \
            written; 77 the database login lacks a right; 78 wrong configuration. With --json, an \
            error is one line of JSON on standard error.
            """,
        version: "0.1.0",
        subcommands: [
            Migrate.self, Status.self, TenantCommand.self, ImportCommand.self,
            Export.self, Replay.self, Rebuild.self, Verify.self, Parked.self, Queue.self,
            WaitlistCommand.self, Why.self,
            Gates.self, Response.self, Plan.self, Reviews.self, Report.self,
            FormularyCommand.self, PathwaysCommand.self, SiteCommandLine.self,
            CalendarCommand.self, OpeningsCommand.self, WhatIfCommand.self, Cases.self,
            PatientCommandLine.self, Keys.self, Demo.self, Dev.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let end as Exit {
            Foundation.exit(end.rawValue)
        } catch let failure as Failure {
            Console.show(failure)
            Foundation.exit(failure.exit.rawValue)
        } catch  where Console.answersInJSON && exitCode(for: error) == .validationFailure {
            Console.show(Failure(message: message(for: error), exit: .usage))
            Foundation.exit(Exit.usage.rawValue)
        } catch  where exitCode(for: error) == .failure {
            // What nobody foresaw has found nothing: it is a failure inside.
            Console.show(Failure(message: message(for: error), exit: .software))
            Foundation.exit(Exit.software.rawValue)
        } catch {
            exit(withError: error)
        }
    }
}
