extension RawSpan {
    /// Reads an integer in network byte order; the caller has checked the bounds, and so does this.
    func load<Integer: FixedWidthInteger & BitwiseCopyable>(
        _ type: Integer.Type = Integer.self, at offset: Int
    ) -> Integer {
        Integer(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: Integer.self))
    }

    /// The bytes as text, if they are UTF-8.
    var validatedString: String? {
        withUnsafeBytes { String(validating: $0, as: UTF8.self) }
    }

    /// A copy of the bytes.
    var copied: [UInt8] {
        withUnsafeBytes { [UInt8]($0) }
    }
}
