import Foundation
import InfusionJournal

extension Flaw {
    /// `reading` as a reader with this flaw would give it.
    func distorted(_ reading: Reading) -> Reading {
        switch reading {
        case .null, .bool: reading
        case .number(let number): .number(distorted(number))
        case .string(let text): .string(distorted(text))
        case .array(let elements):
            elements.isEmpty && self == .readsEmptyAsNull
                ? .null : .array(elements.map(distorted))
        case .object(let members):
            .object(
                members.dropLast(self == .dropsLastMember && members.count > 3 ? 1 : 0)
                    .map { Reading.Member(key: distorted($0.key), value: distorted($0.value)) })
        }
    }

    private func distorted(_ text: String) -> String {
        switch self {
        case .normalizesStrings: text.precomposedStringWithCanonicalMapping
        case .endsAtNUL: String(String.UnicodeScalarView(text.unicodeScalars.prefix { $0 != "\0" }))
        case .takesTrailingCommas, .takesDuplicateKeys, .takesByteOrderMarks,
            .takesLoneSurrogates, .takesInvalidUTF8, .takesLeadingZeros,
            .takesControlCharacters, .takesWhatFollows, .refusesSolidusEscapes,
            .refusesCapitalExponents, .dropsLastMember, .refusesMinusZero,
            .roundsDecimals, .losesLateDigits, .takesFractionsForIntegers, .readsEmptyAsNull:
            text
        }
    }

    private func distorted(_ number: Reading.Number) -> Reading.Number {
        var number = number
        let text = number.text.text
        switch self {
        case .roundsDecimals: number.decimal = number.decimal.map { Decimal($0.doubleValue) }
        case .losesLateDigits: number.text = JSONNumber(String(text.prefix(40))) ?? number.text
        case .takesFractionsForIntegers:
            number.integer = number.integer ?? Double(text).flatMap(Int64.init(exactly:))
        case .refusesMinusZero:
            number.integer = text == "-0" ? nil : number.integer
        case .takesTrailingCommas, .takesDuplicateKeys, .takesByteOrderMarks,
            .takesLoneSurrogates, .takesInvalidUTF8, .takesLeadingZeros,
            .takesControlCharacters, .takesWhatFollows, .refusesSolidusEscapes,
            .refusesCapitalExponents, .normalizesStrings, .endsAtNUL,
            .dropsLastMember, .readsEmptyAsNull:
            break
        }
        return number
    }
}

extension Decimal {
    fileprivate var doubleValue: Double { NSDecimalNumber(decimal: self).doubleValue }
}
