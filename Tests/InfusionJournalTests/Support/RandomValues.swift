import Foundation
import Infusion

/// Random values of the domain, within what can be stored and well beyond what a clinic would
/// write.
struct RandomValues {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func flag() -> Bool { generator.chance(50) }
    mutating func integer() -> Int {
        generator.pick([0, 1, -1, 17, 90, .max, .min, Int(truncatingIfNeeded: generator.next())])
    }

    mutating func optional<Value>(_ make: (inout RandomValues) -> Value) -> Value? {
        flag() ? make(&self) : nil
    }

    mutating func array<Value>(_ most: Int, _ make: (inout RandomValues) -> Value) -> [Value] {
        (0..<generator.below(most + 1)).map { _ in make(&self) }
    }

    mutating func code<Code: CaseIterable>() -> Code { generator.pick([Code](Code.allCases)) }

    mutating func set<Code: CaseIterable & Hashable>() -> Set<Code> {
        Set(Code.allCases.filter { _ in generator.chance(40) })
    }

    mutating func text() -> String {
        let pieces = [
            "a", "Z", "ferritin", " ", "", "\"", "\\", "/", "\n", "\r", "\t", "\u{8}", "\u{c}",
            "\u{0}",
            "\u{1f}", "\u{7f}", "é", "e\u{301}", "ß", "≥", "日本", "👩🏽‍⚕️", "\u{10FFFF}", "\u{FEFF}",
            "\u{2028}",
            "\\u0041", "{}", "null",
        ]
        return array(8) { $0.generator.pick(pieces) }.joined()
    }

    mutating func identifier<Subject>() -> Identifier<Subject> {
        let (high, low) = (generator.next(), generator.next())
        func byte(_ index: Int) -> UInt8 {
            UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64(index % 8 * 8))
        }
        return Identifier(
            UUID(
                uuid: (
                    byte(0), byte(1), byte(2), byte(3), byte(4), byte(5), byte(6), byte(7), byte(8),
                    byte(9), byte(10), byte(11), byte(12), byte(13), byte(14), byte(15)
                )))
    }

    mutating func date() -> CalendarDate {
        CalendarDate(dayNumber: Int.random(in: -719_162...2_932_896, using: &generator))
    }

    mutating func instant() -> Instant {
        let range: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999
        return Instant(microsecondsSinceUnixEpoch: Int64.random(in: range, using: &generator))
    }

    mutating func decimal() -> Decimal {
        let simple: [Decimal] = [
            0, 1, -1, 500, 1_000, Decimal(sign: .plus, exponent: -1, significand: 75),
        ]
        switch generator.below(4) {
        case 0: return generator.pick(simple)
        case 1:
            let significand = Decimal(generator.next())
            return Decimal(
                sign: flag() ? .plus : .minus, exponent: -generator.below(30),
                significand: significand)
        case 2: return Decimal(generator.below(1_000)) / Decimal(1 + generator.below(99))
        default:
            return Decimal(
                sign: .plus, exponent: generator.below(200) - 100,
                significand: Decimal(generator.below(10_000)))
        }
    }

    mutating func quantity<Unit>() -> Quantity<Unit> { Quantity(decimal()) }
    mutating func version() -> EventVersion { EventVersion(Int64(integer())) }
}
