import EventStore
import Infusion
import InfusionJournal

/// A site folded from its stream.
struct LoadedSite: Sendable {
    let state: SiteState
    /// `.none` for a site about which nothing was ever decided.
    let version: StreamVersion
    /// The position of the last event folded; `.start` for no site.
    let position: Position

    static let nothing = LoadedSite(
        state: SiteDecider().initialState, version: .none, position: .start)
}

extension EventLog {
    /// A site, whose stream is short: what was folded before, and what has come since.
    /// - Parameter last: Nothing behind it; `nil` for everything.
    func site(
        _ site: SiteID, tenant: TenantID, onto base: LoadedSite = .nothing, upTo last: Position?
    ) async throws(ApplicationError) -> LoadedSite {
        let recorded: [RecordedEvent]
        do {
            recorded = try await events(
                of: SiteStream.id(of: site), tenant: tenant, after: base.version, upTo: last)
        } catch {
            throw .store(error)
        }
        guard let newest = recorded.last else { return base }
        var state = base.state
        for event in recorded {
            do { state = SiteDecider().evolve(state, try SiteCodec().decode(event.data)) } catch {
                throw .journal(error, at: event.position)
            }
        }
        return LoadedSite(state: state, version: newest.version, position: newest.position)
    }
}
