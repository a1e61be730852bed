import Infusion
import InfusionProjections

/// Live rows of one patient in one projection against rebuilt ones.
struct ComparedRows: Sendable {
    let live: RowGroupDigest
    let rebuilt: RowGroupDigest
    /// How many rows differ, and the first of them.
    let differingRows: Int
    let differences: [RowDifference]

    /// Rows in key order.
    init(live: [CanonicalRow], rebuilt: [CanonicalRow]) {
        self.live = RowGroupDigest(live)
        self.rebuilt = live == rebuilt ? self.live : RowGroupDigest(rebuilt)
        let all = live == rebuilt ? [] : Self.differences(live, rebuilt)
        differingRows = all.count
        differences = Array(all.prefix(RebuildLimits.namedDifferences))
    }

    /// In key order, which the keys as texts need not have: so each side is asked for the other's.
    private static func differences(
        _ live: [CanonicalRow], _ rebuilt: [CanonicalRow]
    ) -> [RowDifference] {
        let (liveKeys, rebuiltKeys) = (Set(live.map(\.key)), Set(rebuilt.map(\.key)))
        var found: [RowDifference] = []
        var rest = rebuilt[...]
        func takeMissing() {
            while let row = rest.first, !liveKeys.contains(row.key) {
                found.append(RowDifference(key: row.key, kind: .missing))
                rest.removeFirst()
            }
        }
        for row in live {
            takeMissing()
            guard rebuiltKeys.contains(row.key), let other = rest.popFirst() else {
                found.append(RowDifference(key: row.key, kind: .surplus))
                continue
            }
            if row != other { found.append(RowDifference(key: row.key, kind: .different)) }
        }
        takeMissing()
        return found
    }
}

/// Live rows of a projection against rebuilt ones, as far as patients were read, in their order.
struct RowComparison: Sendable {
    private(set) var live = RowDigest()
    private(set) var rebuilt = RowDigest()
    private(set) var differingRows = 0
    /// The first of them, at most ``RebuildLimits/namedDifferences``.
    private(set) var differences: [RowDifference] = []

    init() {}

    /// Goes on where another was left.
    init(
        live: RowDigest, rebuilt: RowDigest, differingRows: Int, differences: [RowDifference]
    ) {
        self.live = live
        self.rebuilt = rebuilt
        self.differingRows = differingRows
        self.differences = differences
    }

    mutating func add(_ next: ComparedRows) {
        live.append(next.live)
        rebuilt.append(next.rebuilt)
        differingRows += next.differingRows
        let free = RebuildLimits.namedDifferences - differences.count
        differences += next.differences.prefix(max(0, free))
    }

    func result(_ projection: ProjectionName) -> ProjectionComparison {
        ProjectionComparison(
            projection: projection, liveRows: live.rows, rebuiltRows: rebuilt.rows,
            liveDigest: live.hexadecimal, rebuiltDigest: rebuilt.hexadecimal,
            differingRows: differingRows, differences: differences)
    }
}
