import HTTPTypes
import InfusionApplication
import InfusionWire
import Logging

/// The second signature of a command: another person's own bearer token, in a header of the same request.
/// What the first person writes about a second one is no signature.
extension Call {
    /// Who signed second; `nil` where nobody did. Whether somebody has to, and who it may not be, is the
    /// domain's to say. The second token must allow overrides, whatever the first one is used for: a signature
    /// takes responsibility for what stood in the way.
    func coSigner(of first: Actor) async throws(Problem) -> Actor? {
        let scope = Scope.overrideWrite
        guard headers[.coSigner] != nil else { return nil }
        guard let token = headers.bearerToken(in: .coSigner) else {
            throw Problem(coSigner: .coSignerTokenInvalid)
        }
        let second: Actor
        do {
            second = try await edge.authenticator.actor(for: token)
        } catch {
            logger.info("second token refused", metadata: ["reason": "\(error.reason)"])
            throw Problem(
                coSigner: error.code == .tokenExpired
                    ? .coSignerTokenExpired : .coSignerTokenInvalid)
        }
        // Of another clinic it is told no more than of a forged one.
        guard second.tenant == first.tenant else {
            logger.info("second token refused", metadata: ["reason": "other-tenant"])
            throw Problem(coSigner: .coSignerTokenInvalid)
        }
        guard second.scopes.contains(scope) else {
            throw Problem(coSigner: .coSignerScopeMissing)
                .with("neededScope", .string(scope.rawValue))
        }
        return second
    }
}

extension Problem {
    /// About the token in `Ferrovia-Co-Signer`, and never about the one in `Authorization`.
    fileprivate init(coSigner code: ProblemCode) {
        self.init(code, detail: "Ferrovia-Co-Signer: Bearer <token of the second person>")
        let error = code == .coSignerScopeMissing ? "insufficient_scope" : "invalid_token"
        self = self.with(
            .wwwAuthenticate,
            "Bearer error=\"\(error)\", error_description=\"Ferrovia-Co-Signer\"")
    }
}
