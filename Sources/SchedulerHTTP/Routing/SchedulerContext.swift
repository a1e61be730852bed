import Foundation
import Hummingbird
import Logging

/// What accompanies one request through the router.
struct SchedulerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The service's own name for the request, in its log lines and in every problem's `instance`.
    let requestID: UUID
    /// The caller's name for the conversation (`X-Correlation-ID`), else the request's id.
    var correlationID: UUID

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        requestID = UUID()
        correlationID = requestID
    }
}
