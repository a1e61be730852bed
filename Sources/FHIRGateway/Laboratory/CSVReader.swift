/// RFC 4180 records, with the two liberties real files take: LF for CRLF, and a byte order mark.
///
/// A record whose quotes are torn ends at the end of its line and is marked, so that one broken line
/// does not swallow the file after it.
struct CSVReader {
    struct Record {
        /// From 1.
        let line: Int
        let fields: [String]
        let isTorn: Bool
    }

    let delimiter: UInt8

    func records(in bytes: [UInt8]) -> [Record] {
        var records: [Record] = []
        var text = bytes[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        for (index, raw) in text.split(separator: 0x0A, omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = raw.last == 0x0D ? raw.dropLast() : raw
            guard !line.isEmpty else { continue }
            let (fields, isTorn) = fields(of: line)
            records.append(Record(line: index + 1, fields: fields, isTorn: isTorn))
        }
        return records
    }

    private func fields(of line: ArraySlice<UInt8>) -> ([String], isTorn: Bool) {
        let quote = UInt8(ascii: "\"")
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var index = line.startIndex
        while index < line.endIndex {
            let byte = line[index]
            let next = line.index(after: index)
            switch (isQuoted, byte) {
            case (true, quote) where next < line.endIndex && line[next] == quote:
                field.append(quote)
                index = next
            case (_, quote): isQuoted.toggle()
            case (false, delimiter):
                fields.append(String(decoding: field, as: UTF8.self))
                field.removeAll(keepingCapacity: true)
            default: field.append(byte)
            }
            index = line.index(after: index)
        }
        fields.append(String(decoding: field, as: UTF8.self))
        return (fields, isQuoted)
    }
}
