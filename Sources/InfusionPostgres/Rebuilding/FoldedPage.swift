import EventStore
import Foundation
import Infusion
import InfusionProjections

/// A page of patients as one snapshot shows them.
struct PatientPage: Sendable {
    let histories: [PatientHistory]
    let live: LiveRows
    /// The last of them; `nil` on the last page.
    let end: UUID?
    /// Where the report stood.
    let reported: ReportedPositions
    let skipped: SkippedEvents
}

/// What came of a page: what was found, and the rows to stage.
struct FoldedPage: Sendable {
    /// One element for each patient, in the order of their ids.
    var compared: [ProjectionName: [ComparedRows]] = [:]
    var parked: [ParkedStream] = []
    var patients = 0
    var events = 0
    /// As of the head when the rebuild began.
    var staged = StagedRows()
    /// What the patients add to the report as of where it stood.
    var reported: [DoseReportShare] = []
}

/// Folds pages; the same page gives the same rows, whoever folds it.
struct PageFolder: Sendable {
    let projections: Set<ProjectionName>
    let patients: PatientRebuilder
    let head: Position

    func fold(_ page: PatientPage) -> FoldedPage {
        var folded = FoldedPage()
        var rebuilt: [PatientID: PatientRows] = [:]
        var shares: [PatientID: [DoseReportShare]] = [:]
        var live = page.live
        let staging = page.skipped.upTo(head)
        for history in page.histories {
            folded.patients += 1
            folded.events += history.events.count
            let now = patients.rebuild(history, leavingOut: staging)
            let reported = page.reported.position(of: history.patient)
            let added = patients.shares(
                of: history.upTo(reported), leavingOut: page.skipped.upTo(reported))
            shares[history.patient] = added
            folded.reported += added
            if let parked = now.parked {
                folded.parked.append(parked)
                if let rows = live.patients.removeValue(forKey: history.patient) {
                    folded.staged.rows.append(rows)
                }
            }
            rebuilt[history.patient] = now.rows
            let then =
                history.last <= head
                ? now : patients.rebuild(history.upTo(head), leavingOut: staging)
            if now.parked == nil, let rows = then.rows { folded.staged.rows.append(rows) }
            folded.staged.reported.append(history.patient.uuid)
            folded.staged.shares += then.shares
        }
        compare(live, rebuilt, shares, into: &folded)
        return folded
    }

    private func compare(
        _ live: LiveRows, _ rebuilt: [PatientID: PatientRows],
        _ shares: [PatientID: [DoseReportShare]], into folded: inout FoldedPage
    ) {
        let ids = Set(live.patients.keys).union(rebuilt.keys)
            .union(live.sharesOf.keys).union(shares.keys)
            .sorted { $0.description < $1.description }
        for projection in projections {
            folded.compared[projection] = ids.map { id in
                projection.isInline
                    ? ComparedRows(
                        live: live.patients[id]?.canonical(projection) ?? [],
                        rebuilt: rebuilt[id]?.canonical(projection) ?? [])
                    : ComparedRows(
                        live: (live.sharesOf[id] ?? []).map { CanonicalRow($0) },
                        rebuilt: (shares[id] ?? []).map { CanonicalRow($0) })
            }
        }
    }
}
