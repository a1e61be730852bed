import Foundation
import InfusionJournal
import Testing

/// Our reader against `JSONSerialization`, on 240,000 texts in every run. They give the same answer
/// or both refuse, except where ours is stricter or keeps more, on purpose:
///
/// 1. duplicate keys are refused; Foundation keeps one of them;
/// 2. a comma before `]` or `}` is refused, as the grammar has it; Foundation on Linux lets it
///    pass;
/// 3. only UTF-8 without byte order mark is read; Foundation guesses UTF-16 and UTF-32 as well;
/// 4. numbers that no `Double` holds are kept as text; Foundation refuses them;
/// 5. U+FEFF within strings is kept; Foundation drops it where a run of text begins with it;
/// 6. keys are compared by code unit; Foundation's dictionaries merge `é` and `e` + accent.
@Suite("JSON reader against Foundation")
struct JSONDifferentialTests {
    /// Foundation's own limit.
    private let reader = JSONReader(limits: JSONLimits(bytesMax: 1 << 20, depthMax: 512))

    @Test(arguments: 0..<8)
    func `random texts, whole and spoiled, are read alike`(seed: Int) {
        var random = RandomJSON(seed: UInt64(seed))
        for _ in 0..<10_000 {
            let text = random.text()
            check(text)
            check(random.spoiled(text))
            check(random.spoiled(text))
        }
    }

    @Test func `payloads of ours, spoiled, are read alike`() throws {
        var random = RandomJSON(seed: 99)
        for name in try GoldenFiles.names() {
            let golden = try GoldenFiles.bytes(name)
            check(golden)
            for _ in 0..<200 { check(random.spoiled(golden)) }
        }
    }

    @Test func `every pair of hostile pieces is read alike`() {
        let quote = [UInt8(ascii: "\"")]
        for first in RandomJSON.hostile {
            for second in RandomJSON.hostile {
                check(first + second)
                check(quote + first + second + quote)
                check(
                    [UInt8(ascii: "[")] + first + [UInt8(ascii: ",")] + second + [UInt8(ascii: "]")]
                )
            }
        }
    }

    @Test func `both stop at the same depth`() {
        for depth in [511, 512, 513] {
            check(
                [UInt8](repeating: UInt8(ascii: "["), count: depth)
                    + [UInt8](repeating: UInt8(ascii: "]"), count: depth))
        }
    }

    private func check(_ bytes: [UInt8]) {
        let theirs = try? JSONSerialization.jsonObject(
            with: Data(bytes), options: [.fragmentsAllowed])
        var agree: Bool
        do {
            let ours = try JSONTree(reader.read(bytes))
            agree = theirs.map { FoundationJSON.isSame(ours, $0) } ?? hasNumberBeyondDouble(ours)
        } catch {
            agree = theirs == nil || isStricter(error, bytes)
        }
        if !agree {
            Issue.record(
                "they differ on \(bytes) \(String(decoding: bytes, as: UTF8.self).debugDescription)"
            )
        }
    }

    /// Differences 1 to 3.
    private func isStricter(_ error: any Error, _ bytes: [UInt8]) -> Bool {
        guard let error = error as? JSONError else { return false }
        if error.problem == .duplicateKey { return true }
        let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE]]
        if bytes.prefix(4).contains(0) || marks.contains(where: { bytes.starts(with: $0) }) {
            return true
        }
        guard error.problem == .unexpectedByte, let offset = error.offset else { return false }
        let before = bytes[..<offset].last { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
        let isClosing = bytes[offset] == UInt8(ascii: "]") || bytes[offset] == UInt8(ascii: "}")
        return isClosing && before == UInt8(ascii: ",")
    }

    /// Difference 4.
    private func hasNumberBeyondDouble(_ tree: JSONTree) -> Bool {
        switch tree {
        case .null, .bool, .string: false
        case .number(let number): Double(number.text).map { !$0.isFinite } ?? true
        case .array(let elements): elements.contains(where: hasNumberBeyondDouble)
        case .object(let members): members.contains { hasNumberBeyondDouble($0.value) }
        }
    }
}
