import Foundation
import SchedulerHTTP

/// The service. Configured by its environment; see `docs/configuration.md`.
@main
enum Ferroviad {
    static func main() async {
        switch CommandLine.arguments.dropFirst().first {
        case nil: break
        case "health": exit(await HealthProbe.run())
        case "--help", "-h":
            print(usage)
            exit(0)
        case let argument?:
            say("'\(argument)' means nothing here; see ferroviad --help")
            exit(64)
        }
        OpenFiles.raiseLimit()
        do {
            let configuration = try Configuration(environment: ProcessInfo.processInfo.environment)
            try await Composition(configuration).run()
        } catch let problem as ConfigurationProblem {
            for line in problem.problems { say(line) }
            exit(ConfigurationProblem.exitCode)
        } catch let problem as DatabaseUnreachable {
            say(problem.description)
            exit(DatabaseUnreachable.exitCode)
        } catch let problem as AddressNotListening {
            say("\(problem); see FERROVIA_HTTP_HOST and FERROVIA_HTTP_PORT")
            exit(AddressNotListening.exitCode)
        } catch {
            say("stopped: \(error)")
            exit(70)
        }
    }

    private static let usage = """
        ferroviad          serves the API until SIGTERM or SIGINT, then finishes what it accepted
        ferroviad health   asks the service on this host whether it is ready: 0 if it is

        Configured by its environment: FERROVIA_DATABASE_URL, FERROVIA_JWKS_FILE, FERROVIA_JWT_ISSUER,
        FERROVIA_MASTER_KEY_FILE, FERROVIA_SITES_FILE; all of it in docs/configuration.md.
        Exit codes: 0 stopped, 64 wrong usage, 69 the database cannot be reached or the address is taken,
        70 a failure inside, 78 wrong configuration.
        """

    private static func say(_ line: String) {
        FileHandle.standardError.write(Data("ferroviad: \(line)\n".utf8))
    }
}

extension AddressNotListening {
    /// `EX_UNAVAILABLE` of sysexits(3): worth another start, since who holds the address may end.
    fileprivate static let exitCode: Int32 = 69
}
