/// Reads one record at a time, as far as its quotes are whole.
struct CSVScanner {
    struct Scanned {
        let fields: [String]
        /// After the record's line break, or the end of the text.
        let end: Int
        let hasLineBreak: Bool
    }

    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    private static let quote = UInt8(ascii: "\"")

    let delimiter: UInt8

    /// The record at the beginning of `text`; `nil` if it cannot be read.
    func record(in text: ArraySlice<UInt8>) -> Scanned? {
        var fields: [String] = []
        var index = text.startIndex
        while let (field, end) = field(in: text, at: index) {
            fields.append(field)
            guard end < text.endIndex else {
                return Scanned(fields: fields, end: end, hasLineBreak: false)
            }
            index = end + 1
            if text[end] == Self.lineFeed {
                return Scanned(fields: fields, end: index, hasLineBreak: true)
            }
        }
        return nil
    }

    /// A field, and where the delimiter or line feed after it stands.
    private func field(in text: ArraySlice<UInt8>, at start: Int) -> (String, end: Int)? {
        let isQuoted = start < text.endIndex && text[start] == Self.quote
        return isQuoted ? quoted(in: text, after: start + 1) : plain(in: text, at: start)
    }

    private func plain(in text: ArraySlice<UInt8>, at start: Int) -> (String, end: Int)? {
        let end = text[start...].firstIndex { ends($0) } ?? text.endIndex
        var content = text[start..<end]
        let isLast = end == text.endIndex || text[end] == Self.lineFeed
        if isLast, content.last == Self.carriageReturn { content = content.dropLast() }
        guard !content.contains(Self.quote), let field = String(validating: content, as: UTF8.self)
        else { return nil }
        return (field, end)
    }

    private func quoted(in text: ArraySlice<UInt8>, after start: Int) -> (String, end: Int)? {
        let limit = min(text.endIndex, start + ImportLimits.quotedFieldBytes)
        var content: [UInt8] = []
        var index = start
        while index < limit {
            let byte = text[index]
            index += 1
            guard byte == Self.quote else {
                content.append(byte)
                continue
            }
            if index < text.endIndex, text[index] == Self.quote {
                content.append(Self.quote)
                index += 1
                continue
            }
            if index < text.endIndex, text[index] == Self.carriageReturn { index += 1 }
            guard index == text.endIndex || ends(text[index]),
                let field = String(validating: content, as: UTF8.self)
            else { return nil }
            return (field, index)
        }
        return nil
    }

    private func ends(_ byte: UInt8) -> Bool { byte == delimiter || byte == Self.lineFeed }
}
