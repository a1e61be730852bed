import Foundation

/// The service. Configured by its environment; see `docs/configuration.md`.
@main
enum Ferroviad {
    static func main() async {
        if CommandLine.arguments.dropFirst() == ["health"] { exit(await HealthProbe.run()) }
        do {
            let configuration = try Configuration(environment: ProcessInfo.processInfo.environment)
            try await Composition(configuration).run()
        } catch let problem as ConfigurationProblem {
            for line in problem.problems { say(line) }
            exit(ConfigurationProblem.exitCode)
        } catch let problem as DatabaseUnreachable {
            say(problem.description)
            exit(DatabaseUnreachable.exitCode)
        } catch {
            say("stopped: \(error)")
            exit(70)
        }
    }

    private static func say(_ line: String) {
        FileHandle.standardError.write(Data("ferroviad: \(line)\n".utf8))
    }
}
