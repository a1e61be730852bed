import Foundation

/// How long each of many operations took.
struct Latencies: Sendable {
    /// Of each operation, microseconds; not in order.
    private(set) var microseconds: [UInt32] = []

    mutating func add(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        microseconds.append(
            UInt32(clamping: seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
    }

    mutating func add(_ others: Latencies) { microseconds += others.microseconds }
}

/// What one sample found.
struct Sample: Encodable {
    var clients: Int
    /// What was asked for and got done.
    var done: Int
    /// Of those that were tried, what was not: conflicts, refusals.
    var refused = 0
    var seconds: Double
    var perSecond: Double
    var p50Microseconds: UInt32
    var p99Microseconds: UInt32
    var maxMicroseconds: UInt32

    init(clients: Int, latencies: Latencies, refused: Int = 0, took: Duration) {
        let sorted = latencies.microseconds.sorted()
        let (seconds, attoseconds) = took.components
        self.clients = clients
        done = sorted.count
        self.refused = refused
        self.seconds = Double(seconds) + Double(attoseconds) / 1e18
        perSecond = Double(done) / self.seconds
        p50Microseconds = sorted.percentile(50)
        p99Microseconds = sorted.percentile(99)
        maxMicroseconds = sorted.last ?? 0
    }

    func print() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        Swift.print(String(decoding: try encoder.encode(self), as: UTF8.self))
    }
}

extension [UInt32] {
    /// Of sorted values: the smallest that `percent` of them do not exceed.
    fileprivate func percentile(_ percent: Int) -> UInt32 {
        guard !isEmpty else { return 0 }
        return self[Swift.max(0, (count * percent + 99) / 100 - 1)]
    }
}

/// Many clients at once, each doing one thing after another until the time is over.
enum ClosedLoop {
    /// - Parameter body: One operation of client `client`, its `turn`th; false if it was refused.
    static func run(
        clients: Int, seconds: Double,
        _ body: @escaping @Sendable (_ client: Int, _ turn: Int) async throws -> Bool
    ) async throws -> Sample {
        let clock = ContinuousClock()
        let begin = clock.now
        let end = begin.advanced(by: .seconds(seconds))
        var all = Latencies()
        var refused = 0
        try await withThrowingTaskGroup(of: (Latencies, Int).self) { group in
            for client in 0..<clients {
                group.addTask {
                    var latencies = Latencies()
                    var refused = 0
                    var turn = 0
                    var from = clock.now
                    while from < end {
                        let isDone = try await body(client, turn)
                        let to = clock.now
                        if isDone { latencies.add(to - from) } else { refused += 1 }
                        from = to
                        turn += 1
                    }
                    return (latencies, refused)
                }
            }
            for try await (latencies, no) in group {
                all.add(latencies)
                refused += no
            }
        }
        return Sample(clients: clients, latencies: all, refused: refused, took: clock.now - begin)
    }
}
