import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

/// How far a rebuild has come, as the database keeps it: a start after a stop goes on from here.
struct RebuildMark: Sendable {
    /// Patients up to and including this one are staged.
    var through: UUID
    /// The head of the log when it began.
    let head: Position
    /// Up to where staged patients have been caught up.
    var reached: Position
    let generations: [ProjectionName: Int32]
    var findings: RebuildFindings
    /// Patients that an earlier start had staged.
    let resumedPatients: Int

    var isFilled: Bool { through == PatientRange.highest }

    /// From a row of `begin_rebuild.sql`.
    init(_ row: Row, of projections: [ProjectionName]) throws(PostgresError) {
        through = try row.decode(UUID.self, at: 0)
        head = Position(try row.decode(Int64.self, at: 1))
        reached = Position(try row.decode(Int64.self, at: 2))
        let numbers = try row.decode([Int32].self, at: 5)
        guard numbers.count == projections.count else { throw PostgresError(.decoding) }
        generations = Dictionary(uniqueKeysWithValues: zip(projections, numbers))
        findings = RebuildFindings(Set(projections))
        findings.patients = Int(try row.decode(Int64.self, at: 3))
        findings.events = Int(try row.decode(Int64.self, at: 4))
        resumedPatients = findings.patients
        let liveRows = try row.decode([Int64].self, at: 6)
        let rebuiltRows = try row.decode([Int64].self, at: 7)
        let liveDigests = try row.decode([[UInt8]].self, at: 8)
        let rebuiltDigests = try row.decode([[UInt8]].self, at: 9)
        let keys = try row.decode([String].self, at: 10)
        let kinds = try row.decode([String].self, at: 11)
        let counts = try row.decode([Int64].self, at: 16)
        let named = try row.decode([String].self, at: 17)
        // None before the first page is written.
        for (index, projection) in zip(liveRows.indices, projections) {
            findings.comparisons[projection] = RowComparison(
                live: RowDigest(bytes: liveDigests[index], rows: Int(liveRows[index])),
                rebuilt: RowDigest(bytes: rebuiltDigests[index], rows: Int(rebuiltRows[index])),
                differingRows: Int(counts[index]),
                differences: named.indices.compactMap { at in
                    guard named[at] == projection.rawValue else { return nil }
                    return RowDifference.Kind(rawValue: kinds[at]).map {
                        RowDifference(key: keys[at], kind: $0)
                    }
                })
        }
        findings.parked = try Self.parked(row)
    }

    private static func parked(_ row: Row) throws(PostgresError) -> [ParkedStream] {
        let patients = try row.decode([UUID].self, at: 12)
        let positions = try row.decode([Int64].self, at: 13)
        let reasons = try row.decode([String].self, at: 14)
        let messages = try row.decode([String].self, at: 15)
        var parked: [ParkedStream] = []
        for index in patients.indices {
            guard let reason = ParkingReason(rawValue: reasons[index]) else {
                throw PostgresError(.decoding)
            }
            parked.append(
                ParkedStream(
                    patient: PatientID(patients[index]), position: Position(positions[index]),
                    reason: reason, message: messages[index]))
        }
        return parked
    }

    /// The first statement of a transaction that writes for the rebuild: it locks the mark, and
    /// fails if another start has taken the rebuild over.
    func statement(_ tenant: TenantID, filler: UUID) -> Query {
        let comparisons = ProjectionName.allCases.compactMap { findings.comparisons[$0] }
        let named = ProjectionName.allCases.flatMap { projection in
            (findings.comparisons[projection]?.differences ?? []).map { (projection, $0) }
        }
        return Statements.advanceRebuild(
            tenant.uuid, filler, through, reached.value, Int64(findings.patients),
            Int64(findings.events), comparisons.map { Int64($0.live.rows) },
            comparisons.map { Int64($0.rebuilt.rows) }, comparisons.map(\.live.bytes),
            comparisons.map(\.rebuilt.bytes),
            comparisons.map { Int64($0.differingRows) }, named.map(\.0.rawValue),
            named.map(\.1.key), named.map(\.1.kind.rawValue),
            findings.parked.map(\.patient.uuid), findings.parked.map(\.position.value),
            findings.parked.map(\.reason.rawValue), findings.parked.map(\.message))
    }
}
