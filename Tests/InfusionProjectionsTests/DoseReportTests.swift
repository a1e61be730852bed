import Foundation
import Infusion
import InfusionProjections
import Testing

@Suite struct DoseReportTests {
    private let projection = DoseReportProjection(zones: [:])

    private func lines(_ history: History, _ projection: DoseReportProjection? = nil) -> [String] {
        (projection ?? self.projection).shares(of: history.state).map { share in
            let counts = share.counts
            return
                "\(share.key): \(counts.dosesStarted)/\(counts.dosesCompleted)"
                + "/\(counts.dosesStopped)"
                + " \(counts.milligramsGiven) mg, \(counts.courses)/\(counts.coursesWithResponse)"
                + " \(counts.hemoglobinRise) g/dL"
        }
    }

    /// Two doses over the turn of a month: the course counts where its last dose does.
    private func course() -> History {
        var history = History()
        _ = history.hemoglobin("8.1", at: "2026-01-20T09:00")
        history.order(10, at: "2026-01-20T10:00")
        history.start(20, order: 10, at: "2026-01-28T10:00")
        history.end(20, "750", at: "2026-01-28T10:30")
        history.start(21, order: 10, at: "2026-02-06T10:00")
        history.end(21, "212.5", at: "2026-02-06T10:20", stopped: true)
        return history
    }

    @Test func `a dose counts in the month and at the place it was started`() {
        #expect(
            lines(course()) == [
                "injectafer north 2026-01: 1/1/0 750 mg, 0/0 0 g/dL",
                "injectafer north 2026-02: 1/0/1 212.5 mg, 1/0 0 g/dL",
            ])
        var running = History(site: "south")
        running.order(10, product: "ferinject", at: "2026-01-20T10:00")
        running.start(20, order: 10, product: "ferinject", at: "2026-01-28T10:00")
        #expect(lines(running) == ["ferinject south 2026-01: 1/0/0 0 mg, 0/0 0 g/dL"])
    }

    @Test func `the response is the first valid haemoglobin 28 days after, minus the last before`()
    {
        var history = course()
        _ = history.hemoglobin("9.9", at: "2026-03-05T23:00")
        #expect(lines(history).last?.hasSuffix("1/0 0 g/dL") == true)
        _ = history.hemoglobin("11", at: "2026-03-06T00:00", status: .preliminary)
        _ = history.hemoglobin("5", at: "2026-03-06T00:00", comparator: .greaterThan)
        let retracted = history.hemoglobin("20", at: "2026-03-06T00:00")
        history.add(
            .labRetracted(LabRetracted(result: retracted, reason: .wrongPatient)),
            at: "2026-03-07T00:00")
        _ = history.hemoglobin("10.35", at: "2026-03-06T07:00")
        _ = history.hemoglobin("13", at: "2026-04-06T07:00")
        #expect(lines(history).last?.hasSuffix("1/1 2.25 g/dL") == true)
    }

    @Test func `days are the clinic's, where it has a zone`() throws {
        var history = course()
        // 2026-03-06 at the clinic, which is eleven hours ahead; the day before in UTC.
        _ = history.hemoglobin("10.1", at: "2026-03-05T20:00")
        #expect(lines(history).last?.hasSuffix("1/0 0 g/dL") == true)
        let sydney = try #require(TimeZone(identifier: "Australia/Sydney"))
        let there = DoseReportProjection(zones: [SiteID("north"): sydney])
        #expect(lines(history, there).last?.hasSuffix("1/1 2 g/dL") == true)
    }

    @Test func `what comes after the next course tells nothing of this one`() {
        var history = course()
        history.order(11, at: "2026-03-01T09:00")
        history.start(22, order: 11, at: "2026-03-01T10:00")
        history.end(22, "750", at: "2026-03-01T10:30")
        _ = history.hemoglobin("12.1", at: "2026-04-10T09:00")
        let all = lines(history)
        #expect(all.contains("injectafer north 2026-02: 1/0/1 212.5 mg, 1/0 0 g/dL"))
        #expect(all.contains("injectafer north 2026-03: 1/1/0 750 mg, 1/1 4 g/dL"))
    }

    @Test func `a reaction counts with its dose, by its last grade`() {
        var history = course()
        history.react(30, to: 20, .ctcae(1), at: "2026-01-28T10:10")
        history.react(31, to: 21, .ungraded, at: "2026-02-06T10:10")
        history.add(
            .reactionRegraded(ReactionID(uuid(30)), to: .ctcae(3)), at: "2026-02-20T10:00")
        let shares = projection.shares(of: history.state)
        #expect(shares.map(\.counts.reactionsGrade1) == [0, 0])
        #expect(shares.map(\.counts.reactionsGrade3) == [1, 0])
        #expect(shares.map(\.counts.reactionsUngraded) == [0, 1])
    }

    @Test func `the report is the sum of its shares`() throws {
        let shares = projection.shares(of: course().state)
        let report = DoseReportProjection.report(shares + shares)
        #expect(report.map(\.counts.milligramsGiven) == [1_500, 425])
        #expect(report.map(\.key) == shares.map(\.key))
    }
}
