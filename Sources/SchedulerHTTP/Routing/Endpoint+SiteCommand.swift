import HTTPTypes
import Infusion
import InfusionApplication

extension CommandCall {
    /// The name the client sent, else one derived from the key, the same for every retry.
    func entry(_ sent: SiteEntryID?, _ kind: String) -> SiteEntryID {
        if let sent { return sent }
        let derived: Identifier<SiteEntryKind> = key.derivedID(kind)
        return SiteEntryID(derived.description)
    }
}

extension Endpoint {
    /// A command for the site in the path: key, body, one call of the use cases, a receipt.
    static func siteCommand<Body: WireBody>(
        _ template: String, body: Body.Type,
        _ instruct: @escaping @Sendable (CommandCall, Body) throws -> SiteCommand
    ) -> Endpoint {
        Endpoint(
            method: .post, template: template, access: .token(.siteWrite), kind: .command,
            queryParameters: [], members: Body.members
        ) { call, actor in
            guard let actor else { throw Problem.tokenMissing }
            let key = try call.commandKey(of: actor)
            let expected = try call.expectedVersion()
            let site = try call.site()
            let command = try instruct(
                CommandCall(call: call, actor: actor, key: key), try call.read(body))
            let receipt = try await call.sites.handle(
                SiteRequest(
                    actor: actor, commandID: key.commandID,
                    fingerprint: CommandKey.fingerprint(
                        method: call.method, path: call.path, body: call.body),
                    correlationID: call.correlationID, expectedVersion: expected, site: site,
                    command: command))
            call.edge.metrics.accepted(receipt)
            let reply = Reply(receipt.json, position: receipt.position)
                .with(version: receipt.version)
            return receipt.replayed ? reply.with(.idempotencyReplayed, "true") : reply
        }
    }
}
