/// What waits for one tenant, in the order in which it came.
struct AppendQueue<Changes: ProjectionChanges> {
    typealias Answer = Result<[AppendOutcome], EventLogError>

    /// One caller's batch, which is sent whole or not yet.
    struct Waiting: Sendable {
        let batch: [Append<Changes>]
        let bytes: Int
        let caller: CheckedContinuation<Answer, Never>

        init(batch: [Append<Changes>], caller: CheckedContinuation<Answer, Never>) {
            self.batch = batch
            self.caller = caller
            bytes = batch.reduce(0) { $0 + $1.bytes }
        }
    }

    enum Admission {
        case queued
        /// Nobody drains the queue yet.
        case isFirst
        case isFull
    }

    private var waiting: [Waiting] = []
    /// Appends that wait; those on their way do not.
    private(set) var appends = 0
    private var bytes = 0
    private var isDrained = false

    mutating func admit(_ new: Waiting) -> Admission {
        let isFull =
            appends + new.batch.count > EventLogLimits.appendsQueued
            || bytes + new.bytes > EventLogLimits.bytesQueued
        // A batch within its own limits fits into an empty queue, however these are chosen.
        guard waiting.isEmpty || !isFull else { return .isFull }
        waiting.append(new)
        appends += new.batch.count
        bytes += new.bytes
        defer { isDrained = true }
        return isDrained ? .queued : .isFirst
    }

    /// As many as may travel together, at least one; `nil` when nothing waits.
    mutating func takeGroup() -> [Waiting]? {
        guard !waiting.isEmpty else { return nil }
        var group = AppendGroup<Changes>()
        var rest: [Waiting] = []
        var isFull = false
        for next in waiting {
            isFull = isFull || !group.hasRoom(for: next)
            if isFull || !group.join(next) { rest.append(next) }
        }
        waiting = rest
        appends -= group.appends
        bytes -= group.bytes
        return group.members
    }
}
