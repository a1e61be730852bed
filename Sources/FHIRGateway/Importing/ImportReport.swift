/// The account of an import: every row read is in exactly one of the four counts.
public struct ImportReport: Sendable {
    public private(set) var rows = 0
    public private(set) var applied = 0
    public private(set) var duplicate = 0
    public private(set) var notRelevant: [String: Int] = [:]
    public private(set) var quarantined: [String: Int] = [:]
    /// The first of the quarantined rows; at most ``ImportLimits/rowsListed``.
    public private(set) var quarantinedRows: [(location: RowLocation, reason: String)] = []
    /// Beside the four counts: rows a person should know of, whatever became of them.
    public private(set) var notes: [ImportNote: Int] = [:]
    /// The first of the rows with a note; at most ``ImportLimits/rowsListed``.
    public private(set) var notedRows: [(location: RowLocation, note: ImportNote)] = []

    public init() {}

    public mutating func add(_ disposition: Disposition, at location: RowLocation) {
        rows += 1
        switch disposition {
        case .applied: applied += 1
        case .duplicate: duplicate += 1
        case .notRelevant(let code): notRelevant[code, default: 0] += 1
        case .quarantined(let reason):
            quarantined[reason, default: 0] += 1
            if quarantinedRows.count < ImportLimits.rowsListed {
                quarantinedRows.append((location, reason))
            }
        }
    }

    /// Accounts for rows that say the same: the first has the disposition, and where it was applied the
    /// others were here already.
    mutating func add(_ disposition: Disposition, at locations: [RowLocation]) {
        for (index, location) in locations.enumerated() {
            let isRepeated = index > 0 && disposition == .applied
            add(isRepeated ? .duplicate : disposition, at: location)
        }
    }

    public mutating func note(_ note: ImportNote, at location: RowLocation) {
        notes[note, default: 0] += 1
        if notedRows.count < ImportLimits.rowsListed { notedRows.append((location, note)) }
    }

    public mutating func merge(_ other: ImportReport) {
        rows += other.rows
        applied += other.applied
        duplicate += other.duplicate
        notRelevant.merge(other.notRelevant, uniquingKeysWith: +)
        quarantined.merge(other.quarantined, uniquingKeysWith: +)
        quarantinedRows += other.quarantinedRows.prefix(
            max(0, ImportLimits.rowsListed - quarantinedRows.count))
        notes.merge(other.notes, uniquingKeysWith: +)
        notedRows += other.notedRows.prefix(max(0, ImportLimits.rowsListed - notedRows.count))
    }

    public var notRelevantTotal: Int { notRelevant.values.reduce(0, +) }
    public var quarantinedTotal: Int { quarantined.values.reduce(0, +) }
    /// Whether every row is accounted for.
    public var addsUp: Bool { rows == applied + duplicate + notRelevantTotal + quarantinedTotal }
    /// Whether nothing waits for a person: what was to be recorded is recorded.
    public var isComplete: Bool { quarantined.isEmpty }
}
