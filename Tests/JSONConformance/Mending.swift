import Foundation

/// Takes deviations out of a text and leaves the rest as it was, well-formed or not.
enum Mending {
    /// Whether Foundation would not read these bytes as UTF-8 from the first one on.
    static func isOtherEncoding(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: mark) || bytes.starts(with: [0xFE, 0xFF])
            || bytes.starts(with: [0xFF, 0xFE])
        {
            return true
        }
        return bytes.prefix(4).contains(0)
    }

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The same text without its byte order mark; `nil` for UTF-16 and UTF-32.
    static func withoutMark(_ bytes: [UInt8]) -> [UInt8]? {
        bytes.starts(with: mark) ? [UInt8](bytes.dropFirst(mark.count)) : nil
    }

    static func withoutTrailingCommas(_ bytes: [UInt8], _ shape: TextShape) -> [UInt8] {
        let commas = Set(shape.trailingCommas)
        return bytes.indices.filter { !commas.contains($0) }.map { bytes[$0] }
    }

    /// Each key with its ordinal in front, which makes it the only one of its kind.
    static func withOrdinals(_ bytes: [UInt8], _ shape: TextShape) -> [UInt8] {
        let marks = shape.objects.flatMap { keys in
            keys.enumerated().map { ($1.lowerBound..<$1.lowerBound, ordinal($0)) }
        }
        return replacing(marks.map { ($0, [UInt8]($1.utf8)) }, in: bytes)
    }

    static func ordinal(_ ordinal: Int) -> String { "\(ordinal):" }

    /// Each number that Foundation has no place for as zero, long enough to keep a NUL that
    /// follows from turning the text into UTF-16.
    static func withoutNumbersBeyondDouble(_ bytes: [UInt8], _ shape: TextShape) -> [UInt8] {
        let numbers = shape.numbers.filter { isBeyondDouble(bytes[$0]) }
        return replacing(numbers.map { ($0, [UInt8]("0.00".utf8)) }, in: bytes)
    }

    static func isBeyondDouble(_ number: some Collection<UInt8>) -> Bool {
        guard let exact = ExactDecimal(number), !exact.isZero, !exact.fitsDecimal else {
            return false
        }
        let double = Double(String(decoding: number, as: UTF8.self))
        return double.map { $0.isZero || !$0.isFinite } ?? true
    }

    private static func replacing(
        _ changes: [(Range<Int>, [UInt8])], in bytes: [UInt8]
    ) -> [UInt8] {
        var changed: [UInt8] = []
        var index = 0
        for (range, replacement) in changes.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
            changed += bytes[index..<range.lowerBound]
            changed += replacement
            index = range.upperBound
        }
        return changed + bytes[index...]
    }
}
