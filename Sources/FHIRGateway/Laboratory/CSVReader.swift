/// RFC 4180 records in UTF-8, with the two liberties real files take: LF for CRLF, and a byte order mark.
///
/// A quoted field may hold line breaks. A record that is not whole (a quote that stays open or stands
/// beside text, another number of fields than the heading, no line break where the file is torn) ends with
/// its line and is marked, so that one broken line does not swallow the file after it.
struct CSVReader {
    struct Record: Sendable {
        /// Its first line, from 1.
        let line: Int
        let fields: [String]
        let isTorn: Bool
    }

    let delimiter: UInt8
    /// Whether the end of the text is missing.
    let isTorn: Bool

    /// The heading, which says how many fields a record has, and the records after it.
    func records(in bytes: [UInt8]) -> [Record] {
        let scanner = CSVScanner(delimiter: delimiter)
        var records: [Record] = []
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        var line = 1
        while !rest.isEmpty {
            let lineEnd = rest.firstIndex(of: CSVScanner.lineFeed).map { $0 + 1 } ?? rest.endIndex
            var end = lineEnd
            if !isBlank(rest[..<lineEnd]) {
                let scanned = scanner.record(in: rest)
                let isWhole = scanned.map { scanned in
                    let width = records.first?.fields.count ?? scanned.fields.count
                    return scanned.fields.count == width && (scanned.hasLineBreak || !isTorn)
                }
                if let scanned, isWhole == true {
                    records.append(Record(line: line, fields: scanned.fields, isTorn: false))
                    end = scanned.end
                } else {
                    records.append(Record(line: line, fields: [], isTorn: true))
                }
            }
            line += rest[..<end].count { $0 == CSVScanner.lineFeed }
            rest = rest[end...]
        }
        return records
    }

    private func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
        line.allSatisfy { $0 == CSVScanner.lineFeed || $0 == CSVScanner.carriageReturn }
    }
}
