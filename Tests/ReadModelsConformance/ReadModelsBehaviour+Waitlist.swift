public import EventStore
public import Infusion
public import InfusionProjections
import Testing

extension ReadModelsBehaviour {
    /// Every page of every site's wait list as of `position`, like the fold up to it.
    public func expectWaitlist(of fold: LogFold, at position: Position) async throws {
        let listed = fold.rows.values.flatMap(\.waitlist)
            .filter { $0.closed == nil && $0.status.isListed }
        for site in ClinicFacts.sites {
            let expected = listed.filter { $0.request.site == nil || $0.request.site == site }
                .sorted { $0.place < $1.place }
            #expect(try await waitlist(site, position, pageRows: 2) == expected)
            #expect(try await waitlist(site, position, pageRows: 500) == expected)
        }
    }

    /// All pages, one after the other.
    public func waitlist(
        _ site: SiteID, _ position: Position, pageRows: Int
    ) async throws -> [WaitlistRow] {
        var rows: [WaitlistRow] = []
        var after: WaitlistPlace?
        repeat {
            let page = try await models.waitlist(
                WaitlistQuery(site: site, position: position, after: after, limit: pageRows),
                tenant: tenant)
            #expect(page.position == position)
            #expect(page.rows.count <= pageRows)
            rows += page.rows
            after = page.next
        } while after != nil
        return rows
    }
}
