import ArgumentParser
import EventStore
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionProjections
import Postgres
import PostgresEventStore

/// Turns what went wrong into one line and an exit code; descriptions of failures carry no values.
enum Failing {
    static func run<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let code as ExitCode {
            throw code
        } catch {
            throw exit(for: error)
        }
    }

    private static func exit(for error: any Error) -> any Error {
        switch error {
        case let error as PostgresError:
            Console.fail("the database: \(error)", Exit.unavailable)
        case let error as MigrationError:
            Console.fail("\(error)", Exit.software)
        case let error as EventLogError:
            Console.fail(
                error.code == .unavailable ? "the database: \(error)" : "\(error)",
                error.code == .unavailable ? Exit.unavailable : Exit.software)
        case let error as ApplicationError:
            Console.fail(describe(error), exitCode(for: error))
        case let error as JournalError:
            Console.fail("\(error)", Exit.software)
        default:
            error
        }
    }

    private static func exitCode(for error: ApplicationError) -> ExitCode {
        switch error {
        case .notFound: Exit.noAnswer
        case .store(let error): error.code == .unavailable ? Exit.unavailable : Exit.software
        case .unknownSite, .keys: Exit.configuration
        case .forbidden, .refused, .versionMismatch, .keyReused, .contended, .unavailable,
            .identifierTaken, .journal:
            Exit.software
        }
    }

    private static func describe(_ error: ApplicationError) -> String {
        switch error {
        case .notFound(let what): "no such \(what)"
        case .store(let error): "\(error)"
        case .journal(let error): "\(error)"
        case .keys(let error): "the master key: \(error)"
        case .unknownSite(let site, let accepted):
            "no site '\(site)'; there are: \(accepted.joined(separator: ", "))"
        case .forbidden(let scope): "not allowed without the scope \(scope.rawValue)"
        case .refused(let refusal, _, _): "refused: \(refusal.code)"
        case .versionMismatch: "the patient has changed meanwhile"
        case .keyReused: "the command's id was used for another command"
        case .contended: "other writers kept winning; try again"
        case .unavailable(let constraint): "taken: \(constraint)"
        case .identifierTaken: "another patient holds an identifier"
        }
    }
}
