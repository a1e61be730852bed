import Foundation
import InfusionApplication
import InfusionJournal
import InfusionKnowledge
import InfusionWire
import Logging
import Postgres

/// What is wrong with the settings: a line for each, which names it and what would be accepted.
struct ConfigurationProblem: Error, CustomStringConvertible {
    /// `EX_CONFIG` of sysexits(3).
    static let exitCode: Int32 = 78
    let problems: [String]
    init(_ problem: String) { problems = [problem] }
    init(problems: [String]) { self.problems = problems }
    var description: String { problems.joined(separator: "\n") }
}

/// Every setting of the service, read once. Secrets come from files.
struct Configuration: Sendable {
    let database: PostgresConfiguration
    let poolMaximum: Int
    let host: String
    let port: Int
    let jwksFile: String
    let issuer: String
    let audience: String
    let keyring: MasterKeyring
    let sites: SitesFile
    /// `nil` where calendars are read with tokens alone.
    let calendarLinkKeys: CalendarLinkKeys?
    let logLevel: Logger.Level

    /// - Throws: all that is wrong at once, so that one start shows what a day of starts would.
    init(environment: [String: String]) throws(ConfigurationProblem) {
        var values = Values(environment)
        let url = values.required("FERROVIA_DATABASE_URL", "a libpq connection string")
        poolMaximum = values.integer("FERROVIA_POOL_MAX", default: 16, in: 2...500)
        host = values.optional("FERROVIA_HTTP_HOST") ?? "127.0.0.1"
        port = values.integer("FERROVIA_HTTP_PORT", default: 8080, in: 0...65_535)
        let jwksFile = values.file("FERROVIA_JWKS_FILE", "a file of public keys (JWKS)")
        let issuer = values.required("FERROVIA_JWT_ISSUER", "the iss claim of accepted tokens")
        audience = values.optional("FERROVIA_JWT_AUDIENCE") ?? "ferrovia"
        let keyring = values.parsed("FERROVIA_MASTER_KEY_FILE", "a file of master keys") {
            try MasterKeyring.load($0)
        }
        let sites = values.parsed("FERROVIA_SITES_FILE", "a JSON file of sites") {
            try SitesFile(json: $0, pathways: .standard)
        }
        calendarLinkKeys = values.parsedIfNamed(
            "FERROVIA_CALENDAR_KEY_FILE", "a file of keys for calendar links"
        ) { try CalendarLinkKeys(file: $0) }
        let logLevel = values.level("FERROVIA_LOG_LEVEL", default: .info)
        guard let url, let jwksFile, let issuer, let keyring, let sites, values.problems.isEmpty
        else {
            throw ConfigurationProblem(problems: values.problems)
        }
        database = PostgresConfiguration(
            conninfo: url, passwordFile: values.optional("FERROVIA_DATABASE_PASSWORD_FILE"),
            applicationName: "ferroviad")
        self.jwksFile = jwksFile
        self.issuer = issuer
        self.keyring = keyring
        self.sites = sites
        self.logLevel = logLevel
    }
}

/// The environment, read to its end; what is wrong with it is gathered.
private struct Values {
    private(set) var problems: [String] = []
    private let environment: [String: String]
    init(_ environment: [String: String]) { self.environment = environment }

    func optional(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    mutating func required(_ name: String, _ what: String) -> String? {
        if let value = optional(name) { return value }
        problems.append("\(name) is not set; it is \(what)")
        return nil
    }

    mutating func integer(
        _ name: String, default standard: Int, in range: ClosedRange<Int>
    ) -> Int {
        guard let text = optional(name) else { return standard }
        if let value = Int(text), range.contains(value) { return value }
        problems.append(
            "\(name): '\(text)' is no whole number from \(range.lowerBound) to \(range.upperBound)")
        return standard
    }

    mutating func level(_ name: String, default standard: Logger.Level) -> Logger.Level {
        guard let text = optional(name) else { return standard }
        if let level = Logger.Level(rawValue: text) { return level }
        let accepted = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        problems.append("\(name): '\(text)' is none of \(accepted)")
        return standard
    }

    /// The path of a file that can be read now; the service reads it again when it changes.
    mutating func file(_ name: String, _ what: String) -> String? {
        guard let path = required(name, what) else { return nil }
        if FileManager.default.isReadableFile(atPath: path) { return path }
        problems.append("\(name): cannot read \(path)")
        return nil
    }

    /// `nil` where nobody named the file.
    mutating func parsedIfNamed<Value>(
        _ name: String, _ what: String, _ parse: ([UInt8]) throws -> Value
    ) -> Value? {
        optional(name) == nil ? nil : parsed(name, what, parse)
    }

    mutating func parsed<Value>(
        _ name: String, _ what: String, _ parse: ([UInt8]) throws -> Value
    ) -> Value? {
        guard let path = file(name, what), let data = FileManager.default.contents(atPath: path)
        else { return nil }
        do {
            return try parse([UInt8](data))
        } catch {
            problems.append("\(name): \(error)")
            return nil
        }
    }
}
