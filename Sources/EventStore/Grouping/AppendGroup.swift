/// Batches of several callers that are to travel in one transaction.
///
/// Appends to one stream form a chain in a transaction, and a link that breaks takes the later ones
/// with it. So that nobody's append fails for what a stranger did, a batch joins only where it goes on
/// from what the group leaves of its streams; otherwise it waits for the next group, and so does
/// all that comes after it on those streams.
struct AppendGroup<Changes: ProjectionChanges> {
    typealias Waiting = AppendQueue<Changes>.Waiting

    private(set) var members: [Waiting] = []
    private(set) var appends = 0
    private(set) var bytes = 0
    /// The versions that streams would have after the group.
    private var versions: [StreamID: StreamVersion] = [:]
    /// Streams that something was left behind of.
    private var leftBehind: Set<StreamID> = []

    /// Whether there is room for it; an empty group has room for whatever a caller may send. A bound batch
    /// travels alone, since strangers would fall with it.
    func hasRoom(for waiting: Waiting) -> Bool {
        members.isEmpty
            || !waiting.batch.isBound() && !members[0].batch.isBound()
                && appends + waiting.batch.count <= EventLogLimits.appendsPerGroup
                && bytes + waiting.bytes <= EventLogLimits.bytesPerBatch
    }

    /// Takes the batch in, or leaves it behind.
    mutating func join(_ waiting: Waiting) -> Bool {
        if waiting.batch.count == 1 { return join(waiting, waiting.batch[0]) }
        var own: [StreamID: StreamVersion] = [:]
        var joins = true
        for append in waiting.batch {
            let isOwn = own[append.stream] != nil
            let goesOn = isOwn || (versions[append.stream] ?? append.expected) == append.expected
            joins = joins && goesOn && !leftBehind.contains(append.stream)
            own[append.stream] = append.expected.advanced(by: append.events.count)
        }
        guard joins else {
            leftBehind.formUnion(own.keys)
            return false
        }
        versions.merge(own) { _, last in last }
        members.append(waiting)
        appends += waiting.batch.count
        bytes += waiting.bytes
        return true
    }

    /// The same for the one append that nearly every caller sends.
    private mutating func join(_ waiting: Waiting, _ append: Append<Changes>) -> Bool {
        let version = versions[append.stream] ?? append.expected
        guard version == append.expected, !leftBehind.contains(append.stream) else {
            leftBehind.insert(append.stream)
            return false
        }
        versions[append.stream] = append.expected.advanced(by: append.events.count)
        members.append(waiting)
        appends += 1
        bytes += waiting.bytes
        return true
    }
}
