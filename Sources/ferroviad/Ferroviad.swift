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
            FileHandle.standardError.write(Data("ferroviad: \(problem)\n".utf8))
            exit(ConfigurationProblem.exitCode)
        } catch {
            FileHandle.standardError.write(Data("ferroviad: stopped: \(error)\n".utf8))
            exit(70)
        }
    }
}
