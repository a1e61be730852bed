import Crypto
import Foundation
public import Infusion
public import InfusionApplication
import InfusionWire
import JWTKit
public import Logging
import Synchronization

/// Checks bearer tokens against the keys of a JWKS file.
///
/// 1. The header decides nothing: only RS256, ES256 and EdDSA, only keys that the file names, and each key
///    with one algorithm.
/// 2. The file is read again when it has changed (looked at, at most, every few seconds) or when
///    ``reload()`` is called (SIGHUP). A file that cannot be read leaves the keys as they were.
/// 3. A token that was checked is remembered by its digest until it expires or the keys change, so that
///    its signature is not computed for every request of a session.
public final class JWKSAuthenticator: Authenticating {
    /// How often the file is looked at, at most.
    static let checkInterval: Double = 5
    /// Tokens remembered, more than there may be subscribers, whose tokens are looked at all the time;
    /// when full, all are forgotten and checked again.
    static let rememberedMaximum = 4_096
    /// Longer ones are refused unread; bytes.
    static let tokenBytesMaximum = 8_192

    private struct Remembered {
        let claims: TokenClaims
    }
    private struct State {
        var keys: KeySet
        var stamp: FileStamp?
        var checkedAt: Double
        var remembered: [SHA256Digest: Remembered] = [:]
    }

    private let path: String
    private let issuer: String
    private let audience: String
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private let state: Mutex<State>

    /// - Throws: when the file cannot be read or holds no usable key; the message is fit for an operator.
    public init(
        file path: String, issuer: String, audience: String, logger: Logger,
        now: @escaping @Sendable () -> Instant
    ) async throws {
        self.path = path
        self.issuer = issuer
        self.audience = audience
        self.logger = logger
        self.now = now
        let stamp = FileStamp(path)
        let keys = try await Self.load(path)
        state = Mutex(State(keys: keys, stamp: stamp, checkedAt: Self.seconds(now())))
    }

    public func actor(for token: String) async throws(TokenFailure) -> Actor {
        guard token.utf8.count <= Self.tokenBytesMaximum else { throw .malformed }
        let instant = Self.seconds(now())
        await reloadIfChanged(at: instant)
        let digest = SHA256.hash(data: Data(token.utf8))
        let (keys, known) = state.withLock { ($0.keys, $0.remembered[digest]) }
        if let known {
            return try known.claims.actor(at: instant, issuer: issuer, audience: audience)
        }
        let claims = try await verify(token, with: keys)
        let actor = try claims.actor(at: instant, issuer: issuer, audience: audience)
        state.withLock { state in
            if state.remembered.count >= Self.rememberedMaximum { state.remembered = [:] }
            state.remembered[digest] = Remembered(claims: claims)
        }
        return actor
    }

    private func verify(
        _ token: String, with keys: KeySet
    ) async throws(TokenFailure) -> TokenClaims {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Self.base64URLDecoded(parts[0]),
            let header = try? JSON(reading: bytes)
        else { throw .malformed }
        try keys.check(header: header)
        do {
            return try await keys.keys.verify(token, as: TokenClaims.self)
        } catch let error as JWTError {
            throw error.errorType == .signatureVerificationFailed ? .signatureInvalid : .malformed
        } catch {
            throw .signatureInvalid
        }
    }

    /// Reads the file now; on failure the keys stay and the reason is logged.
    public func reload() async {
        let stamp = FileStamp(path)
        do {
            let keys = try await Self.load(path)
            state.withLock { state in
                state.keys = keys
                state.stamp = stamp
                state.remembered = [:]
            }
            logger.info(
                "keys loaded", metadata: ["keys": "\(keys.count)", "ignored": "\(keys.ignored)"])
        } catch {
            state.withLock { $0.stamp = stamp }
            logger.error("keys not loaded, the ones before stay", metadata: ["reason": "\(error)"])
        }
    }

    private func reloadIfChanged(at instant: Double) async {
        let stamp = state.withLock { state -> FileStamp?? in
            guard instant - state.checkedAt >= Self.checkInterval else { return nil }
            state.checkedAt = instant
            return .some(state.stamp)
        }
        guard let stamp, FileStamp(path) != stamp else { return }
        await reload()
    }

    private static func load(_ path: String) async throws -> KeySet {
        try await KeySet(json: Array(try Data(contentsOf: URL(filePath: path))))
    }

    private static func seconds(_ instant: Instant) -> Double {
        Double(instant.microsecondsSinceUnixEpoch) / 1_000_000
    }

    private static func base64URLDecoded(_ text: Substring) -> [UInt8]? {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        return Data(base64Encoded: standard + padding).map(Array.init)
    }
}

/// What tells one state of a file from the next.
private struct FileStamp: Hashable, Sendable {
    let modified: Date
    let size: Int
    let number: Int

    init?(_ path: String) {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let modified = attributes[.modificationDate] as? Date,
            let size = attributes[.size] as? Int,
            let number = attributes[.systemFileNumber] as? Int
        else { return nil }
        self.modified = modified
        self.size = size
        self.number = number
    }
}
