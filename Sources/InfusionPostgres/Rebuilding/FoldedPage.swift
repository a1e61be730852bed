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

extension PatientPage {
    /// Runs of patients with about as many events each, in order. Live rows of patients who are not in
    /// the log go with those who come after them.
    func split(into count: Int) -> [PatientPage] {
        let parts = histories.split(into: count)
        var after = PatientRange.lowest
        return parts.enumerated().map { index, histories in
            let isLast = index == parts.count - 1
            let through = isLast ? PatientRange.highest : histories.last?.patient.uuid ?? after
            defer { after = through }
            return PatientPage(
                histories: histories,
                live: parts.count == 1
                    ? live : live.within(PatientRange(after: after, through: through)),
                end: isLast ? end : through, reported: reported, skipped: skipped)
        }
    }
}

extension [PatientHistory] {
    /// Runs of them with about as many events each, in order; at least one.
    func split(into count: Int) -> [[PatientHistory]] {
        let share = reduce(0) { $0 + $1.events.count } / count + 1
        var parts: [[PatientHistory]] = [[]]
        var events = 0
        for history in self {
            if events >= share {
                parts.append([])
                events = 0
            }
            parts[parts.count - 1].append(history)
            events += history.events.count
        }
        return parts
    }
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

    /// What came of the patients after these.
    mutating func add(_ next: FoldedPage) {
        compared.merge(next.compared) { $0 + $1 }
        parked += next.parked
        patients += next.patients
        events += next.events
        staged.rows += next.staged.rows
        staged.reported += next.staged.reported
        staged.shares += next.staged.shares
        reported += next.reported
    }
}

/// Folds pages; the same page gives the same rows, whoever folds it.
struct PageFolder: Sendable {
    let projections: Set<ProjectionName>
    let patients: PatientRebuilder
    let head: Position

    /// The same as ``fold(_:)``, the patients shared out over the processors.
    func foldOnAllCores(_ page: PatientPage) async throws -> FoldedPage {
        try await Cores.map(page.split(into: Cores.count)) { fold($0) }
            .reduce(into: FoldedPage()) { $0.add($1) }
    }

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
            let added = reportedShares(of: history, on: page, from: now)
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

    /// What a patient adds to the report as of where it stood, which mostly is the whole history.
    private func reportedShares(
        of history: PatientHistory, on page: PatientPage, from rebuilt: RebuiltPatient
    ) -> [DoseReportShare] {
        let reported = page.reported.position(of: history.patient)
        guard reported < history.last || page.skipped.concerns(history.patient) else {
            return rebuilt.shares
        }
        return patients.shares(
            of: history.upTo(reported), leavingOut: page.skipped.upTo(reported))
    }

    private func compare(
        _ live: LiveRows, _ rebuilt: [PatientID: PatientRows],
        _ shares: [PatientID: [DoseReportShare]], into folded: inout FoldedPage
    ) {
        let ids = Set(live.patients.keys).union(rebuilt.keys)
            .union(live.sharesOf.keys).union(shares.keys)
            .sorted { $0.uuid < $1.uuid }
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
