import Foundation

/// One record of a laboratory file, its cells by their columns.
struct LabsLine {
    let record: CSVReader.Record
    let file: LabsFile

    /// What the cell says, without the space around it; `nil` where it says nothing.
    subscript(_ column: String) -> String? {
        guard let position = file.positions[column] else { return nil }
        let text = record.fields[position].trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }

    func location(_ column: String? = nil) -> RowLocation {
        RowLocation(file: file.name, row: record.line, column: column)
    }
}
