import EventStore
import Infusion
import InfusionProjections

/// What the patients read so far have shown.
struct RebuildFindings: Sendable {
    var comparisons: [ProjectionName: RowComparison] = [:]
    var parked: [ParkedStream] = []
    var patients = 0
    var events = 0

    init(_ projections: Set<ProjectionName>) {
        for projection in projections { comparisons[projection] = RowComparison() }
    }

    mutating func add(_ page: FoldedPage) {
        for (projection, compared) in page.compared {
            for rows in compared { comparisons[projection]?.add(rows) }
        }
        parked += page.parked
        patients += page.patients
        events += page.events
    }

    mutating func add(_ rows: ComparedRows, of projection: ProjectionName) {
        comparisons[projection]?.add(rows)
    }

    /// In the order of ``ProjectionName``.
    var results: [ProjectionComparison] {
        ProjectionName.allCases.compactMap { comparisons[$0]?.result($0) }
    }
}
