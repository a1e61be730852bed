import Foundation

/// SplitMix64: the same seed gives the same clinic on every machine.
struct DemoRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A version 8 UUID (RFC 9562: vendor-specific content) made of this generator's bits.
    mutating func uuid() -> UUID {
        var bytes = littleEndianBytes(of: next()) + littleEndianBytes(of: next())
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
            ))
    }

    private func littleEndianBytes(of word: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
    }

    /// A decimal with one digit after the point, uniform in the closed range of tenths.
    mutating func tenths(_ range: ClosedRange<Int>) -> Decimal {
        Decimal(Int.random(in: range, using: &self)) / 10
    }
}
