/// A table as RFC 4180: a header, then a line for each row.
struct CSVText {
    static let mediaType = "text/csv; charset=utf-8; header=present"

    let header: [String]
    let rows: [[String]]

    var bytes: [UInt8] {
        Array(
            ([header] + rows).map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }
                .joined().utf8)
    }

    /// In quotes where the text would otherwise end its cell.
    private static func quoted(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else {
            return text
        }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
