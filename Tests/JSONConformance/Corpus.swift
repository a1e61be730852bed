import InfusionJournal

/// The inputs: endless, and each one known by a seed and its index.
public struct Corpus: Sendable {
    /// What parsers have stumbled over.
    public static let hostilePieces = HostilePieces.all

    /// How often there is a text about as deep as both readers go. Seldom: Foundation takes most of
    /// a second for one.
    private static let deepestEvery: UInt64 = 50_000

    private let payloads: [[UInt8]]

    /// - Parameter payloads: real ones, given whole and spoiled among the invented texts.
    public init(payloads: [[UInt8]]) { self.payloads = payloads }

    /// The same bytes for the same seed and index, for ever the same on every machine.
    public func input(seed: UInt64, index: UInt64) -> [UInt8] {
        var generator = SplitMix64(seed: seed, index: index)
        if index % Corpus.deepestEvery == Corpus.deepestEvery - 1 {
            var text = RandomText(generator)
            text.deep(Comparison.limits.depthMax - 2 + generator.below(5))
            return text.bytes
        }
        var bytes = text(&generator)
        guard generator.chance(60) else { return bytes }
        if generator.chance(10) { return transcoded(bytes, &generator) }
        let other = generator.chance(10) ? text(&generator) : []
        for _ in 0...generator.below(3) { spoil(&bytes, with: other, &generator) }
        return bytes
    }

    private func text(_ generator: inout SplitMix64) -> [UInt8] {
        let kind = generator.below(100)
        if kind < 20, !payloads.isEmpty { return generator.pick(payloads) }
        var text = RandomText(SplitMix64(seed: generator.next(), index: 0))
        switch kind {
        case ..<70: text.text()
        case ..<72: text.deep(1 + generator.below(60))
        case ..<75: text.wide()
        case ..<85: text.number()
        case ..<95: text.string()
        default:
            return (0...generator.below(5)).flatMap { _ in generator.pick(HostilePieces.all) }
        }
        return text.bytes
    }

    /// One change. `other` is a text to be spliced with, if there is one.
    private func spoil(
        _ bytes: inout [UInt8], with other: [UInt8], _ generator: inout SplitMix64
    ) {
        guard !bytes.isEmpty else { return }
        let index = generator.below(bytes.count)
        switch generator.below(13) {
        case 0: bytes.remove(at: index)
        case 1: bytes.insert(bytes[index], at: index)
        case 2: bytes[index] = UInt8(truncatingIfNeeded: generator.next())
        case 3: bytes[index] ^= 1 << UInt8(generator.below(8))
        case 4: bytes.removeSubrange(index...)
        case 5: bytes.removeSubrange(..<index)
        case 6: bytes.swapAt(index, generator.below(bytes.count))
        case 7:
            let end = min(bytes.count, index + 1 + generator.below(20))
            bytes.insert(contentsOf: bytes[index..<end], at: generator.below(bytes.count))
        case 8 where !other.isEmpty:
            bytes.replaceSubrange(index..., with: other[generator.below(other.count)...])
        case 9:
            let brackets = bytes.indices.filter { bytes[$0] | 0x20 == UInt8(ascii: "}") }
            guard !brackets.isEmpty else { return }
            bytes.insert(UInt8(ascii: ","), at: generator.pick(brackets))
        default: bytes.insert(contentsOf: generator.pick(HostilePieces.all), at: index)
        }
    }

    /// In another encoding, with or without its mark.
    private func transcoded(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        let isBig = generator.chance(50)
        let mark = generator.chance(50) ? "\u{FEFF}" : ""
        switch generator.below(3) {
        case 0: return [UInt8]("\u{FEFF}".utf8) + bytes
        case 1: return (mark + text).utf16.flatMap { spelled(UInt32($0), bytes: 2, isBig) }
        default: return (mark + text).unicodeScalars.flatMap { spelled($0.value, bytes: 4, isBig) }
        }
    }

    private func spelled(_ unit: UInt32, bytes count: UInt32, _ isBig: Bool) -> [UInt8] {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: unit >> ($0 * 8)) }
        return isBig ? bytes.reversed() : bytes
    }
}
