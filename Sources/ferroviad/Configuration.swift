import Foundation
import InfusionApplication
import InfusionJournal
import Logging
import Postgres

/// What is wrong with a setting, in one line that names it and what would be accepted.
struct ConfigurationProblem: Error, CustomStringConvertible {
    /// `EX_CONFIG` of sysexits(3).
    static let exitCode: Int32 = 78
    let description: String
    init(_ description: String) { self.description = description }
}

/// Every setting of the service, read once. Secrets come from files.
struct Configuration: Sendable {
    let database: PostgresConfiguration
    let poolMaximum: Int
    let host: String
    let port: Int
    let jwksFile: String
    let issuer: String?
    let audience: String
    let keyring: MasterKeyring
    let sites: SitesFile
    let logLevel: Logger.Level

    init(environment: [String: String]) throws(ConfigurationProblem) {
        let values = Values(environment)
        database = PostgresConfiguration(
            conninfo: try values.required("FERROVIA_DATABASE_URL", "a libpq connection string"),
            passwordFile: values.optional("FERROVIA_DATABASE_PASSWORD_FILE"),
            applicationName: "ferroviad")
        poolMaximum = try values.integer("FERROVIA_POOL_MAX", default: 16, in: 2...500)
        host = values.optional("FERROVIA_HTTP_HOST") ?? "127.0.0.1"
        port = try values.integer("FERROVIA_HTTP_PORT", default: 8080, in: 0...65_535)
        jwksFile = try values.required("FERROVIA_JWKS_FILE", "a file of public keys (JWKS)")
        issuer = values.optional("FERROVIA_JWT_ISSUER")
        audience = values.optional("FERROVIA_JWT_AUDIENCE") ?? "ferrovia"
        keyring = try values.parsed("FERROVIA_MASTER_KEY_FILE", "a file of master keys") {
            try MasterKeyring.load($0)
        }
        sites = try values.parsed("FERROVIA_SITES_FILE", "a JSON file of sites") {
            try SitesFile(json: $0)
        }
        let level = values.optional("FERROVIA_LOG_LEVEL") ?? "info"
        guard let logLevel = Logger.Level(rawValue: level) else {
            let accepted = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConfigurationProblem("FERROVIA_LOG_LEVEL: '\(level)' is none of \(accepted)")
        }
        self.logLevel = logLevel
    }
}

/// The environment, read with clear refusals.
private struct Values {
    private let environment: [String: String]
    init(_ environment: [String: String]) { self.environment = environment }

    func optional(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    func required(_ name: String, _ what: String) throws(ConfigurationProblem) -> String {
        guard let value = optional(name) else {
            throw ConfigurationProblem("\(name) is not set; it is \(what)")
        }
        return value
    }

    func integer(
        _ name: String, default standard: Int, in range: ClosedRange<Int>
    ) throws(ConfigurationProblem) -> Int {
        guard let text = optional(name) else { return standard }
        guard let value = Int(text), range.contains(value) else {
            throw ConfigurationProblem(
                "\(name): '\(text)' is no whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return value
    }

    func parsed<Value>(
        _ name: String, _ what: String, _ parse: ([UInt8]) throws -> Value
    ) throws(ConfigurationProblem) -> Value {
        let path = try required(name, what)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationProblem("\(name): cannot read the file it names")
        }
        do {
            return try parse([UInt8](data))
        } catch {
            throw ConfigurationProblem("\(name): \(error)")
        }
    }
}
