import Foundation

/// A printed table: bands of body weight, in each of them bands of haemoglobin, and what stands there.
///
/// Its rows go from light to heavy, and in each weight from low to high; each begins where the one before it
/// ends. So a patient is in one row, or beyond the table's ends.
public struct BandTable<Cell: Hashable & Sendable>: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        public let weight: WeightRange
        public let hemoglobin: HemoglobinBand
        public let cell: Cell
        public let source: ClinicalSource

        public init(
            weight: WeightRange, hemoglobin: HemoglobinBand, cell: Cell, source: ClinicalSource
        ) {
            self.weight = weight
            self.hemoglobin = hemoglobin
            self.cell = cell
            self.source = source
        }

        /// `35–<70 kg, Hb 10–<14 g/dL`.
        public var place: String {
            [weight.printed, hemoglobin.printed.map { "Hb \($0) \(Units.GramPerDeciliter.ucum)" }]
                .compactMap(\.self).joined(separator: ", ")
        }
    }

    /// What keeps rows from being a table: the row, from 0, and what is wrong with it.
    public struct Disorder: Hashable, Sendable {
        public let row: Int
        public let problem: String
    }

    public let rows: [Row]

    /// - Precondition: ``disorder(in:)`` finds nothing.
    public init(_ rows: [Row]) {
        precondition(Self.disorder(in: rows).isEmpty, "the rows are no table")
        self.rows = rows
    }

    /// `nil` beyond the table's ends.
    public func row(weight: Kilograms, hemoglobin: GramsPerDeciliter) -> Row? {
        rows.first { $0.weight.contains(weight) && $0.hemoglobin.contains(hemoglobin) }
    }

    /// Every row that leaves a gap or an overlap to the one before it, or holds nobody.
    public static func disorder(in rows: [Row]) -> [Disorder] {
        guard let first = rows.first else { return [Disorder(row: 0, problem: "there is none")] }
        let top = rows.last { $0.weight == first.weight }?.hemoglobin.upper
        return rows.indices.compactMap { index in
            let before = index == 0 ? nil : rows[index - 1]
            let isLast = index == rows.count - 1 || rows[index + 1].weight != rows[index].weight
            return problem(of: rows[index], after: before, top: isLast ? top : nil, isLast: isLast)
                .map { Disorder(row: index, problem: $0) }
        }
    }

    private static func problem(
        of row: Row, after before: Row?, top: HemoglobinBand.End?, isLast: Bool
    ) -> String? {
        if row.weight.isEmpty || row.hemoglobin.isEmpty { return "holds nobody" }
        if let before, before.weight == row.weight {
            guard row.hemoglobin.follows(before.hemoglobin) else {
                return "its haemoglobin does not begin where that of the row before it ends"
            }
        } else {
            if row.hemoglobin.lower != nil {
                return "is the first of its weight, and leaves out what is below its haemoglobin"
            }
            if let before, before.weight.below == nil || before.weight.below != row.weight.atLeast {
                return "its weight does not begin where that of the row before it ends"
            }
        }
        return isLast && row.hemoglobin.upper != top
            ? "is the last of its weight, and ends at another haemoglobin than the first weight's"
            : nil
    }

    /// The values at which a row begins or ends.
    var weights: [Decimal] {
        Set(rows.flatMap { [$0.weight.atLeast, $0.weight.below] }.compactMap { $0?.value }).sorted()
    }
    var hemoglobins: [Decimal] {
        Set(
            rows.flatMap { [$0.hemoglobin.lower, $0.hemoglobin.upper] }
                .compactMap { $0?.value.value }
        ).sorted()
    }
}
