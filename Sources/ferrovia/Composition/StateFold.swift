import EventStore
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionProjections

/// Folds histories to patients' documents, on every processor.
struct StateFold: Sendable {
    /// All events of one patient, in the order of the stream.
    struct History: Sendable {
        let patient: PatientID
        let events: [EventData]
    }

    private let tenant: TenantID
    private let codec = JournalCodec()

    init(tenant: TenantID) { self.tenant = tenant }

    /// A document for each history, in their order.
    func documents(of histories: [History]) async throws -> [[UInt8]] {
        try await Cores.map(shared(histories)) { histories in try histories.map(document) }
            .flatMap(\.self)
    }

    private func document(of history: History) throws(JournalError) -> [UInt8] {
        let cipher = SubjectCipher.unopened(
            PatientStream.id(of: history.patient), tenant: tenant)
        var state = PatientState()
        for event in history.events { state.apply(try codec.decode(event, cipher: cipher)) }
        return PatientDocument.render(state)
    }

    /// Runs with about as many events each: histories are not equally long.
    private func shared(_ histories: [History]) -> [ArraySlice<History>] {
        let share = histories.reduce(0) { $0 + $1.events.count } / Cores.count + 1
        var runs: [ArraySlice<History>] = []
        var first = histories.startIndex
        var events = 0
        for index in histories.indices {
            events += histories[index].events.count
            guard events >= share || index == histories.endIndex - 1 else { continue }
            runs.append(histories[first...index])
            first = index + 1
            events = 0
        }
        return runs
    }
}
