import Foundation

/// Operations that begin when they are due, however long the earlier ones take.
///
/// How long one took counts from when it was due: what has to wait because others are slow is not left
/// out, as it is when a client begins the next only after the last.
enum OpenLoop {
    /// Those due in one of these begin together at its end. A thread that slept for each alone would
    /// take a good part of a processor.
    private static let beat = Duration.milliseconds(1)

    /// - Parameters:
    ///   - lanes: Operation `i` goes in lane `i % lanes`, behind the one before it there.
    ///   - body: The `turn`th operation of a lane; false if it was refused.
    static func run(
        perSecond: Double, seconds: Double, lanes: Int,
        _ body: @escaping @Sendable (_ lane: Int, _ turn: Int) async throws -> Bool
    ) async throws -> Sample {
        let clock = ContinuousClock()
        let begin = clock.now
        var operations: [Task<Duration?, any Error>] = []
        for await due in beats(from: begin, perSecond: perSecond, seconds: seconds) {
            for operation in due.operations {
                let before = operation < lanes ? nil : operations[operation - lanes]
                operations.append(
                    Task {
                        _ = await before?.result
                        let isDone = try await body(operation % lanes, operation / lanes)
                        return isDone ? clock.now - due.at : nil
                    })
            }
        }
        var latencies = Latencies()
        for operation in operations {
            if let took = try await operation.value { latencies.add(took) }
        }
        return Sample(
            clients: 0, latencies: latencies,
            refused: operations.count - latencies.microseconds.count, took: clock.now - begin)
    }

    private struct Beat: Sendable {
        let at: ContinuousClock.Instant
        let operations: Range<Int>
    }

    private static func beats(
        from begin: ContinuousClock.Instant, perSecond: Double, seconds: Double
    ) -> AsyncStream<Beat> {
        let (beats, continuation) = AsyncStream.makeStream(of: Beat.self)
        let all = Int(perSecond * seconds)
        let perBeat = perSecond * (beat / .seconds(1))
        // The tasks' own threads are never put to sleep.
        Thread {
            var number = 1
            var done = 0
            while done < all {
                let at = begin.advanced(by: beat * number)
                let left = ContinuousClock.now.duration(to: at)
                if left > .zero { Thread.sleep(forTimeInterval: left / .seconds(1)) }
                let due = min(all, Int(perBeat * Double(number)))
                if due > done { continuation.yield(Beat(at: at, operations: done..<due)) }
                done = due
                number += 1
            }
            continuation.finish()
        }.start()
        return beats
    }
}
