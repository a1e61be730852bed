/// What became of one row of an import.
public enum Disposition: Hashable, Sendable {
    case applied
    /// It was here already.
    case duplicate
    /// Nothing the rules read; counted by what it is.
    case notRelevant(code: String)
    /// Not taken, and never dropped silently: a stable code, and where the row is.
    case quarantined(reason: String)
}

/// Where a row came from: enough to find it again, nothing of what it says.
public struct RowLocation: Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// Line of a file of lines, index of a bundle's entry; both from 1.
    public let row: Int
    /// The column, where one line holds several values.
    public let column: String?
    public init(file: String, row: Int, column: String? = nil) {
        self.file = file
        self.row = row
        self.column = column
    }
    public var description: String {
        column.map { "\(file):\(row):\($0)" } ?? "\(file):\(row)"
    }
}

/// The account of an import: every row read is in exactly one of the four counts.
public struct ImportReport: Sendable {
    public private(set) var rows = 0
    public private(set) var applied = 0
    public private(set) var duplicate = 0
    public private(set) var notRelevant: [String: Int] = [:]
    public private(set) var quarantined: [String: Int] = [:]
    /// The first of the quarantined rows; at most ``ImportLimits/quarantineListed``.
    public private(set) var quarantinedRows: [(location: RowLocation, reason: String)] = []

    public init() {}

    public mutating func add(_ disposition: Disposition, at location: RowLocation) {
        rows += 1
        switch disposition {
        case .applied: applied += 1
        case .duplicate: duplicate += 1
        case .notRelevant(let code): notRelevant[code, default: 0] += 1
        case .quarantined(let reason):
            quarantined[reason, default: 0] += 1
            if quarantinedRows.count < ImportLimits.quarantineListed {
                quarantinedRows.append((location, reason))
            }
        }
    }

    public mutating func merge(_ other: ImportReport) {
        rows += other.rows
        applied += other.applied
        duplicate += other.duplicate
        notRelevant.merge(other.notRelevant, uniquingKeysWith: +)
        quarantined.merge(other.quarantined, uniquingKeysWith: +)
        quarantinedRows += other.quarantinedRows.prefix(
            max(0, ImportLimits.quarantineListed - quarantinedRows.count))
    }

    public var notRelevantTotal: Int { notRelevant.values.reduce(0, +) }
    public var quarantinedTotal: Int { quarantined.values.reduce(0, +) }
    /// Whether every row is accounted for.
    public var addsUp: Bool { rows == applied + duplicate + notRelevantTotal + quarantinedTotal }
}

/// Limits of an import, with their units.
public enum ImportLimits {
    /// Bytes of one file, after decompression.
    public static let fileBytes = 512 << 20
    /// Bytes of one line of a file of lines.
    public static let lineBytes = 8 << 20
    /// Bytes of one bundle.
    public static let bundleBytes = 256 << 20
    /// Quarantined rows listed one by one; the rest are counted.
    public static let quarantineListed = 1_000
    /// Patients worked on at the same time.
    public static let concurrentPatients = 8
    /// Results in one command.
    public static let resultsPerCommand = 100
}
