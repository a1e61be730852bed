import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionKnowledge
import InfusionPostgres
import InfusionProjections
import Logging
import Postgres
import PostgresEventStore
import SchedulerHTTP
import ServiceLifecycle
import UnixSignals

/// The objects of the service and how they hold together.
struct Composition {
    /// How long accepted requests may take to finish after a stop was asked for.
    private static let gracePeriod = Duration.seconds(25)

    private let configuration: Configuration
    private let logger: Logger
    private let pool: PostgresPool

    init(_ configuration: Configuration) {
        self.configuration = configuration
        let level = configuration.logLevel
        LoggingSystem.bootstrap { label in
            var handler = JSONLogHandler(label: label)
            handler.logLevel = level
            return handler
        }
        logger = Logger(label: "ferroviad")
        pool = PostgresPool(
            configuration: configuration.database, minimum: 1, maximum: configuration.poolMaximum,
            reserve: PostgresLimits.poolReserve(of: configuration.poolMaximum))
    }

    func run() async throws {
        try await StartupChecks(
            pool: pool, keyring: configuration.keyring, sites: configuration.sites, logger: logger
        ).run()
        let wakeUps = PostgresWakeUps(configuration: configuration.database)
        let metrics = Metrics()
        let log = GroupAppendLog(PostgresEventStore(pool: pool, projector: InfusionProjector()))
        let useCases = makeUseCases(log: log, metrics: metrics)
        let authenticator = try await makeAuthenticator()
        let server = SchedulerServer(
            SchedulerAPI.Parts(
                useCases: useCases,
                sites: makeSites(metrics: metrics), calendar: makeCalendar(log: log),
                calendarLinks: configuration.calendarLinkKeys.map {
                    CalendarLinks(keys: $0, now: SystemClock.now)
                }, authenticator: authenticator,
                health: ServiceHealth(pool: pool, log: log), metrics: metrics, wakeUps: wakeUps),
            host: configuration.host, port: configuration.port, logger: logger)
        let reporting = ReportingService(
            pool: pool, log: log, doseReport: try await makeDoseReport(),
            owner:
                "\(ProcessInfo.processInfo.hostName)/\(ProcessInfo.processInfo.processIdentifier)",
            wakeUps: wakeUps)
        let offers = OfferService(
            pool: pool, offering: AutomaticOffering(useCases), logger: logger)
        let pool = pool
        var group = ServiceGroupConfiguration(
            services: [
                .init(service: Background { await pool.run() }),
                .init(service: Background { await wakeUps.run() }),
                .init(service: Background { await reporting.run() }),
                .init(service: Background { await offers.run() }),
                .init(service: KeyReloading(authenticator)),
                .init(service: server),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = Self.gracePeriod
        try await ServiceGroup(configuration: group).run()
        await pool.close()
    }

    private func makeAuthenticator() async throws(ConfigurationProblem) -> JWKSAuthenticator {
        do {
            return try await JWKSAuthenticator(
                file: configuration.jwksFile, issuer: configuration.issuer,
                audience: configuration.audience, logger: logger, now: SystemClock.now)
        } catch {
            throw ConfigurationProblem("FERROVIA_JWKS_FILE: \(error)")
        }
    }

    private func makeUseCases(
        log: GroupAppendLog<PostgresEventStore<InfusionProjector>>, metrics: Metrics
    ) -> InfusionService {
        let subjects = PostgresSubjectDirectory(pool: pool)
        let notifier = PostgresEventNotifier(pool: pool)
        return InfusionService(
            log: log, readModels: PostgresReadModels(pool: pool),
            vault: IdentityVault(
                keys: subjects, index: subjects, keyring: configuration.keyring, random: .system),
            sites: configuration.sites, knowledge: ActivatedKnowledge(log: log),
            ambient: Ambient(now: SystemClock.now, random: .system),
            observer: CommandObserver(
                committed: { await notifier.committed($0) }, conflicted: { metrics.conflict() }))
    }

    /// Beside the queue of the patients' commands: what is decided about a site is rare.
    private func makeSites(metrics: Metrics) -> SiteService {
        let notifier = PostgresEventNotifier(pool: pool)
        let log = PostgresEventStore(pool: pool)
        return SiteService(
            log: log, readModels: PostgresReadModels(pool: pool),
            knowledge: ActivatedKnowledge(log: log), now: SystemClock.now,
            observer: CommandObserver(
                committed: { await notifier.committed($0) }, conflicted: { metrics.conflict() }))
    }

    private func makeCalendar(
        log: GroupAppendLog<PostgresEventStore<InfusionProjector>>
    ) -> CalendarService {
        CalendarService(
            log: log, readModels: PostgresReadModels(pool: pool), sites: configuration.sites,
            now: SystemClock.now)
    }

    /// The report's months are those of the sites' calendars.
    private func makeDoseReport() async throws -> DoseReportProjection {
        DoseReportProjection(zones: configuration.sites.timeZones)
    }
}

/// The one place that asks the system for the time.
enum SystemClock {
    @Sendable static func now() -> Instant {
        Instant(microsecondsSinceUnixEpoch: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
}

/// Something that runs until it is told to stop.
struct Background: Service {
    private let body: @Sendable () async -> Void
    init(_ body: @escaping @Sendable () async -> Void) { self.body = body }

    func run() async throws {
        await cancelWhenGracefulShutdown { await body() }
    }
}
