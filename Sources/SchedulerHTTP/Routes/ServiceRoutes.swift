import Hummingbird
import InfusionWire

/// What the machines around the service ask: the document, health and numbers.
struct ServiceRoutes {
    var endpoints: [Endpoint] { [document, alive, ready, metrics] }

    private var document: Endpoint {
        .open("/openapi.json") { _ in
            Reply(bytes: OpenAPIDocument.bytes, mediaType: "application/json")
                .with(.cacheControl, "max-age=3600")
        }
    }

    /// The process runs; says nothing of the store, so that a restart is not the answer to its outage.
    private var alive: Endpoint {
        .open("/healthz") { _ in Reply(["status": "ok"], position: nil) }
    }

    /// The service can do its work.
    private var ready: Endpoint {
        .open("/readyz") { call in
            let checks = await call.edge.health.readiness()
            let json: JSON = .list(checks) { check in
                [
                    "name": .string(check.name), "ready": .bool(check.isReady),
                    "detail": .optional(check.detail) { .string($0) },
                ]
            }
            guard checks.allSatisfy(\.isReady) else {
                throw Problem(.notReady).with("checks", json)
            }
            return Reply(["status": "ready", "checks": json], position: nil)
        }
    }

    private var metrics: Endpoint {
        .open("/metrics") { call in
            let snapshot = await call.edge.health.operation()
            let text = call.edge.metrics.exposition(operation: snapshot)
            return Reply(
                bytes: Array(text.utf8),
                mediaType: "text/plain; version=0.0.4; charset=utf-8")
        }
    }
}

/// The document that says what this API is, embedded in the binary.
enum OpenAPIDocument {
    static var bytes: [UInt8] { PackageResources.openapi_json }
}
