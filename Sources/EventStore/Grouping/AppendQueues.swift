/// What waits to be appended, a queue for each tenant that has something waiting or on its way.
///
/// One task drains a queue: it sends what may travel together, tells each caller its part of the
/// outcomes, and looks again; when nothing is there it leaves, and the queue with it. Tenants do not
/// wait for each other.
actor AppendQueues<Changes: ProjectionChanges> {
    typealias Answer = Result<[AppendOutcome], EventLogError>
    typealias Send = @Sendable ([Append<Changes>], TenantID) async -> Answer

    private let send: Send
    private var queues: [TenantID: AppendQueue<Changes>] = [:]

    init(send: @escaping Send) { self.send = send }

    /// Waits for its turn and for the outcome. Once it is in the queue it will be sent, whatever
    /// becomes of the caller.
    func append(_ batch: [Append<Changes>], tenant: TenantID) async -> Answer {
        guard !batch.isEmpty else { return await send(batch, tenant) }
        return await withCheckedContinuation { caller in
            let waiting = AppendQueue<Changes>.Waiting(batch: batch, caller: caller)
            switch queues[tenant, default: AppendQueue()].admit(waiting) {
            case .queued: break
            case .isFirst: Task { await drain(tenant) }
            case .isFull:
                caller.resume(
                    returning: .failure(
                        EventLogError(.overloaded, "too much is waiting for this tenant")))
            }
        }
    }

    /// Appends that wait for the tenant's next transaction.
    func waiting(for tenant: TenantID) -> Int { queues[tenant]?.appends ?? 0 }

    private func drain(_ tenant: TenantID) async {
        while let group = queues[tenant]?.takeGroup() {
            let answer = await send(group.flatMap(\.batch), tenant)
            var from = 0
            for waiting in group {
                let to = from + waiting.batch.count
                waiting.caller.resume(returning: answer.map { Array($0[from..<to]) })
                from = to
            }
            // Whoever was told and goes on at once travels with the next group, not the one after.
            await Task.yield()
        }
        // Nothing came between the last look and this: whoever comes next begins a new queue.
        queues[tenant] = nil
    }
}
