import EventStore

extension EventLog {
    /// What any number of events are, page by page.
    func allHeadings(
        at positions: [Position], tenant: TenantID
    ) async throws(ApplicationError) -> [Position: EventHeading] {
        var found: [Position: EventHeading] = [:]
        var rest = Set(positions).sorted()[...]
        while !rest.isEmpty {
            let page = Array(rest.prefix(EventLogLimits.eventsPerPage))
            rest = rest.dropFirst(page.count)
            do {
                for heading in try await headings(at: page, tenant: tenant) {
                    found[heading.position] = heading
                }
            } catch {
                throw .store(error)
            }
        }
        return found
    }
}
