import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections

/// Patients' states, folded on every processor: all events of one patient by the same one, in order.
struct StateFold {
    private let shards: [Shard]

    init(tenant: TenantID, shards count: Int = Cores.count) {
        shards = (0..<count).map { Shard(number: $0, of: count, tenant: tenant) }
    }

    /// Events in the order of the log; those that are not about patients are passed over.
    func take(_ events: [RecordedEvent]) async throws {
        _ = try await Cores.map(shards) { try await $0.take(events) }
    }

    /// Each patient's document, in the order of their ids.
    func forEachDocument(_ body: ([UInt8]) -> Void) async throws {
        var patients: [UUID] = []
        for shard in shards { patients += await shard.patients }
        patients.sort()
        for from in stride(from: 0, to: patients.count, by: CommandLineLimits.documentsPerPage) {
            let page = Array(
                patients[from..<min(from + CommandLineLimits.documentsPerPage, patients.count)])
            let parts = try await Cores.map(shards) { await $0.documents(of: page) }
            for place in page.indices { for part in parts { part[place].map(body) } }
        }
    }

    /// The patients of one processor.
    private actor Shard {
        private let number: Int
        private let count: Int
        private let tenant: TenantID
        private let codec = JournalCodec()
        private var states: [UUID: PatientState] = [:]

        init(number: Int, of count: Int, tenant: TenantID) {
            self.number = number
            self.count = count
            self.tenant = tenant
        }

        var patients: [UUID] { Array(states.keys) }

        func take(_ events: [RecordedEvent]) throws {
            for event in events
            where event.stream.category == PatientStream.category && owns(event.stream.uuid) {
                let cipher = SubjectCipher.unopened(event.stream, tenant: tenant)
                states[event.stream.uuid, default: PatientState()].apply(
                    try codec.decode(event, cipher: cipher))
            }
        }

        /// `nil` for those who are another's.
        func documents(of patients: [UUID]) -> [[UInt8]?] {
            patients.map { states[$0].map(PatientDocument.render) }
        }

        private func owns(_ patient: UUID) -> Bool {
            Int(patient.hashValue.magnitude % UInt(count)) == number
        }
    }
}
