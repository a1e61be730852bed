import Infusion
import InfusionProjections

/// Live rows of one patient in one projection against rebuilt ones.
struct ComparedRows: Sendable {
    let live: RowGroupDigest
    let rebuilt: RowGroupDigest
    /// The first row that differs.
    let difference: RowDifference?

    /// Rows in key order.
    init(live: [CanonicalRow], rebuilt: [CanonicalRow]) {
        self.live = RowGroupDigest(live)
        if live == rebuilt {
            self.rebuilt = self.live
            difference = nil
        } else {
            self.rebuilt = RowGroupDigest(rebuilt)
            difference = Self.difference(live, rebuilt)
        }
    }

    private static func difference(
        _ live: [CanonicalRow], _ rebuilt: [CanonicalRow]
    ) -> RowDifference? {
        let index = zip(live, rebuilt).prefix { $0 == $1 }.count
        let left = index < live.count ? live[index] : nil
        let right = index < rebuilt.count ? rebuilt[index] : nil
        if let left, let right, left.key == right.key {
            return RowDifference(key: left.key, kind: .different)
        }
        if let left, !rebuilt.contains(where: { $0.key == left.key }) {
            return RowDifference(key: left.key, kind: .surplus)
        }
        return right.map { RowDifference(key: $0.key, kind: .missing) }
    }
}

/// Live rows of a projection against rebuilt ones, as far as patients were read, in their order.
struct RowComparison: Sendable {
    private(set) var live = RowDigest()
    private(set) var rebuilt = RowDigest()
    private(set) var firstDifference: RowDifference?

    init() {}

    /// Goes on where another was left.
    init(live: RowDigest, rebuilt: RowDigest, firstDifference: RowDifference?) {
        self.live = live
        self.rebuilt = rebuilt
        self.firstDifference = firstDifference
    }

    mutating func add(_ next: ComparedRows) {
        live.append(next.live)
        rebuilt.append(next.rebuilt)
        if firstDifference == nil { firstDifference = next.difference }
    }

    func result(_ projection: ProjectionName) -> ProjectionComparison {
        ProjectionComparison(
            projection: projection, liveRows: live.rows, rebuiltRows: rebuilt.rows,
            liveDigest: live.hexadecimal, rebuiltDigest: rebuilt.hexadecimal,
            firstDifference: firstDifference)
    }
}
