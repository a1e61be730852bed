import EventStore
import Foundation
import Infusion
import InfusionApplication
import JWTKit

/// What a token says. Signature and header are checked before any of it is believed.
struct TokenClaims: JWTPayload {
    let sub: String?
    let tenant: String?
    let role: String?
    let scope: ScopeClaim?
    let iss: String?
    let aud: AudienceList?
    let exp: Double?
    let nbf: Double?

    /// Claims are judged by ``actor(at:issuer:audience:)``, which knows the clock and the configuration.
    func verify(using algorithm: some JWTAlgorithm) async throws {}

    /// Clocks that differ by no more than this are not a reason to refuse; seconds.
    static let leeway: Double = 30

    func actor(
        at now: Double, issuer: String, audience: String
    ) throws(TokenFailure) -> Actor {
        guard let exp else { throw .claim("exp") }
        guard now < exp + Self.leeway else { throw .expired }
        if let nbf, now < nbf - Self.leeway { throw .notYetValid }
        guard iss == issuer else { throw .wrongIssuer }
        guard aud?.values.contains(audience) == true else { throw .wrongAudience }
        guard let sub, (1...InfusionLimits.signerCharacters).contains(sub.count) else {
            throw .claim("sub")
        }
        guard let tenant = tenant.flatMap({ TenantID($0) }) else { throw .claim("tenant") }
        guard let role = role.flatMap({ ClinicalRole(rawValue: $0) }) else { throw .claim("role") }
        // Scopes of other services may stand beside ours; they allow nothing here.
        let scopes = Set((scope?.values ?? []).compactMap { Scope(rawValue: $0) })
        return Actor(subject: sub, tenant: tenant, role: role, scopes: scopes)
    }
}

/// `scope`: names with spaces between (RFC 9068), or an array of them.
struct ScopeClaim: Codable, Sendable {
    let values: [String]
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            values = text.split(separator: " ").map(String.init)
        } else {
            values = try container.decode([String].self)
        }
    }
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values.joined(separator: " "))
    }
}

/// `aud`: one name or several.
struct AudienceList: Codable, Sendable {
    let values: [String]
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            values = [text]
        } else {
            values = try container.decode([String].self)
        }
    }
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }
}
