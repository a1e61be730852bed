/// Whether the comparison can fail: each reader with a ``Flaw`` must be found out.
public struct SelfTest: Sendable {
    /// Within so many inputs; the rarest flaw takes a few thousand.
    private static let inputsMax: UInt64 = 100_000

    private let corpus: Corpus

    public init(corpus: Corpus) { self.corpus = corpus }

    /// The flaws that were not found.
    public func missed(seed: UInt64) async -> [Flaw] {
        var missed: [Flaw] = []
        for flaw in Flaw.allCases {
            let fuzzing = Fuzzing(corpus, Comparison(of: flaw.reader))
            if (try? await fuzzing.run(seed: seed, 0..<SelfTest.inputsMax)) != nil {
                missed.append(flaw)
            }
        }
        return missed
    }
}
