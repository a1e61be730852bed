import HTTPTypes
public import InfusionApplication

/// Turns a bearer token into the actor it speaks for.
public protocol Authenticating: Sendable {
    /// - Parameter token: the text after `Bearer `.
    func actor(for token: String) async throws(TokenFailure) -> Actor
}

/// Why a token is not accepted. Told to the caller in two kinds only, and logged in full: what exactly is
/// wrong with a forged token is nobody's business.
public enum TokenFailure: Error, Hashable, Sendable {
    case malformed
    /// Another algorithm than RS256, ES256 and EdDSA.
    case algorithmNotAllowed
    case unknownKey
    case signatureInvalid
    case expired
    case notYetValid
    case wrongIssuer
    case wrongAudience
    /// A claim that is missing or not what it should be.
    case claim(String)
    /// There is no key to check with.
    case noKeys
}

extension TokenFailure {
    var code: ProblemCode {
        switch self {
        case .expired: .tokenExpired
        case .malformed, .algorithmNotAllowed, .unknownKey, .signatureInvalid, .notYetValid,
            .wrongIssuer, .wrongAudience, .claim, .noKeys:
            .tokenInvalid
        }
    }

    /// For the log; no part of the token.
    var reason: String {
        switch self {
        case .malformed: "malformed"
        case .algorithmNotAllowed: "algorithm-not-allowed"
        case .unknownKey: "unknown-key"
        case .signatureInvalid: "signature-invalid"
        case .expired: "expired"
        case .notYetValid: "not-yet-valid"
        case .wrongIssuer: "wrong-issuer"
        case .wrongAudience: "wrong-audience"
        case .claim(let name): "claim-\(name)"
        case .noKeys: "no-keys"
        }
    }
}

extension HTTPFields {
    /// The text after `Bearer `; `nil` for any other scheme, and for none.
    var bearerToken: String? { bearerToken(in: .authorization) }

    func bearerToken(in name: HTTPField.Name) -> String? {
        let parts = (self[name] ?? "").split(
            separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else {
            return nil
        }
        return String(parts[1])
    }
}

extension Problem {
    init(token failure: TokenFailure) {
        self.init(failure.code)
        self = self.with(.wwwAuthenticate, "Bearer error=\"invalid_token\"")
    }

    static var tokenMissing: Problem {
        Problem(.tokenMissing, detail: "Authorization: Bearer <token>")
            .with(.wwwAuthenticate, "Bearer")
    }
}
