/// Where our reader and Foundation's differ on purpose. The list is closed: any other difference is
/// a fault. Whether one applies is decided on the text alone, never by what a reader made of it; and
/// a text in which one applies is changed so that it does not, and then compared all the same.
public enum Deviation: String, CaseIterable, Sendable {
    /// RFC 8259 §8.1 has UTF-8 without a byte order mark. Foundation takes a mark, and guesses
    /// UTF-16 and UTF-32 from the zeros among the first four bytes. Ours refuses.
    case otherEncoding = "a byte order mark, UTF-16 or UTF-32"
    /// The grammar has no comma before `]` or `}`. Foundation passes it. Ours refuses.
    case trailingComma = "a comma before a closing bracket"
    /// RFC 8259 §4 leaves their meaning open. Foundation keeps the first. Ours refuses, since two
    /// readers that differ are an attack.
    case duplicateKey = "duplicate keys"
    /// RFC 8259 §8.3 compares keys unit by unit. Foundation's are Swift strings, for which `é` is `e`
    /// with an accent, and it keeps the first of the two. Ours keeps both.
    case equivalentKeys = "keys equal but for normalization"
    /// Foundation refuses a number for which neither `Decimal` nor `Double` has a place. Ours keeps
    /// its text.
    case numberBeyondDouble = "a number beyond any Double"
    /// Foundation rounds a number with more digits than `Decimal` has. Ours keeps its text, and does
    /// not give it as a `Decimal`; the two are compared as a `Double`.
    case numberBeyondDecimal = "a number that no Decimal is exactly"
    /// Foundation goes beyond its range on the way to a `Decimal` where a number is spelled with a
    /// long exponent or many zeros. Ours leaves the zeros out first; the two are compared as a
    /// `Double`.
    case spellingBeyondDecimal = "a Decimal spelled with too many zeros"
}
