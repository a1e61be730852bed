import Hummingbird
import Logging
import NIOEmbedded

@testable import SchedulerHTTP

/// A request's context without a server.
enum TestContext {
    static func make() -> SchedulerContext {
        SchedulerContext(
            source: ApplicationRequestContextSource(
                channel: NIOAsyncTestingChannel(), logger: LogSink().logger))
    }
}
