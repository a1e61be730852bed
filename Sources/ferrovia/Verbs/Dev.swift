import ArgumentParser
import Crypto
import EventStore
import Foundation
import InfusionApplication
import JWTKit
import PostgresEventStore

struct Dev: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keys and tokens for development; never for a clinic.",
        subcommands: [Initialize.self, Token.self])

    /// The files of a development state directory.
    struct StateDirectory: ParsableArguments {
        @Option(help: "The directory the keys are in.") var stateDir: String

        var keys: URL { URL(filePath: stateDir).appending(path: "keys") }
        var masterKey: URL { keys.appending(path: "master.key") }
        var calendarKey: URL { keys.appending(path: "calendar.key") }
        var privateKey: URL { keys.appending(path: "jwt-private.pem") }
        var jwks: URL { keys.appending(path: "jwks.json") }
    }

    static let keyID = "development"

    struct Initialize: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init", abstract: "Makes the keys that are missing; keeps those there are."
        )
        @OptionGroup var state: StateDirectory

        func run() async throws {
            try FileManager.default.createDirectory(
                at: state.keys, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            try make(state.masterKey) { "development \(Self.randomKey())\n" }
            try make(state.calendarKey) { Self.randomKey() + "\n" }
            try make(state.privateKey) { P256.Signing.PrivateKey().pemRepresentation + "\n" }
            let key = try P256.Signing.PrivateKey(
                pemRepresentation: String(contentsOf: state.privateKey, encoding: .utf8))
            let point = key.publicKey.x963Representation.dropFirst()
            let jwks = """
                {"keys":[{"kty":"EC","use":"sig","alg":"ES256","kid":"\(Dev.keyID)","crv":"P-256",\
                "x":"\(point.prefix(32).base64URL)","y":"\(point.suffix(32).base64URL)"}]}

                """
            try Data(jwks.utf8).write(to: state.jwks, options: .atomic)
            Console.note("Keys are in \(state.keys.path()).")
        }

        /// 32 bytes in base64.
        private static func randomKey() -> String {
            SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }.base64EncodedString()
        }

        private func make(_ file: URL, _ content: () -> String) throws {
            guard !FileManager.default.fileExists(atPath: file.path()) else { return }
            let made = FileManager.default.createFile(
                atPath: file.path(), contents: Data(content().utf8),
                attributes: [.posixPermissions: 0o600])
            guard made else { throw Console.fail("cannot write \(file.path())", Exit.inputOutput) }
        }
    }

    struct Token: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a bearer token for a tenant, signed with the development key.")
        @OptionGroup var state: StateDirectory
        @OptionGroup var database: DatabaseOptions
        @Option(help: "The tenant's name.") var tenant: String
        @Option(help: "Whose token: the actor in every event.") var subject = "developer"
        @Option(help: "prescriber, nurse, pharmacist, administrator or system.") var role =
            "prescriber"
        @Option(help: "Scopes, separated by spaces; default: all.") var scope: String?
        @Option(help: "How long it is valid; hours.") var hours = 24 * 30

        func run() async throws {
            try await Failing.run {
                let tenant = try await Tenants.find(self.tenant, in: try database.pool(maximum: 1))
                let pem = try String(contentsOf: state.privateKey, encoding: .utf8)
                let keys = JWTKeyCollection()
                await keys.add(
                    ecdsa: try ES256PrivateKey(pem: pem), kid: JWKIdentifier(string: Dev.keyID))
                let now = Date()
                let payload = DevelopmentToken(
                    iss: Environment.value("FERROVIA_JWT_ISSUER") ?? "ferrovia-development",
                    aud: Environment.value("FERROVIA_JWT_AUDIENCE") ?? "ferrovia", sub: subject,
                    tenant: tenant.description, role: role,
                    scope: scope ?? Scope.allCases.map(\.rawValue).joined(separator: " "),
                    iat: Int(now.timeIntervalSince1970),
                    exp: Int(now.timeIntervalSince1970) + hours * 3_600)
                Console.out(try await keys.sign(payload, kid: JWKIdentifier(string: Dev.keyID)))
            }
        }
    }
}

private struct DevelopmentToken: JWTPayload {
    let iss: String
    let aud: String
    let sub: String
    let tenant: String
    let role: String
    let scope: String
    let iat: Int
    let exp: Int

    func verify(using algorithm: some JWTAlgorithm) async throws {
        // Signed here and verified by the service.
    }
}

extension Sequence<UInt8> {
    fileprivate var base64URL: String {
        Data(self).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }
}
