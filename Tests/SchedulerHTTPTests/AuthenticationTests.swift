import Foundation
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionWire
import JWTKit
import Logging
import Synchronization
import Testing

@testable import SchedulerHTTP

/// Tokens against a key file, with keys made here.
@Suite struct AuthenticationTests {
    static let now = Samples.instant
    static let seconds = Double(now.microsecondsSinceUnixEpoch) / 1_000_000

    struct Claims: JWTPayload {
        var sub: String? = "dr-bianchi"
        var tenant: String? = Samples.tenantText
        var role: String? = "prescriber"
        var scope: String? = "patient.read openid order.write"
        var iss: String? = "https://issuer.test"
        var aud: [String]? = ["other", "ferrovia"]
        var exp: Double? = AuthenticationTests.seconds + 600
        var nbf: Double?
        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    /// A key file and the keys behind it.
    struct KeyFile {
        let path: String
        let elliptic = ES256PrivateKey()
        let edwards: EdDSA.PrivateKey
        let rsa: Insecure.RSA.PrivateKey
        let signers = JWTKeyCollection()

        init() async throws {
            path = FileManager.default.temporaryDirectory
                .appending(path: "jwks-\(UUID().uuidString).json").path(percentEncoded: false)
            edwards = try EdDSA.PrivateKey(curve: .ed25519)
            rsa = try Insecure.RSA.PrivateKey(pem: TestKeys.rsa)
            await signers.add(ecdsa: elliptic, kid: "es")
            await signers.add(eddsa: edwards, kid: "ed")
            await signers.add(rsa: rsa, digestAlgorithm: .sha256, kid: "rs")
            try write(["es", "ed", "rs"])
        }

        func write(_ kids: [String]) throws {
            let point = elliptic.publicKey.parameters
            let primitives = try rsa.publicKey.getKeyPrimitives()
            let known: [String: JSON] = [
                "es": [
                    "kty": "EC", "crv": "P-256", "kid": "es", "use": "sig", "alg": "ES256",
                    "x": .string(point?.x ?? ""), "y": .string(point?.y ?? ""),
                ],
                "ed": [
                    "kty": "OKP", "crv": "Ed25519", "kid": "ed",
                    "x": .string(Self.base64URL(edwards.publicKey.rawRepresentation)),
                ],
                "rs": [
                    "kty": "RSA", "kid": "rs", "n": .string(Self.base64URL(primitives.modulus)),
                    "e": .string(Self.base64URL(primitives.publicExponent)),
                ],
            ]
            let foreign: [JSON] = [
                ["kty": "oct", "kid": "shared", "k": "c2VjcmV0"],
                [
                    "kty": "RSA", "kid": "enc", "use": "enc", "alg": "RSA-OAEP", "n": "AQAB",
                    "e": "AQAB",
                ],
            ]
            let set: JSON = ["keys": .array(kids.compactMap { known[$0] } + foreign)]
            try Data(set.bytes).write(to: URL(filePath: path), options: .atomic)
        }

        static func base64URL(_ data: Data) -> String {
            data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
        }

        func token(_ claims: Claims, kid: String, alg: String) async throws -> String {
            try await signers.sign(
                claims, kid: JWKIdentifier(string: kid), header: ["alg": .string(alg)])
        }

        func authenticator(
            now: @escaping @Sendable () -> Instant = { AuthenticationTests.now }
        ) async throws -> JWKSAuthenticator {
            try await JWKSAuthenticator(
                file: path, issuer: "https://issuer.test", audience: "ferrovia",
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: now)
        }
    }

    @Test(arguments: [("es", "ES256"), ("ed", "EdDSA"), ("rs", "RS256")])
    func `a token of each algorithm is accepted`(_ kid: String, _ algorithm: String) async throws {
        let file = try await KeyFile()
        let authenticator = try await file.authenticator()
        let token = try await file.token(Claims(), kid: kid, alg: algorithm)
        for _ in 1...2 {
            let actor = try await authenticator.actor(for: token)
            #expect(actor.subject == "dr-bianchi")
            #expect(actor.tenant == Samples.tenant)
            #expect(actor.role == .prescriber)
            #expect(actor.scopes == [.patientRead, .orderWrite])
        }
    }

    static let refused: [(TokenFailure, Claims)] = [
        (.expired, Claims(exp: seconds - 31)), (.notYetValid, Claims(nbf: seconds + 31)),
        (.wrongIssuer, Claims(iss: "https://elsewhere.test")), (.wrongIssuer, Claims(iss: nil)),
        (.wrongAudience, Claims(aud: ["other"])), (.wrongAudience, Claims(aud: nil)),
        (.claim("exp"), Claims(exp: nil)), (.claim("sub"), Claims(sub: nil)),
        (.claim("tenant"), Claims(tenant: "clinic")), (.claim("role"), Claims(role: "king")),
    ]

