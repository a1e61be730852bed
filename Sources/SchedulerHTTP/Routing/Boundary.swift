import EventStore
import Foundation
import HTTPTypes
import Hummingbird
import Infusion
import InfusionApplication
import Logging
import NIOCore

/// The outermost layer of every request, known route or not: names it, times it, logs it, counts it, and
/// turns whatever was thrown into a problem. Nothing else makes an error response.
struct Boundary: RouterMiddleware {
    let limits: HTTPLimits
    let metrics: Metrics
    let table: [Endpoint]

    func handle(
        _ request: Request, context: SchedulerContext,
        next: (Request, SchedulerContext) async throws -> Response
    ) async throws -> Response {
        let started = ContinuousClock.now
        var context = context
        if let sent = request.headers[.correlationID].flatMap({ UUID(uuidString: $0) }) {
            context.correlationID = sent
        }
        let requestID = context.requestID.lowercased
        let correlationID = context.correlationID.lowercased
        context.logger[metadataKey: "requestId"] = "\(requestID)"
        context.logger[metadataKey: "correlationId"] = "\(correlationID)"
        context.logger[metadataKey: "hb.request.id"] = nil
        var code: String?
        var response: Response
        do {
            try checkHeaders(request.headers)
            response = try await next(request, context)
        } catch {
            var problem = problem(for: error, request: request, logger: context.logger)
            if isCommand(request, context: context) { problem = problem.toldToCommand }
            code = problem.code
            response = Reply(problem, requestID: requestID).response
        }
        response.headers[.requestID] = requestID
        response.headers[.correlationID] = correlationID
        let elapsed = (ContinuousClock.now - started).seconds
        let route = route(of: request, context: context)
        metrics.request(route: route, status: response.status.code, seconds: elapsed)
        log(request, route: route, response.status.code, code, elapsed, logger: context.logger)
        return response
    }

    private func checkHeaders(_ headers: HTTPFields) throws(Problem) {
        let size = headers.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4 }
        guard size <= limits.headerBytesMaximum else {
            throw Problem(.headersTooLarge, detail: "at most \(limits.headerBytesMaximum) bytes")
        }
    }

    /// The template and never the path, which holds ids; `none` for what no route answers to.
    private func route(of request: Request, context: SchedulerContext) -> String {
        let known = table.contains { $0.template == context.endpointPath }
        return known ? "\(method(of: request)) \(context.endpointPath ?? "none")" : "none"
    }

    private func isCommand(_ request: Request, context: SchedulerContext) -> Bool {
        table.contains {
            $0.kind == .command && $0.method == request.method
                && $0.template == context.endpointPath
        }
    }

    /// Methods that nobody here knows are one label, or a client could invent series without end.
    private func method(of request: Request) -> String {
        table.contains { $0.method == request.method } ? request.method.rawValue : "OTHER"
    }

    private func problem(for error: any Error, request: Request, logger: Logger) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as ApplicationError:
            let problem = Problem(application: error)
            if problem.status >= 500 {
                logger.error("request failed", metadata: ["reason": "\(error.reason)"])
            }
            return problem
        case let error as any HTTPResponseError where error.status == .notFound:
            return notRouted(request)
        case is CancellationError: return Problem(.requestTimeout)
        default:
            // The kind of the error and not its text, which may hold what was being worked on.
            logger.error("request failed", metadata: ["reason": "\(type(of: error))"])
            return Problem(.internalError)
        }
    }

    /// The router says "not found" for an unknown method too; the table knows better.
    private func notRouted(_ request: Request) -> Problem {
        let methods = table.filter { $0.matches(path: request.uri.path) }.map(\.method.rawValue)
        guard !methods.isEmpty else { return Problem(.routeNotFound) }
        let allowed = Set(methods).sorted().joined(separator: ", ")
        return Problem(.methodNotAllowed, detail: "allowed: \(allowed)").with(.allow, allowed)
    }

    private func log(
        _ request: Request, route: String, _ status: Int, _ code: String?, _ seconds: Double,
        logger: Logger
    ) {
        var metadata: Logger.Metadata = [
            "route": "\(route)", "method": "\(method(of: request))", "status": "\(status)",
            "milliseconds": "\(Int((seconds * 1_000).rounded()))",
        ]
        if let code { metadata["code"] = "\(code)" }
        // Who finds no place at the feed has met a limit that works: the service has not failed.
        let isFailure = status >= 500 && code != ProblemCode.tooManySubscribers.rawValue
        logger.log(level: isFailure ? .error : .info, "request", metadata: metadata)
    }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

extension ApplicationError {
    /// For the log: safe descriptions only.
    fileprivate var reason: String {
        switch self {
        case .store(let failure): "store \(failure.code.name): \(failure.description)"
        case .journal(let failure): "journal: \(failure)"
        case .keys(let failure): "keys: \(failure)"
        case .contended(let attempts): "contended after \(attempts) attempts"
        case .forbidden, .notFound, .refused, .versionMismatch, .keyReused, .identifierTaken,
            .siteRefused, .unknownSite, .beyondTheHead, .stillToCome, .unavailable:
            "refused"
        }
    }
}
