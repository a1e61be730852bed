/// Why bytes are not a value of the wanted type.
public enum DecodingProblem: String, Error, Sendable, Hashable {
    /// The column's type is another one.
    case unexpectedType = "unexpected type"
    /// NULL where the Swift type is not optional.
    case unexpectedNull = "unexpected null"
    /// Not the number of bytes that the type has.
    case wrongLength = "wrong length"
    /// The value has no place in the Swift type.
    case outOfRange = "out of range"
    /// The bytes do not follow the type's format.
    case invalidFormat = "invalid format"
    /// No column of that name or position.
    case missingColumn = "missing column"
    /// Another number of columns than asked for.
    case wrongColumnCount = "wrong number of columns"
}
