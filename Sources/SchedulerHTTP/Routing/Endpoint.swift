import HTTPTypes
import InfusionApplication

/// One row of the table of routes. The table is the single source: the router, the answer to a wrong
/// method and the check of the OpenAPI document all read it.
struct Endpoint: Sendable {
    /// Who may call.
    enum Access: Hashable, Sendable {
        /// Anybody: the document, health, metrics.
        case open
        case token(Scope)
        /// With a token, or by a link that was signed for what is asked; see ``CalendarLinks``.
        case tokenOrLink(Scope)
    }
    /// A command's retry is harmless, and so must be its body: both need the key.
    enum Kind: Hashable, Sendable {
        case query
        /// A question that is put in a body, so that it stands in no URL.
        case queryWithBody
        case command
    }

    let method: HTTPRequest.Method
    /// As OpenAPI writes it: `/v1/patients/{id}/labs`.
    let template: String
    let access: Access
    let kind: Kind
    let queryParameters: Set<String>
    /// Where the body holds what the domain names in a refusal.
    var members: BodyMembers = [:]
    /// Whether a second person may sign it, by a token of their own; see ``Call/coSigner(of:)``.
    var takesCoSigner = false
    /// How long the caller asked to be kept waiting, on top of the time for the answer.
    var waits: @Sendable (Query, HTTPLimits) throws(Problem) -> Duration = { _, _ in .zero }
    let handle: @Sendable (Call, Actor?) async throws -> Reply

    /// A question to the log.
    static func query(
        _ template: String, scope: Scope, parameters: Set<String> = [],
        _ handle: @escaping @Sendable (Call, Actor) async throws -> Reply
    ) -> Endpoint {
        Endpoint(
            method: .get, template: template, access: .token(scope), kind: .query,
            queryParameters: parameters, handle: authenticated(handle))
    }

    /// A question that may come with a signed link in place of a token; the actor is `nil` then, and the
    /// handler looks at the link.
    static func feed(
        _ template: String, scope: Scope, parameters: Set<String>,
        _ handle: @escaping @Sendable (Call, Actor?) async throws -> Reply
    ) -> Endpoint {
        Endpoint(
            method: .get, template: template, access: .tokenOrLink(scope), kind: .query,
            queryParameters: parameters, handle: handle)
    }

    /// A question that names what no URL should hold.
    static func search<Body: WireBody>(
        _ template: String, scope: Scope, body: Body.Type,
        _ handle: @escaping @Sendable (Call, Actor, Body) async throws -> Reply
    ) -> Endpoint {
        Endpoint(
            method: .post, template: template, access: .token(scope), kind: .queryWithBody,
            queryParameters: [],
            handle: authenticated { call, actor in
                try await handle(call, actor, try call.read(body))
            })
    }

    /// What a prober or a browser asks without a token.
    static func open(
        _ template: String, _ handle: @escaping @Sendable (Call) async throws -> Reply
    ) -> Endpoint {
        Endpoint(
            method: .get, template: template, access: .open, kind: .query, queryParameters: []
        ) { call, _ in try await handle(call) }
    }

    private static func authenticated(
        _ handle: @escaping @Sendable (Call, Actor) async throws -> Reply
    ) -> @Sendable (Call, Actor?) async throws -> Reply {
        { call, actor in
            guard let actor else { throw Problem.tokenMissing }
            return try await handle(call, actor)
        }
    }

    /// Where a request of this endpoint has what a refusal is about.
    var refusedPlace: RefusedPlace {
        switch kind {
        case .query: .query
        case .queryWithBody, .command: .body(members)
        }
    }

    /// Whether `path` is one of this endpoint's, whatever the method.
    func matches(path: String) -> Bool {
        let ours = template.split(separator: "/")
        let theirs = path.split(separator: "/")
        guard ours.count == theirs.count else { return false }
        return zip(ours, theirs).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
    }
}
