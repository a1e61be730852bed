import Foundation
import Testing

@testable import InfusionPostgres

/// What a rebuild that catches up has in memory at a time.
@Suite struct ChangedPatientTests {
    private func patients(_ events: [Int]) -> [ChangedPatient] {
        events.map { ChangedPatient(id: UUID(), events: $0) }
    }

    @Test(arguments: [1, 7, 40, 500])
    func `runs have no more events than they may, unless it is one patient`(most: Int) {
        let all = patients((0..<400).map { $0 * 7 % 61 + 1 } + [1_000, 1, 1])
        let runs = all.runs(ofEvents: most)
        #expect(runs.flatMap(\.self) == all)
        #expect(runs.allSatisfy { !$0.isEmpty && ($0.events <= most || $0.count == 1) })
        // None is smaller than it has to be.
        for (run, next) in zip(runs, runs.dropFirst()) {
            #expect(run.events + next[0].events > most)
        }
    }

    @Test func `nobody makes no run`() {
        #expect([ChangedPatient]().runs(ofEvents: 10).isEmpty)
    }

    @Test func `who is added takes their place, once`() {
        let all = patients([1, 2, 3]).sorted { $0.id < $1.id }
        let other = UUID()
        let added = all.adding([all[1].id, other, other], countedAs: 50)
        #expect(added.count == 4)
        #expect(added.map(\.id) == added.map(\.id).sorted())
        #expect(added.first { $0.id == other }?.events == 50)
        #expect(added.first { $0.id == all[1].id }?.events == all[1].events)
    }
}
