import Foundation
import InfusionJournal
import InfusionWire
import JWTKit

/// The public keys of a JWKS document that tokens are checked with.
struct KeySet: Sendable {
    /// Signatures with a public key only; `none` and shared secrets are out of the question.
    static let algorithms: [String: JWK.KeyType] = [
        "RS256": .rsa, "ES256": .ecdsa, "EdDSA": .octetKeyPair,
    ]

    let keys: JWTKeyCollection
    private let typeByID: [String: JWK.KeyType]
    /// Keys for other purposes, or of kinds not used here.
    let ignored: Int

    var count: Int { typeByID.count }

    /// - Throws: `JSONError`, or ``KeySetProblem`` when no key is usable.
    init(json: [UInt8]) async throws {
        guard case .object(let members) = try JSON(reading: json),
            case .array(let entries)? = members.first(where: { $0.name == "keys" })?.value
        else { throw KeySetProblem.notAKeySet }
        let keys = JWTKeyCollection()
        var types: [String: JWK.KeyType] = [:]
        var ignored = 0
        for entry in entries {
            guard let key = Self.usable(entry), let id = key.keyIdentifier?.string,
                types[id] == nil
            else {
                ignored += 1
                continue
            }
            do {
                try await keys.add(jwk: key)
                types[id] = key.keyType
            } catch {
                ignored += 1
            }
        }
        guard !types.isEmpty else { throw KeySetProblem.noUsableKey }
        self.keys = keys
        self.ignored = ignored
        typeByID = types
    }

    /// A key for checking signatures, with its algorithm pinned to the one its type is used with here.
    private static func usable(_ entry: JSON) -> JWK? {
        guard var key = try? JSONDecoder().decode(JWK.self, from: Data(entry.bytes)) else {
            return nil
        }
        guard let algorithm = algorithms.first(where: { $0.value == key.keyType })?.key,
            let pinned = JWK.Algorithm(rawValue: algorithm)
        else { return nil }
        if let stated = key.algorithm, stated != pinned { return nil }
        if case .object(let members) = entry,
            let use = members.first(where: { $0.name == "use" })?.value, use != "sig"
        {
            return nil
        }
        key.algorithm = pinned
        return key
    }

    /// Whether the header names a key of ours and the algorithm that this key is used with.
    func check(header: JSON) throws(TokenFailure) {
        guard case .object(let members) = header else { throw .malformed }
        let fields = Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
        // An extension that must be understood and is not known: RFC 7515 asks to refuse.
        guard fields["crit"] == nil else { throw .malformed }
        guard case .string(let algorithm)? = fields["alg"], let type = Self.algorithms[algorithm]
        else { throw .algorithmNotAllowed }
        guard case .string(let id)? = fields["kid"], let known = typeByID[id] else {
            throw .unknownKey
        }
        guard known == type else { throw .algorithmNotAllowed }
    }
}

enum KeySetProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case notAKeySet
    case noUsableKey

    var description: String {
        switch self {
        case .notAKeySet: "not a JSON Web Key Set"
        case .noUsableKey: "no key with a kid, for signatures, with RS256, ES256 or EdDSA"
        }
    }
}
