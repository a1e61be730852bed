import EventStore
import Foundation
import HTTPTypes
import Hummingbird
import Infusion
import InfusionApplication
import InfusionWire
import Logging
import NIOCore

/// Carries one request through one endpoint: who asks, what the body is, in which time.
struct EndpointResponder: HTTPResponder {
    let endpoint: Endpoint
    let edge: Edge

    func respond(to request: Request, context: SchedulerContext) async throws -> Response {
        let actor = try await authenticate(request, logger: context.logger)
        let query = try Query(request.uri.query, known: endpoint.queryParameters)
        let share = actor.map { edge.bodies.share(of: $0.tenant) }
        let body = try await readBody(request, weighing: share)
        let call = Call(
            edge: edge, method: request.method.rawValue, path: request.uri.path,
            parameters: Dictionary(
                context.parameters.map { (String($0.key), String($0.value)) },
                uniquingKeysWith: { first, _ in first }),
            query: query, headers: request.headers, body: body,
            requestID: context.requestID.lowercased,
            correlationID: context.correlationID, logger: context.logger)
        let handle = endpoint.handle
        do {
            let keep: @Sendable (any Error) -> Bool = { Self.isAnswer($0) }
            let time = edge.limits.requestTime + (try endpoint.waits(query, edge.limits))
            // A question is left behind at once; a command may be on its way to the log.
            let last = endpoint.kind == .command ? max(time, edge.limits.commandTime) : time
            let reply = try await Deadline.run(for: time, atMost: last, keeping: keep) {
                // Until the answer is there, also where nobody waits for it any more.
                defer { extendLifetime(share) }
                return try await handle(call, actor)
            }
            return reply.response
        } catch is Deadline.Passed {
            throw Problem(.requestTimeout)
        } catch is Deadline.LeftBehind {
            throw failed(
                .store(EventLogError(.outcomeUnknown, "the log has not answered in time")))
        } catch let error as ApplicationError {
            throw failed(error)
        } catch let refused as RefusedVisit {
            let problem =
                failed(refused.error) as? Problem ?? Problem(application: refused.error)
            throw problem.with(alternatives: refused.alternatives)
        }
    }

    /// Counted, and with the places of the body that a refusal is about.
    private func failed(_ error: ApplicationError) -> any Error {
        edge.metrics.failed(error)
        switch error {
        case .refused(let refusal, let version, let position):
            return Problem(
                refusal: refusal, in: endpoint.refusedPlace, version: version, position: position)
        case .siteRefused(let refusal, let version, let position):
            return Problem(
                siteRefusal: refusal, in: endpoint.refusedPlace, version: version,
                position: position)
        case .forbidden, .notFound, .versionMismatch, .keyReused, .contended, .unavailable,
            .identifierTaken, .unknownSite, .beyondTheHead, .stillToCome, .store, .journal, .keys:
            return error
        }
    }

    /// After the deadline, only an unknown outcome and the domain's word are still told as they are.
    private static func isAnswer(_ error: any Error) -> Bool {
        switch error as? ApplicationError {
        case .store(let failure): failure.code == .outcomeUnknown
        case .refused, .siteRefused, .forbidden, .notFound, .versionMismatch, .keyReused,
            .identifierTaken,
            .unknownSite, .beyondTheHead, .stillToCome, .unavailable, .journal:
            true
        case .contended, .keys, nil: error is Problem || error is RefusedVisit
        }
    }

    private func authenticate(_ request: Request, logger: Logger) async throws -> Actor? {
        let scope: Scope
        switch endpoint.access {
        case .open: return nil
        case .token(let needed): scope = needed
        case .tokenOrLink(let needed):
            guard request.headers[.authorization] != nil else { return nil }
            scope = needed
        }
        guard let token = request.headers.bearerToken else { throw Problem.tokenMissing }
        let actor: Actor
        do {
            actor = try await edge.authenticator.actor(for: token)
        } catch {
            logger.info("token refused", metadata: ["reason": "\(error.reason)"])
            throw Problem(token: error)
        }
        guard actor.scopes.contains(scope) else { throw Problem(missing: scope) }
        return actor
    }

    /// - Parameter share: `nil` where anybody may ask; those questions have no body.
    private func readBody(
        _ request: Request, weighing share: BodyWeights.Share?
    ) async throws -> [UInt8] {
        guard endpoint.kind != .query else { return [] }
        let maximum = edge.limits.bodyBytesMaximum
        let tooLarge = Problem(.bodyTooLarge, detail: "at most \(maximum) bytes")
            .with("maximumBytes", .integer(maximum))
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximum {
            throw tooLarge
        }
        let body = request.body
        let bytes: [UInt8]
        do {
            bytes = try await Deadline.cut(after: edge.limits.bodyTime) {
                var bytes: [UInt8] = []
                for try await part in body {
                    guard bytes.count + part.readableBytes <= maximum else { throw tooLarge }
                    try share?.grow(by: part.readableBytes)
                    bytes.append(contentsOf: part.readableBytesView)
                }
                return bytes
            }
        } catch is Deadline.Passed {
            throw Problem(.bodyTimeout)
        }
        if !bytes.isEmpty { try checkMediaType(request.headers[.contentType]) }
        return bytes
    }

    private func checkMediaType(_ header: String?) throws(Problem) {
        let parts = (header ?? "").lowercased().split(separator: ";").map {
            $0.filter { $0 != " " && $0 != "\"" }
        }
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }
        guard parts.first == "application/json", charset == nil || charset == "charset=utf-8" else {
            throw Problem(.unsupportedMediaType)
        }
    }
}
