import EventStore
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionPostgres
import InfusionWire
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
        case let error as ApplicationError: failure(of: error)
        case let error as JournalError: Console.fail("\(error)", .software)
        case let error as LogFileProblem: Failure(error)
        case let error as YAMLProblems: Failure(error)
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
        case .unavailable, .busy, .overloaded, .outcomeUnknown, .rebuildInterrupted,
            .appendsHeldTooLong:
            .unavailable
        case .unknownTenant: .noAnswer
        case .rebuildOvertaken, .rebuildUnfinished: .found
        case _: .software
        }
    }

    private static func describe(_ error: EventLogError) -> String {
        isOfTheMoment(error) ? "the database: \(error)" : "\(error)"
    }

    /// Later, the same may go well.
    private static func isOfTheMoment(_ error: EventLogError) -> Bool {
        [.unavailable, .overloaded, .busy].contains(error.code)
    }

    private static func failure(of error: ApplicationError) -> Failure {
        switch error {
        case .notFound(let what): Console.fail("no such \(what)", .noAnswer)
        case .refused(let refusal, let version, let position):
            Failure(
                refusal, version: version, position: position,
                exit: refusal.isOfNobody ? .noAnswer : .refused)
        case .siteRefused(let refusal, let version, let position):
            Failure(refusal, version: version, position: position)
        case .unavailable(let constraint, _):
            Failure(
                refused: "slot-taken", constraint,
                told: [.init(name: "constraint", value: .string(constraint))])
        case .identifierTaken:
            Failure(
                refused: "identifier-taken", "another patient holds one of the identifiers",
                told: [])
        case .unknownSite(let site, let accepted):
            Failure(
                message: "no site '\(site)'; there are: \(accepted.joined(separator: ", "))",
                exit: .configuration,
                members: [.init(name: "accepted", value: .list(accepted) { .string($0) })])
        case .beyondTheHead(let position, let head): position.beyond(head)
        case .stillToCome(let instant, let head):
            Failure(
                message: "\(instant.text) is still to come; accepted: now, or earlier",
                exit: .noAnswer,
                members: [.init(name: "position", value: .integer(head.value))])
        case .forbidden(let scope):
            Console.fail("not allowed without the scope \(scope.rawValue)", .notPermitted)
        case .versionMismatch, .contended:
            Console.fail("other writers kept winning; try again", .unavailable)
        case .keyReused:
            Console.fail("the command's id was used for another command", .software)
        case .store(let error): Console.fail(describe(error), exit(for: error))
        case .journal(let error): Console.fail("\(error)", .software)
        case .keys(let error): Console.fail("the master key: \(error)", .configuration)
        }
    }
}

extension Refusal {
    /// Whether it says that there is no such chair, as a question has no answer about it.
    fileprivate var isOfNobody: Bool {
        if case .chairNotFound = self { true } else { false }
    }
}
