import EventStore
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionPostgres
import Postgres
import PostgresEventStore
import YAMLReader

/// Turns what went wrong into one line and an exit code; descriptions of failures carry no values.
enum Failing {
    static func run<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch {
            throw translated(error)
        }
    }

    private static func translated(_ error: any Error) -> any Error {
        switch error {
        case let error as PostgresError: failure(of: error)
        case let error as MigrationError: failure(of: error)
        case let error as EventLogError: Console.fail(describe(error), exit(for: error))
        case let error as ApplicationError: Console.fail(describe(error), exit(for: error))
        case let error as JournalError: Console.fail("\(error)", .software)
        case let error as LogFileProblem: Console.fail("\(error)", .software)
        case let error as YAMLProblems: Console.fail("\(error)", .inputOutput)
        default: error
        }
    }

    private static func failure(of error: MigrationError) -> Failure {
        switch error {
        case .failed(let name, let cause) where cause.sqlState == .insufficientPrivilege:
            notPermitted("to run \(name).sql")
        case .noSuchLoginRole: Console.fail("--login-role: \(error)", .usage)
        case .failed, .changedMigration, .newerDatabase: Console.fail("\(error)", .software)
        }
    }

    private static func failure(of error: PostgresError) -> Failure {
        switch error.sqlState {
        case .insufficientPrivilege?: notPermitted("for this")
        case "LG009"?:
            Console.fail("another import of this tenant has begun; this one ends here", .found)
        case _: Console.fail("the database: \(error)", .unavailable)
        }
    }

    private static func notPermitted(_ purpose: String) -> Failure {
        Console.fail(
            """
            the login lacks the right \(purpose) (42501), which an administrator's has: set \
            FERROVIA_ADMIN_DATABASE_URL or give --database-url
            """, .notPermitted)
    }

    private static func exit(for error: EventLogError) -> Exit {
        switch error.code {
        case .unavailable, .busy, .rebuildInterrupted, .appendsHeldTooLong: .unavailable
        case .rebuildOvertaken, .rebuildUnfinished: .found
        case _: .software
        }
    }

    private static func describe(_ error: EventLogError) -> String {
        isOfTheMoment(error) ? "the database: \(error)" : "\(error)"
    }

    /// Later, the same may go well.
    private static func isOfTheMoment(_ error: EventLogError) -> Bool {
        [.unavailable, .busy].contains(error.code)
    }

    private static func exit(for error: ApplicationError) -> Exit {
        switch error {
        case .notFound: .noAnswer
        case .store(let error): exit(for: error)
        case .siteRefused: .found
        case .unknownSite, .keys: .configuration
        case .forbidden, .refused, .versionMismatch, .keyReused, .contended, .unavailable,
            .identifierTaken, .journal:
            .software
        }
    }

    private static func describe(_ error: ApplicationError) -> String {
        switch error {
        case .notFound(let what): "no such \(what)"
        case .store(let error): describe(error)
        case .journal(let error): "\(error)"
        case .keys(let error): "the master key: \(error)"
        case .unknownSite(let site, let accepted):
            "no site '\(site)'; there are: \(accepted.joined(separator: ", "))"
        case .forbidden(let scope): "not allowed without the scope \(scope.rawValue)"
        case .refused(let refusal, _, _): "refused: \(refusal.code)"
        case .siteRefused(let refusal, _, _): "refused: \(refusal.text)"
        case .versionMismatch: "the patient, or the site, has changed meanwhile"
        case .keyReused: "the command's id was used for another command"
        case .contended: "other writers kept winning; try again"
        case .unavailable(let constraint, _): "taken: \(constraint)"
        case .identifierTaken: "another patient holds an identifier"
        }
    }
}
