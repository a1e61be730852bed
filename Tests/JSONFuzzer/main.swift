import Foundation
import JSONConformance

// Gives endless texts to our JSON reader and to Foundation's, and ends with the first on which they
// differ:
//
//     JSONFuzzer --seed S --inputs N [--from INDEX] [--payloads DIRECTORY]
//     JSONFuzzer --self-test         readers that are wrong on purpose, each of which must be found
//
// The same seed gives the same inputs everywhere: `--from INDEX --inputs 1` is the one a finding
// names. A trap has no finding; its input is found by halving. The summary is one line of JSON.

guard let arguments = Arguments(CommandLine.arguments.dropFirst()) else { exit(64) }
let corpus = Corpus(payloads: try arguments.payloadTexts())

if arguments.isSelfTest {
    let missed = await SelfTest(corpus: corpus).missed(seed: arguments.seed)
    for flaw in missed { print("not found: \(flaw.rawValue)") }
    exit(missed.isEmpty ? 0 : 1)
}

let clock = ContinuousClock()
let started = clock.now
do {
    let tally = try await Fuzzing(corpus, Comparison()).run(
        seed: arguments.seed, arguments.indices)
    print(try Summary(seed: arguments.seed, tally: tally, duration: clock.now - started).line)
} catch let error as Fuzzing.Finding {
    print("seed \(error.seed), index \(error.index): \(error.difference)")
    print("input   \(Difference.escaped(error.input))")
    exit(1)
}
