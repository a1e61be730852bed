import EventStore
import Foundation
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionWire

/// What a command's request comes down to.
struct Instruction: Sendable {
    let target: CommandTarget
    let command: PatientCommand
    /// The things it makes, in the order of the body.
    var created: [Creation] = []
    /// Where the first of them is to be found, if anywhere.
    var location: String?
}

/// A thing that a command makes, and its id.
struct Creation: Hashable, Sendable {
    let kind: String
    let id: UUID
    init(_ kind: String, _ id: UUID) {
        self.kind = kind
        self.id = id
    }
}

/// A command's call: its key is known.
struct CommandCall: Sendable {
    let call: Call
    let actor: Actor
    let key: CommandKey
    /// Who signed second, where the route takes one and somebody did.
    var coSigner: Actor?

    func id<Subject>(
        _ type: Identifier<Subject>.Type = Identifier<Subject>.self
    ) throws(Problem) -> Identifier<Subject> { try call.id(type) }

    /// The id the client sent, else one derived from the key, the same for every retry.
    func newID<Subject>(
        _ sent: Identifier<Subject>?, _ kind: String, index: Int = 0
    ) -> Identifier<Subject> {
        sent ?? key.derivedID(kind, index: index)
    }
}

extension Endpoint {
    /// A command: key, body, one call of the use cases, a receipt.
    static func command<Body: WireBody>(
        _ template: String, scope: Scope, body: Body.Type, takesCoSigner: Bool = false,
        _ instruct: @escaping @Sendable (CommandCall, Body) throws -> Instruction
    ) -> Endpoint {
        Endpoint(
            method: .post, template: template, access: .token(scope), kind: .command,
            queryParameters: [], members: Body.members, takesCoSigner: takesCoSigner
        ) { call, actor in
            guard let actor else { throw Problem.tokenMissing }
            let key = try call.commandKey(of: actor)
            let expected = try call.expectedVersion()
            let coSigner =
                try await takesCoSigner ? call.coSigner(of: actor) : nil
            let command = CommandCall(call: call, actor: actor, key: key, coSigner: coSigner)
            let instruction = try instruct(command, try call.read(body))
            let request = CommandRequest(
                actor: actor, commandID: key.commandID,
                fingerprint: CommandKey.fingerprint(
                    method: call.method, path: call.path, body: call.body,
                    coSigner: coSigner?.subject),
                correlationID: call.correlationID, expectedVersion: expected,
                target: instruction.target, command: instruction.command)
            let receipt: CommandReceipt
            do throws(ApplicationError) {
                receipt = try await call.useCases.handle(request)
            } catch {
                // Looked for where a visit was refused, and only then.
                guard
                    let others = await call.useCases.alternatives(to: request, refused: error)
                else { throw error }
                throw RefusedVisit(error: error, alternatives: others)
            }
            call.edge.metrics.accepted(receipt)
            return reply(receipt, instruction)
        }
    }

    private static func reply(_ receipt: CommandReceipt, _ instruction: Instruction) -> Reply {
        var reply = Reply(
            receipt.json(created: instruction.created),
            status: instruction.created.isEmpty ? .ok : .created, position: receipt.position
        ).with(version: receipt.version)
        if let location = instruction.location { reply = reply.with(.location, location) }
        return receipt.replayed ? reply.with(.idempotencyReplayed, "true") : reply
    }
}

extension Call {
    func commandKey(of actor: Actor) throws(Problem) -> CommandKey {
        guard let header = headers[.idempotencyKey] else { throw Problem(.idempotencyKeyMissing) }
        guard let key = CommandKey(header, tenant: actor.tenant) else {
            throw Problem(.idempotencyKeyInvalid)
        }
        return key
    }

    /// The body as JSON; none at all is an empty object.
    func read<Body: WireBody>(_ type: Body.Type) throws(Problem) -> Body {
        let json: JSON
        if body.isEmpty {
            json = .object([])
        } else {
            do { json = try JSON(reading: body) } catch {
                throw Problem(.malformedJSON, detail: error.description)
            }
        }
        do { return try ObjectReader.read(type, from: json) } catch { throw Problem(fields: error) }
    }
}
