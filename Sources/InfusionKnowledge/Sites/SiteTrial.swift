import Infusion
import YAMLReader

/// A site that exists while its file is read: what the rules say against an entry is said at its place.
final class SiteTrial {
    private let now: Instant
    private let decider = SiteDecider()
    private var state: SiteState
    private var names: Set<String> = []

    /// It is open from the first, under a name of nobody's: a name or a zone that is refused says nothing of
    /// the entries.
    init(now: Instant) {
        self.now = now
        state = decider.evolve(
            decider.initialState,
            SiteEvent(effectiveAt: now, fact: .siteOpened(SiteID("trial"), timeZone: "UTC")))
    }

    /// What may be said of a site that nobody has opened.
    func open(as site: SiteID, at place: YAMLValue) throws(YAMLProblems) {
        do throws(SiteRefusal) {
            _ = try decider.decide(
                .openSite(site, timeZone: "UTC"), given: decider.initialState, at: now,
                by: .standard)
        } catch {
            throw place.problem(error.text)
        }
    }

    func take(_ command: SiteCommand, at place: YAMLValue) throws(YAMLProblems) {
        do throws(SiteRefusal) {
            for event in try decider.decide(
                command, given: state, at: now, by: .standard)
            {
                state = decider.evolve(state, event)
            }
        } catch {
            throw place.problem(error.text)
        }
    }

    func take<Content>(
        _ item: SitePlan.Item<Content>, _ id: KeyPath<Content, SiteEntryID>, _ kind: String,
        _ command: (Content) -> SiteCommand, at place: YAMLValue
    ) throws(YAMLProblems) -> SitePlan.Item<Content> {
        switch item {
        case .announced(let content):
            try name(content[keyPath: id].name, kind, at: place)
            try take(command(content), at: place)
        case .withdrawn(let id): try name(id.name, kind, at: place)
        }
        return item
    }

    /// Within its kind a name is used once.
    func name(
        _ name: String, _ kind: String, at place: YAMLValue
    ) throws(YAMLProblems) {
        guard names.insert("\(kind) \(name)").inserted else {
            throw place.problem("describes the \(kind) \(name), which is described above")
        }
    }
}
