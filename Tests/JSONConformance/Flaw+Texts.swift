import Foundation
import InfusionJournal

extension Flaw {
    /// What is read instead of a text that ours refuses; `nil` for a flaw of another sort.
    func pardoned(_ bytes: [UInt8], _ error: JSONError) -> [UInt8]? {
        switch self {
        case .takesTrailingCommas: Mending.withoutTrailingCommas(bytes, TextShape(bytes))
        case .takesDuplicateKeys: Mending.withOrdinals(bytes, TextShape(bytes))
        case .takesByteOrderMarks: Mending.withoutMark(bytes)
        case .takesLoneSurrogates: replacing("\\ud800", by: "\\ufffd", in: bytes)
        case .takesInvalidUTF8: [UInt8](String(decoding: bytes, as: UTF8.self).utf8)
        case .takesLeadingZeros: replacing("01", by: "1", in: bytes)
        case .takesControlCharacters: bytes.filter { $0 >= 0x20 }
        case .takesWhatFollows:
            error.problem == .trailingBytes ? error.offset.map { [UInt8](bytes[..<$0]) } : nil
        case .refusesSolidusEscapes, .refusesCapitalExponents,
            .normalizesStrings, .endsAtNUL, .dropsLastMember, .refusesMinusZero, .roundsDecimals,
            .losesLateDigits, .takesFractionsForIntegers, .readsEmptyAsNull:
            nil
        }
    }

    /// Whether a text is refused that ours may take.
    func refuses(_ bytes: [UInt8]) -> Bool {
        switch self {
        case .refusesSolidusEscapes: contains("\\/", bytes)
        case .refusesCapitalExponents: contains("1E", bytes)
        case .takesTrailingCommas, .takesDuplicateKeys, .takesByteOrderMarks,
            .takesLoneSurrogates, .takesInvalidUTF8, .takesLeadingZeros,
            .takesControlCharacters, .takesWhatFollows, .normalizesStrings, .endsAtNUL,
            .dropsLastMember, .refusesMinusZero, .roundsDecimals, .losesLateDigits,
            .takesFractionsForIntegers, .readsEmptyAsNull:
            false
        }
    }

    private func replacing(_ piece: String, by other: String, in bytes: [UInt8]) -> [UInt8] {
        [UInt8](
            String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: piece, with: other).utf8
        )
    }

    private func contains(_ piece: String, _ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains(piece)
    }
}
