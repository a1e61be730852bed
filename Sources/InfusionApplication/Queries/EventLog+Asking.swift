import EventStore

/// What every use case asks of the log.
extension EventLog {
    /// The last position that belongs to what was known.
    func position(
        of knowledge: AsOf.Knowledge, tenant: TenantID
    ) async throws(EventLogError) -> Position {
        switch knowledge {
        case .now: try await head(tenant: tenant)
        case .instant(let instant): try await position(knownAt: instant, tenant: tenant)
        case .position(let position): min(position, try await head(tenant: tenant))
        }
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
