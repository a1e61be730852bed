import Foundation
import Infusion
import Testing

@testable import InfusionPostgres

@Suite struct PatientFoldsTests {
    private let patients = (0..<8).map { _ in PatientID(UUID()) }

    private func folds(of patients: some Sequence<PatientID>) -> [PatientID: PatientFolds.Fold] {
        Dictionary(uniqueKeysWithValues: patients.map { ($0, Self.met) })
    }

    /// A fold of one event.
    private static let met: PatientFolds.Fold = {
        var fold = PatientFolds.Fold()
        fold.state.leaveOut()
        return fold
    }()

    private func remembered(_ cache: PatientFolds) -> [Int] {
        patients.indices.filter { cache.fold(of: patients[$0], at: EventVersion(1)) != nil }
    }

    @Test func `who comes again takes no more room`() {
        var cache = PatientFolds(capacity: 8)
        for _ in 0..<5 { cache.keep(folds(of: patients[0..<4])) }
        cache.keep(folds(of: patients[4..<8]))
        #expect(remembered(cache) == Array(0..<8))
        #expect(cache.count == 8)
    }

    @Test func `who has not come for longest goes first`() {
        var cache = PatientFolds(capacity: 5)
        for patient in [0, 1, 2, 3, 0, 4, 2, 5] {
            cache.keep(folds(of: [patients[patient]]))
            #expect(cache.count <= 5)
        }
        #expect(remembered(cache) == [0, 2, 4, 5])
    }

    @Test func `a page of more than there is room for leaves some of it`() {
        var cache = PatientFolds(capacity: 5)
        cache.keep(folds(of: patients))
        #expect(cache.count == 4)
    }

    @Test func `a fold is good for the event that follows it and no other`() {
        var cache = PatientFolds(capacity: 4)
        cache.keep(folds(of: [patients[0]]))
        #expect(cache.fold(of: patients[0], at: EventVersion(2)) == nil)
        #expect(cache.fold(of: patients[1], at: .none) != nil)
        cache.forget([patients[0]])
        #expect(remembered(cache).isEmpty)
    }
}
