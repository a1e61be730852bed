import Foundation

/// A laboratory file whose heading has every column that its mapping names, once.
public struct LabsFile: Sendable {
    /// What a report calls it.
    public let name: String
    /// Whether the end is missing; what came before it is here.
    public let isTorn: Bool
    let mapping: LabsMapping
    /// Where each column of the mapping stands in a record.
    let positions: [String: Int]
    /// The records after the heading.
    let records: [CSVReader.Record]

    /// - Parameter bytes: The file's contents, not compressed.
    /// - Throws: ``LabsMapping/MappingProblem`` naming the columns the heading does not have, or has more
    ///   than once. It never says what the file holds: its first line may be somebody's.
    public init(
        _ bytes: [UInt8], name: String, isTorn: Bool, mapping: LabsMapping
    ) throws(LabsMapping.MappingProblem) {
        self.name = name
        self.isTorn = isTorn
        self.mapping = mapping
        let all = CSVReader(delimiter: mapping.delimiter, isTorn: isTorn).records(in: bytes)
        records = Array(all.dropFirst())
        guard let heading = all.first, !(heading.isTorn && isTorn) else {
            positions = [:]
            return
        }
        let headings = heading.fields.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        positions = try Self.positions(of: mapping.columnNames, in: headings, file: name)
    }

    private static func positions(
        of columns: [String], in headings: [String], file: String
    ) throws(LabsMapping.MappingProblem) -> [String: Int] {
        let found = Dictionary(grouping: headings.indices) { headings[$0] }
        let missing = columns.filter { found[$0] == nil }
        guard missing.isEmpty else {
            throw LabsMapping.MappingProblem(
                description: "the heading of \(file), of \(headings.count) columns, is without "
                    + missing.joined(separator: ", "))
        }
        let repeated = columns.filter { (found[$0]?.count ?? 0) > 1 }
        guard repeated.isEmpty else {
            throw LabsMapping.MappingProblem(
                description: "the heading of \(file) has more than once "
                    + repeated.joined(separator: ", "))
        }
        return found.compactMapValues(\.first)
    }
}