    @Test(arguments: refused.indices) func `claims are judged`(_ index: Int) async throws {
        let (failure, claims) = Self.refused[index]
        let file = try await KeyFile()
        let authenticator = try await file.authenticator()
        let token = try await file.token(claims, kid: "es", alg: "ES256")
        await #expect(throws: failure) { _ = try await authenticator.actor(for: token) }
    }

    @Test func `a remembered token expires all the same`() async throws {
        let file = try await KeyFile()
        let clock = Mutex(Self.now)
        let authenticator = try await file.authenticator { clock.withLock { $0 } }
        let token = try await file.token(Claims(), kid: "es", alg: "ES256")
        _ = try await authenticator.actor(for: token)
        clock.withLock { $0 = $0.adding(minutes: 11) }
        await #expect(throws: TokenFailure.expired) {
            _ = try await authenticator.actor(for: token)
        }
    }

    @Test func `a forged token is refused`() async throws {
        let file = try await KeyFile()
        let other = try await KeyFile()
        let authenticator = try await file.authenticator()
        let forged = try await other.token(Claims(), kid: "es", alg: "ES256")
        await #expect(throws: TokenFailure.signatureInvalid) {
            _ = try await authenticator.actor(for: forged)
        }
        let good = try await file.token(Claims(), kid: "es", alg: "ES256")
        let parts = good.split(separator: ".").map(String.init)
        let headers: [(String, TokenFailure)] = [
            (#"{"alg":"none","kid":"es"}"#, .algorithmNotAllowed),
            (#"{"alg":"HS256","kid":"es"}"#, .algorithmNotAllowed),
            (#"{"alg":"RS256","kid":"es"}"#, .algorithmNotAllowed),
            (#"{"alg":"ES256","kid":"nobody"}"#, .unknownKey), (#"{"alg":"ES256"}"#, .unknownKey),
            (#"{"alg":"ES256","kid":"es","crit":["x"]}"#, .malformed), ("[]", .malformed),
        ]
        for (header, failure) in headers {
            let token =
                "\(KeyFile.base64URL(Data(header.utf8))).\(parts[1]).\(parts[2])"
            await #expect(throws: failure, "\(header)") {
                _ = try await authenticator.actor(for: token)
            }
        }
        for token in ["", "a.b", "a.b.c", "....", String(repeating: "x", count: 9_000)] {
            await #expect(throws: TokenFailure.malformed) {
                _ = try await authenticator.actor(for: token)
            }
        }
    }

    @Test func `the file is read again when it has changed`() async throws {
        let file = try await KeyFile()
        let clock = Mutex(Self.now)
        let authenticator = try await file.authenticator { clock.withLock { $0 } }
        let token = try await file.token(Claims(), kid: "es", alg: "ES256")
        _ = try await authenticator.actor(for: token)
        try file.write(["ed"])
        clock.withLock { $0 = $0.adding(seconds: 6) }
        await #expect(throws: TokenFailure.unknownKey) {
            _ = try await authenticator.actor(for: token)
        }
        try Data("{".utf8).write(to: URL(filePath: file.path))
        await authenticator.reload()
        let other = try await file.token(Claims(), kid: "ed", alg: "EdDSA")
        _ = try await authenticator.actor(for: other)
    }

    @Test(arguments: ["", "{}", #"{"keys":[]}"#, #"{"keys":[{"kty":"oct","kid":"a","k":"AA"}]}"#])
    func `a file without a usable key stops the start`(_ text: String) async throws {
        let file = try await KeyFile()
        try Data(text.utf8).write(to: URL(filePath: file.path))
        await #expect(throws: (any Error).self) { _ = try await file.authenticator() }
    }

    @Test(arguments: ["Basic abc", "Bearer", "Bearer ", "bearer a b", "everything"])
    func `another scheme is no token`(_ header: String) async throws {
        try await withAPI { api in
            let answer = try await api.send(
                .get, ProblemTests.patient, token: nil, headers: ["Authorization": header])
            #expect(answer.code == "token-missing")
        }
    }

    @Test func `every route under v1 asks for a token and its scope`() async throws {
        try await withAPI { api in
            for endpoint in SchedulerAPI.endpoints {
                let path = endpoint.template.replacing("{id}", with: Samples.patient.description)
                let without = try await api.send(endpoint.method, path, token: nil)
                let unscoped = try await api.send(endpoint.method, path, token: "nothing")
                switch endpoint.access {
                case .open: #expect(without.status == 200, "\(path)")
                case .token(let scope), .tokenOrLink(let scope):
                    #expect(without.status == 401, "\(path)")
                    #expect(unscoped.json["neededScope"] == .string(scope.rawValue), "\(path)")
                }
            }
        }
    }
}
