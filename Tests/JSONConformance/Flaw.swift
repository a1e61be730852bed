public import InfusionJournal

/// Readers that are wrong in one way each: a comparison that is worth anything finds every one.
public enum Flaw: String, CaseIterable, Sendable {
    case takesTrailingCommas, takesDuplicateKeys, takesByteOrderMarks, takesLoneSurrogates
    case takesInvalidUTF8, takesLeadingZeros, takesControlCharacters, takesWhatFollows
    case refusesSolidusEscapes, refusesCapitalExponents
    case normalizesStrings, endsAtNUL, dropsLastMember, refusesMinusZero, roundsDecimals
    case losesLateDigits, takesFractionsForIntegers, readsEmptyAsNull

    /// Our reader with this flaw.
    public var reader: @Sendable ([UInt8]) throws(JSONError) -> Reading {
        { bytes throws(JSONError) in
            guard !refuses(bytes) else { throw JSONError(.unexpectedByte) }
            do throws(JSONError) {
                return distorted(try Comparison.ours(bytes))
            } catch {
                guard let pardoned = pardoned(bytes, error) else { throw error }
                return try Comparison.ours(pardoned)
            }
        }
    }
}
