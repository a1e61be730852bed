import Foundation
import InfusionJournal
import JSONConformance
import Testing

/// Our reader against Foundation's: a slice of what `JSONFuzzer` gives them by the million. Where
/// they may differ is said by ``Deviation``.
@Suite("JSON reader against Foundation")
struct JSONDifferentialTests {
    private static func corpus() throws -> Corpus {
        Corpus(payloads: try GoldenFiles.names().map(GoldenFiles.bytes))
    }

    @Test func `texts of every kind, whole and spoiled, are read alike`() async throws {
        let tally = try await Fuzzing(Self.corpus(), Comparison()).run(seed: 1, 0..<30_000)
        #expect(tally.inputs == 30_000)
        #expect(tally.accepted > 12_000)
        for deviation in Deviation.allCases {
            #expect(tally.deviations[deviation] != nil, "\(deviation) did not occur")
        }
    }

    @Test(arguments: Flaw.allCases)
    func `a reader that is wrong is found out`(flaw: Flaw) async throws {
        let fuzzing = Fuzzing(try Self.corpus(), Comparison(of: flaw.reader))
        await #expect(throws: Fuzzing.Finding.self) { try await fuzzing.run(seed: 1, 0..<100_000) }
    }

    @Test func `our payloads are read alike, and no beginning of one is read by either`() throws {
        for name in try GoldenFiles.names() {
            let golden = try GoldenFiles.bytes(name)
            var tally = Tally()
            expectNoDifference(on: golden, &tally)
            #expect(tally.accepted == 1, "\(name)")
            for length in 0..<golden.count { expectNoDifference(on: golden.prefix(length), &tally) }
            #expect(tally.accepted == 1, "a part of \(name) was read")
            #expect(tally.deviations.isEmpty, "\(name)")
        }
    }

    @Test func `every pair of hostile pieces is read alike`() {
        var tally = Tally()
        for first in Corpus.hostilePieces {
            for second in Corpus.hostilePieces {
                expectNoDifference(on: Self.joined("\"", first, "", second, "\""), &tally)
                expectNoDifference(on: Self.joined("[", first, ",", second, "]"), &tally)
            }
        }
    }

    @Test(arguments: ["[", "{\"a\":"], [511, 512, 513])
    func `both stop at the same depth`(opening: String, depth: Int) {
        var tally = Tally()
        let closing = opening == "[" ? "]" : "}"
        let text =
            String(repeating: opening, count: depth) + "1"
            + String(repeating: closing, count: depth)
        expectNoDifference(on: text.utf8, &tally)
        #expect(tally.accepted == (depth <= Comparison.limits.depthMax ? 1 : 0))
    }

    @Test(arguments: [
        (Deviation.otherEncoding, "\u{FEFF}1", 1), (.otherEncoding, "1\u{0}", 0),
        (.otherEncoding, "[\u{0}1\u{0}]\u{0}", 0), (.trailingComma, "[1,]", 1),
        (.trailingComma, "{\"a\":1 ,\n}", 1), (.duplicateKey, "{\"a\":1,\"a\":2}", 1),
        (.duplicateKey, #"{"a":1,"b":{"/":2,"\/":3}}"#, 1),
        (.equivalentKeys, "{\"é\":1,\"e\u{301}\":2}", 1), (.numberBeyondDouble, "[1e999]", 1),
        (.numberBeyondDouble, "1e-999", 1),
        (.numberBeyondDecimal, "340282366920938463463374607431768211456", 1),
        (.numberBeyondDecimal, "1e200", 1), (.spellingBeyondDecimal, "0e9999", 1),
    ])
    func `each difference on purpose is seen on the text, and the rest of it is compared`(
        deviation: Deviation, text: String, accepted: Int
    ) {
        var tally = Tally()
        expectNoDifference(on: text.utf8, &tally)
        #expect(tally.deviations == [deviation: 1])
        #expect(tally.accepted == accepted)
    }

    private func expectNoDifference(on text: some Collection<UInt8>, _ tally: inout Tally) {
        if let difference = Comparison().difference(on: [UInt8](text), &tally) {
            Issue.record("\(difference)")
        }
    }

    private static func joined(
        _ opening: String, _ first: [UInt8], _ middle: String, _ second: [UInt8], _ closing: String
    ) -> [UInt8] {
        [UInt8](opening.utf8) + first + [UInt8](middle.utf8) + second + [UInt8](closing.utf8)
    }
}
