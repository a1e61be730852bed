public import EventStore
public import Hummingbird
import HummingbirdCore
public import InfusionApplication
public import Logging
import NIOCore

/// The JSON API of the scheduler: everything under `/v1`, its document, and what probes ask.
public enum SchedulerAPI {
    /// Every route there is, in the order of the document.
    static let endpoints: [Endpoint] =
        PatientRoutes().endpoints + RecordRoutes().endpoints + OrderRoutes().endpoints
        + AppointmentRoutes().endpoints + WaitlistRoutes().endpoints + DoseRoutes().endpoints
        + RecheckRoutes().endpoints + ReviewRoutes().endpoints + SiteRoutes().endpoints
        + CalendarRoutes().endpoints + UtilizationRoutes().endpoints + ReportRoutes().endpoints
        + EventRoutes().endpoints + ServiceRoutes().endpoints

    /// What answers requests; the same in service and in tests.
    static func buildRouter(_ parts: Parts) -> Router<SchedulerContext> {
        let subscribers = SubscriberSlots(limits: parts.limits, metrics: parts.metrics)
        let edge = Edge(
            useCases: parts.useCases, sites: parts.sites, calendar: parts.calendar,
            calendarLinks: parts.calendarLinks, authenticator: parts.authenticator,
            limits: parts.limits,
            metrics: parts.metrics, subscribers: subscribers,
            bodies: BodyWeights(limits: parts.limits),
            feeds: EventFeeds(
                wakeUps: parts.wakeUps, limits: parts.limits, subscribers: subscribers),
            health: parts.health)
        let router = Router(context: SchedulerContext.self)
        router.add(
            middleware: Boundary(
                limits: parts.limits, metrics: parts.metrics, table: endpoints))
        for endpoint in endpoints {
            router.on(
                RouterPath(endpoint.template), method: endpoint.method,
                responder: EndpointResponder(endpoint: endpoint, edge: edge))
        }
        return router
    }

    /// The router behind an HTTP/1.1 server, with its limits on headers, idle time and connections.
    ///
    /// As a service it stops accepting on graceful shutdown and finishes what it has accepted.
    public static func buildApplication(
        _ parts: Parts, host: String, port: Int, logger: Logger,
        onServerRunning: @escaping @Sendable (Int?) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let limits = parts.limits
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: limits.headerBytesMaximum * 2,
            maxHeaderListSize: limits.headerBytesMaximum * 2, maxHeaderFieldCount: 200)
        return Application(
            router: buildRouter(parts),
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [SmallReads(bytes: limits.readBytesMaximum)],
                    idleTimeout: .seconds(limits.idleSeconds), httpDecoderConfiguration: decoder)),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), serverName: "ferrovia", backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    limits.connectionsMaximum)),
            onServerRunning: { channel in await onServerRunning(channel.localAddress?.port) },
            logger: logger)
    }

    /// What the API is built from.
    public struct Parts: Sendable {
        public var useCases: any InfusionUseCases
        public var sites: any SiteUseCases
        public var calendar: any CalendarUseCases
        /// `nil` where no links are made.
        public var calendarLinks: CalendarLinks?
        public var authenticator: any Authenticating
        public var limits: HTTPLimits
        public var metrics: Metrics
        /// Who tells the feed's subscribers that there may be something new.
        public var wakeUps: any WakeUps
        public var health: any HealthReporting

        public init(
            useCases: any InfusionUseCases, sites: any SiteUseCases,
            calendar: any CalendarUseCases, calendarLinks: CalendarLinks? = nil,
            authenticator: any Authenticating,
            health: any HealthReporting, limits: HTTPLimits = HTTPLimits(),
            metrics: Metrics = Metrics(), wakeUps: any WakeUps = PollingOnly()
        ) {
            self.useCases = useCases
            self.sites = sites
            self.calendar = calendar
            self.calendarLinks = calendarLinks
            self.authenticator = authenticator
            self.health = health
            self.limits = limits
            self.metrics = metrics
            self.wakeUps = wakeUps
        }
    }
}
