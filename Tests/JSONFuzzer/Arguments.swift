import Foundation

/// What the command line asks for.
struct Arguments {
    private(set) var seed: UInt64 = 1
    private(set) var isSelfTest = false
    private var inputs: UInt64 = 100_000
    private var from: UInt64 = 0
    private var payloads: String?

    /// `nil` if they cannot be understood.
    init?(_ words: some Sequence<String>) {
        var words = words.makeIterator()
        while let word = words.next() {
            if word == "--self-test" {
                isSelfTest = true
                continue
            }
            guard let value = words.next() else { return nil }
            switch (word, UInt64(value)) {
            case ("--seed", let number?): seed = number
            case ("--inputs", let number?): inputs = number
            case ("--from", let number?): from = number
            case ("--payloads", _): payloads = value
            default: return nil
            }
        }
    }

    var indices: Range<UInt64> { from..<from + inputs }

    func payloadTexts() throws -> [[UInt8]] {
        guard let payloads else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: payloads)
            .filter { $0.hasSuffix(".json") }.sorted()
            .map { [UInt8](try Data(contentsOf: URL(filePath: payloads).appending(path: $0))) }
    }
}
