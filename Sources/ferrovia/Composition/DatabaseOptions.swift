import ArgumentParser
import Faults
import Foundation
import Logging
import Postgres
import YAMLReader

/// Where the log is.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "libpq connection string; default: FERROVIA_DATABASE_URL.")
    var databaseURL: String?

    func configuration() throws -> PostgresConfiguration {
        try configuration(variables: ["FERROVIA_DATABASE_URL"])
    }

    /// For what the service's login may not do.
    func administratorConfiguration() throws -> PostgresConfiguration {
        try configuration(variables: ["FERROVIA_ADMIN_DATABASE_URL", "FERROVIA_DATABASE_URL"])
    }

    /// - Parameter variables: The first that is set counts.
    private func configuration(variables: [String]) throws -> PostgresConfiguration {
        guard let url = databaseURL ?? variables.lazy.compactMap(Environment.value).first else {
            throw Console.fail(
                "no database: give --database-url or set \(variables.joined(separator: " or "))",
                .configuration)
        }
        return PostgresConfiguration(
            conninfo: url, passwordFile: Environment.value("FERROVIA_DATABASE_PASSWORD_FILE"),
            applicationName: "ferrovia")
    }

    func pool(maximum: Int = 8) throws -> PostgresPool {
        PostgresPool(configuration: try configuration(), maximum: maximum, logger: Quiet.logger)
    }
}

/// What the process was given; read here and nowhere deeper.
enum Environment {
    static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What the file holds that a variable names.
    static func file<Content>(
        _ name: String, _ what: String, _ read: ([UInt8]) throws -> Content
    ) throws -> Content {
        guard let path = value(name) else {
            throw Console.fail("\(name) is not set; it names \(what)", .configuration)
        }
        let bytes = try Files.read(path)
        do {
            return try read(bytes)
        } catch {
            throw Console.fail("\(name) is \(path): \(error)", .configuration)
        }
    }
}

enum Files {
    static func read(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Console.fail("cannot read \(path)", .inputOutput)
        }
        return [UInt8](data)
    }

    /// A text that people wrote, and what problems call its file.
    static func text(_ path: String) throws(YAMLProblems) -> (text: String, name: String) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        func problem(_ message: String) -> YAMLProblems {
            YAMLProblems(
                YAMLProblem(file: name, line: nil, column: nil, path: "", message: message))
        }
        guard let bytes = try? read(path) else { throw problem("cannot be read") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw problem("is not UTF-8")
        }
        return (text, name)
    }
}

/// A logger for a program whose output is its answer: warnings and worse, on standard error. With
/// --json that holds one line of JSON and nothing else.
enum Quiet {
    static let logger: Logger = {
        var logger = Logger(label: "ferrovia") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Console.answersInJSON ? .critical : .warning
        return logger
    }()
}
