import EventStore
import Foundation
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// The second signature of an override is the second person's own token.
@Suite struct CoSigningTests {
    static let body = Bodies.all.first { $0.path == "/v1/overrides" }?.text ?? ""

    /// - Parameter second: the value of `Ferrovia-Co-Signer`; `nil` sends none.
    static func override(
        _ api: API, second: String?, key: String = UUID().uuidString,
        body: String = CoSigningTests.body
    ) async throws -> Answer {
        try await api.command(
            "/v1/overrides", body, key: key,
            headers: second.map { ["Ferrovia-Co-Signer": $0] } ?? [:])
    }

    private func granted(_ api: API) -> OverrideGate? {
        guard case .overrideGate(let granted) = api.stub.lastCommand else { return nil }
        return granted
    }

    @Test(arguments: ["Bearer second", "bearer second"])
    func `the co-signer is the subject of the second token`(_ header: String) async throws {
        try await withAPI { api in
            let answer = try await Self.override(api, second: header)
            #expect(answer.status == 201, "\(answer.text)")
            #expect(granted(api)?.coSigner == "dr-verdi")
            // The command is the first person's.
            #expect(granted(api)?.role == .nurse)
            #expect(api.stub.requests.last?.actor.subject == "nurse-7")
        }
    }

    @Test func `nobody need sign second as far as the edge is concerned`() async throws {
        try await withAPI { api in
            let answer = try await Self.override(api, second: nil)
            #expect(answer.status == 201)
            #expect(granted(api) != nil)
            #expect(granted(api)?.coSigner == nil)
        }
    }

    @Test func `one's own token twice is the domain's to refuse`() async throws {
        try await withAPI { api in
            _ = try await Self.override(api, second: "Bearer everything")
            #expect(granted(api)?.coSigner == api.stub.requests.last?.actor.subject)
        }
    }

    @Test(arguments: [
        ("Bearer forged", ProblemCode.coSignerTokenInvalid), ("forged", .coSignerTokenInvalid),
        ("", .coSignerTokenInvalid), ("Basic c2Vjb25k", .coSignerTokenInvalid),
        ("Bearer elsewhere", .coSignerTokenInvalid), ("Bearer expired", .coSignerTokenExpired),
        ("Bearer second-reader", .coSignerScopeMissing),
    ])
    func `a second token that does not do is told apart from the first`(
        _ header: String, _ code: ProblemCode
    ) async throws {
        try await withAPI { api in
            let answer = try await Self.override(api, second: header)
            #expect(answer.code == code.rawValue, "\(answer.text)")
            #expect(answer.status == code.status)
            #expect(answer.json["detail"]?.string?.contains("Ferrovia-Co-Signer") == true)
            #expect(answer.header("WWW-Authenticate")?.contains("Ferrovia-Co-Signer") == true)
            #expect(api.stub.requests.isEmpty)
        }
    }

    @Test func `the first token is looked at before the second`() async throws {
        try await withAPI { api in
            let answer = try await api.send(
                .post, "/v1/overrides", body: Self.body, token: "forged", key: "k",
                headers: ["Ferrovia-Co-Signer": "Bearer second"])
            #expect(answer.code == "token-invalid")
        }
    }

