public import EventStore
internal import Postgres

extension PostgresEventStore {
    public func append(
        _ batch: [Append<InlineChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        try AppendAdmission.checkSize(batch)
        guard !Task.isCancelled else {
            throw EventLogError(.unavailable, "cancelled before it was sent")
        }
        let admission = AppendAdmission.judge(batch)
        let admitted = batch.indices.filter { admission[$0] == nil }
        guard !admitted.isEmpty else { return admission.compactMap(\.self) }
        // A task of its own, awaited to its end: from here on nothing may cancel it.
        let sending = Task { await Appender(self, tenant).append(admitted.map { batch[$0] }) }
        var judged = try await sending.value.get().makeIterator()
        return admission.map { $0 ?? judged.next() ?? .failed(.storeFailed) }
    }
}
