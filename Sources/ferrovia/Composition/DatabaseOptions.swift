import ArgumentParser
import Foundation
import Logging
import Postgres

/// Where the log is.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "libpq connection string; default: FERROVIA_DATABASE_URL.")
    var databaseURL: String?

    func configuration() throws -> PostgresConfiguration {
        guard let url = databaseURL ?? Environment.value("FERROVIA_DATABASE_URL") else {
            throw Console.fail(
                "no database: give --database-url or set FERROVIA_DATABASE_URL", Exit.configuration)
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

    /// The bytes of the file that a variable names.
    static func file(_ name: String, _ what: String) throws -> [UInt8] {
        guard let path = value(name) else {
            throw Console.fail("\(name) is not set; it names \(what)", Exit.configuration)
        }
        return try Files.read(path)
    }
}

enum Files {
    static func read(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Console.fail("cannot read \(path)", Exit.inputOutput)
        }
        return [UInt8](data)
    }
}

/// A logger for a program whose output is its answer: warnings and worse, on standard error.
enum Quiet {
    static let logger: Logger = {
        var logger = Logger(label: "ferrovia") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        return logger
    }()
}