    @Test(arguments: ["forged-4711", "expired", "second", "second-reader", "elsewhere"])
    func `a second token stands in no answer, line or metric`(_ token: String) async throws {
        try await withAPI { api in
            let answer = try await Self.override(api, second: "Bearer \(token)")
            let metrics = try await api.get("/metrics").text
            let told = [answer.text, api.log.text, metrics]
            #expect(!api.log.text.isEmpty)
            for text in told { #expect(!text.contains("Bearer \(token)")) }
            for text in told where token == "forged-4711" { #expect(!text.contains(token)) }
        }
    }

    @Test func `a name in the body is refused, and the header named`() async throws {
        try await withAPI { api in
            for name in [#""dr-verdi""#, "null"] {
                let body = Self.body.dropLast() + #","coSigner":\#(name)}"#
                let answer = try await Self.override(api, second: nil, body: String(body))
                #expect(answer.code == "invalid-body", "\(answer.text)")
                let errors = answer.json["errors"]?.elements ?? []
                #expect(errors.count == 1)
                #expect(errors.first?["pointer"] == "/coSigner")
                let accepted = errors.first?["accepted"]?.string
                #expect(accepted?.contains("Ferrovia-Co-Signer") == true)
            }
            #expect(api.stub.requests.isEmpty)
        }
    }

    @Test func `the same words under another's signature are another request`() async throws {
        try await withAPI { api in
            _ = try await Self.override(api, second: "Bearer second", key: "k")
            let again = try await Self.override(api, second: "Bearer second", key: "k")
            #expect(again.header("Idempotency-Replayed") == "true")
            for second in [nil, "Bearer everything"] {
                let other = try await Self.override(api, second: second, key: "k")
                #expect(other.code == "idempotency-key-reused")
            }
        }
    }

    /// What lifts a block is signed for as an override is: the routes, what they are sent, and who answers for it.
    static let lifting: [(path: String, body: String)] = [
        ("/v1/reactions/\(Samples.reaction)/regrade", #"{"grade":1\#(signed)}"#),
        ("/v1/orders/\(Samples.order)/release", "{\(signed.dropFirst())}"),
        (
            "\(ProblemTests.patient)/context",
            #"{"contexts":[],"effectiveAt":"2026-03-02T08:00:00Z"\#(signed)}"#
        ),
    ]
    static let signed =
        #","reason":"specialistAdvice","justification":"Tryptase normal; allergist agrees.""#

    private func given(_ api: API) -> GivenSignOff? {
        switch api.stub.lastCommand {
        case .regradeReaction(_, to: _, let signOff): signOff
        case .releaseOrder(_, let signOff): signOff
        case .setClinicalContext(_, facts: _, at: _, let signOff): signOff
        default: nil
        }
    }

    @Test(arguments: lifting)
    func `what lifts a block is signed for by two tokens`(_ path: String, _ body: String)
        async throws
    {
        try await withAPI { api in
            let answer = try await api.command(
                path, body, headers: ["Ferrovia-Co-Signer": "Bearer second"])
            #expect(answer.status == 200, "\(answer.text)")
            let signOff = given(api)
            #expect(signOff?.reason == .specialistAdvice)
            #expect(signOff?.justification == "Tryptase normal; allergist agrees.")
            #expect(signOff?.role == .nurse)
            #expect(signOff?.coSigner == "dr-verdi")
            let alone = try await api.command(path, body)
            #expect(alone.status == 200, "\(alone.text)")
            let first = given(api)
            #expect(first?.reason == .specialistAdvice)
            #expect(first?.coSigner == nil)
        }
    }

    @Test(arguments: lifting)
    func `a second token that may not override signs for nothing`(_ path: String, _ body: String)
        async throws
    {
        try await withAPI { api in
            let answer = try await api.command(
                path, body, headers: ["Ferrovia-Co-Signer": "Bearer second-reader"])
            #expect(answer.code == ProblemCode.coSignerScopeMissing.rawValue, "\(answer.text)")
            #expect(answer.json["neededScope"] == "override.write")
            #expect(api.stub.requests.isEmpty)
        }
    }

    @Test(arguments: lifting)
    func `a reason and its justification come together`(_ path: String, _ body: String)
        async throws
    {
        try await withAPI { api in
            let reason = #","justification":"Tryptase normal; allergist agrees.""#
            let justification = #""reason":"specialistAdvice","#
            for missing in [reason, justification] {
                let answer = try await api.command(path, body.replacing(missing, with: ""))
                #expect(answer.code == "invalid-body", "\(answer.text)")
            }
            #expect(api.stub.requests.isEmpty)
        }
    }

    @Test(arguments: lifting)
    func `what lifts no block needs nobody to answer for it`(_ path: String, _ body: String)
        async throws
    {
        try await withAPI { api in
            let answer = try await api.command(
                path,
                body.replacing(Self.signed, with: "")
                    .replacing(Self.signed.dropFirst(), with: ""))
            #expect(answer.status == 200, "\(answer.text)")
            #expect(api.stub.lastCommand != nil)
            #expect(given(api) == nil)
        }
    }

    @Test
    func `who signed second is part of the fingerprint, and nothing else can be taken for it`() {
        func fingerprint(_ body: String, _ coSigner: String?) -> [UInt8] {
            CommandKey.fingerprint(
                method: "POST", path: "/v1/overrides", body: Array(body.utf8), coSigner: coSigner)
        }
        let all = [
            fingerprint("{}", nil), fingerprint("{}", "a"), fingerprint("{}", "b"),
            fingerprint("{}", ""), fingerprint("\n{}", "a"), fingerprint("{}", "a\n"),
        ]
        #expect(Set(all).count == all.count)
    }
}
