import Foundation

/// A run over many inputs, on every core.
public struct Fuzzing: Sendable {
    /// Inputs that one task takes at a time.
    private static let blockInputs: UInt64 = 1_000

    /// The input on which the readers differ.
    public struct Finding: Error, Sendable {
        public let seed: UInt64
        public let index: UInt64
        public let input: [UInt8]
        public let difference: Difference
    }

    private let corpus: Corpus
    private let comparison: Comparison

    public init(_ corpus: Corpus, _ comparison: Comparison) {
        self.corpus = corpus
        self.comparison = comparison
    }

    /// Compares the inputs of `indices`, and stops at the first finding.
    public func run(seed: UInt64, _ indices: Range<UInt64>) async throws(Finding) -> Tally {
        let tasks = ProcessInfo.processInfo.activeProcessorCount
        let results = await withTaskGroup(of: Result<Tally, Finding>.self) { group in
            for task in 0..<tasks {
                group.addTask { part(seed: seed, indices, of: tasks, number: task) }
            }
            var results: [Result<Tally, Finding>] = []
            for await result in group {
                if case .failure = result { group.cancelAll() }
                results.append(result)
            }
            return results
        }
        var tally = Tally()
        for result in results { tally.add(try result.get()) }
        return tally
    }

    private func part(
        seed: UInt64, _ indices: Range<UInt64>, of parts: Int, number: Int
    ) -> Result<Tally, Finding> {
        var tally = Tally()
        let step = Fuzzing.blockInputs * UInt64(parts)
        var start = indices.lowerBound + UInt64(number) * Fuzzing.blockInputs
        while start < indices.upperBound, !Task.isCancelled {
            for index in start..<min(start + Fuzzing.blockInputs, indices.upperBound) {
                let input = corpus.input(seed: seed, index: index)
                if let difference = comparison.difference(on: input, &tally) {
                    return .failure(
                        Finding(seed: seed, index: index, input: input, difference: difference))
                }
            }
            start += step
        }
        return .success(tally)
    }
}
