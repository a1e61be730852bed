public import EventStore
public import Infusion

/// What every use case asks of the log.
extension EventLog {
    /// The last position that belongs to what was known.
    /// - Throws: ``ApplicationError/beyondTheHead(_:head:)`` or ``ApplicationError/stillToCome(_:head:)`` for what
    ///   nobody can know yet: an answer would look newer than it is.
    public func position(
        of knowledge: AsOf.Knowledge, tenant: TenantID, now: Instant
    ) async throws(ApplicationError) -> Position {
        do {
            switch knowledge {
            case .now: return try await head(tenant: tenant)
            case .position(let position):
                let head = try await head(tenant: tenant)
                guard position <= head else {
                    throw ApplicationError.beyondTheHead(position, head: head)
                }
                return position
            case .instant(let instant):
                if let head = try await head(before: instant, tenant: tenant, now: now) {
                    throw ApplicationError.stillToCome(instant, head: head)
                }
                return try await position(knownAt: instant, tenant: tenant)
            }
        } catch let error as ApplicationError {
            throw error
        } catch let error as EventLogError {
            throw .store(error)
        } catch {
            preconditionFailure("a log throws EventLogError only")
        }
    }

    /// The head, if the instant is still to come: the clocks may differ, and what the log has recorded is past
    /// by whosever clock.
    private func head(
        before instant: Timestamp, tenant: TenantID, now: Instant
    ) async throws(EventLogError) -> Position? {
        let latest = now.adding(seconds: InfusionLimits.clockToleranceSeconds)
        guard instant.microsecondsSinceUnixEpoch > latest.microsecondsSinceUnixEpoch else {
            return nil
        }
        let head = try await head(tenant: tenant)
        let recorded = try await headings(at: [head], tenant: tenant).first?.recordedAt
        return recorded.map { instant <= $0 } ?? false ? nil : head
    }

    /// The events of one stream after a version, up to and including a position, page by page.
    func events(
        of stream: StreamID, tenant: TenantID, after version: StreamVersion, upTo last: Position?
    ) async throws(EventLogError) -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        while true {
            let page = try await read(
                stream, tenant: tenant, after: events.last?.version ?? version,
                limit: ApplicationLimits.streamPage)
            for event in page {
                if let last, event.position > last { return events }
                events.append(event)
            }
            if page.count < ApplicationLimits.streamPage { return events }
            guard events.count < ApplicationLimits.streamLength else {
                throw EventLogError(
                    .limitExceeded,
                    "a stream is longer than \(ApplicationLimits.streamLength) events")
            }
        }
    }
}
