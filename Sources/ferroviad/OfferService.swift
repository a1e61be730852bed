import EventStore
import InfusionApplication
import Logging
import Postgres
import PostgresEventStore

/// Looks again and again for times that were given back, in every tenant's log. Each process does: what keeps
/// two from offering one time is the log itself; see ``AutomaticOffering``.
struct OfferService: Sendable {
    /// Between two looks; seconds.
    private static let interval = Duration.seconds(10)

    let pool: PostgresPool
    let offering: AutomaticOffering
    let logger: Logger

    /// Runs until the task is cancelled. A tenant that cannot be served now is tried again the next time.
    func run() async {
        while !Task.isCancelled {
            for tenant in await tenants() {
                do throws(ApplicationError) {
                    let count = try await offering.run(tenant)
                    if count > 0 {
                        logger.info("times were offered", metadata: ["offers": "\(count)"])
                    }
                } catch {
                    logger.warning(
                        "times that were given back cannot be offered",
                        metadata: ["tenant": "\(tenant)", "reason": "\(error.reason)"])
                }
            }
            try? await Task.sleep(for: Self.interval)
        }
    }

    private func tenants() async -> [TenantID] {
        do throws(EventLogError) {
            return try await TenantDirectory(pool: pool).list().map(\.id)
        } catch {
            logger.warning("the tenants cannot be listed", metadata: ["error": "\(error)"])
            return []
        }
    }
}

extension ApplicationError {
    /// For the log; nothing of a patient.
    fileprivate var reason: String {
        switch self {
        case .store(let failure): "\(failure)"
        case .journal: "an event cannot be read"
        case .keys: "a key cannot be opened"
        case .forbidden, .notFound, .refused, .siteRefused, .versionMismatch, .keyReused,
            .contended, .unavailable, .identifierTaken, .unknownSite, .beyondTheHead,
            .stillToCome:
            "refused"
        }
    }
}
