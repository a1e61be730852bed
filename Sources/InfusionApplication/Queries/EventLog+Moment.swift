import EventStore
import Infusion

extension EventLog {
    /// The moment that is asked about: of a position, when the log learned it; nothing later than now, and no
    /// log is older than 1970.
    func moment(
        of knowledge: AsOf.Knowledge, at position: Position, tenant: TenantID, now: Instant
    ) async throws(ApplicationError) -> Instant {
        switch knowledge {
        case .now: return now
        case .instant(let instant):
            return min(
                now,
                Instant(microsecondsSinceUnixEpoch: max(0, instant.microsecondsSinceUnixEpoch)))
        case .position:
            let found: [EventHeading]
            do { found = try await headings(at: [position], tenant: tenant) } catch {
                throw .store(error)
            }
            return found.first.map {
                Instant(microsecondsSinceUnixEpoch: $0.recordedAt.microsecondsSinceUnixEpoch)
            } ?? now
        }
    }
}
