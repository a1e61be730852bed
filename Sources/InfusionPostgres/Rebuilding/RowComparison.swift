import Infusion
import InfusionProjections

/// Compares rows page by page and keeps two digests; pages come in key order.
struct RowComparison {
    let projection: ProjectionName
    private var live = RowDigest()
    private var rebuilt = RowDigest()
    private var firstDifference: RowDifference?

    init(_ projection: ProjectionName) { self.projection = projection }

    mutating func add(live liveRows: [CanonicalRow], rebuilt rebuiltRows: [CanonicalRow]) {
        for row in liveRows { live.append(row) }
        for row in rebuiltRows { rebuilt.append(row) }
        guard firstDifference == nil, liveRows != rebuiltRows else { return }
        firstDifference = difference(liveRows, rebuiltRows)
    }

    var result: ProjectionComparison {
        ProjectionComparison(
            projection: projection, liveRows: live.rows, rebuiltRows: rebuilt.rows,
            liveDigest: live.hexadecimal, rebuiltDigest: rebuilt.hexadecimal,
            firstDifference: firstDifference)
    }

    private func difference(_ live: [CanonicalRow], _ rebuilt: [CanonicalRow]) -> RowDifference? {
        let index = zip(live, rebuilt).prefix { $0 == $1 }.count
        let left = index < live.count ? live[index] : nil
        let right = index < rebuilt.count ? rebuilt[index] : nil
        if let left, let right, left.key == right.key {
            return RowDifference(
                key: left.key, live: left.description, rebuilt: right.description)
        }
        if let left, !rebuilt.contains(where: { $0.key == left.key }) {
            return RowDifference(key: left.key, live: left.description, rebuilt: nil)
        }
        return right.map { RowDifference(key: $0.key, live: nil, rebuilt: $0.description) }
    }
}
