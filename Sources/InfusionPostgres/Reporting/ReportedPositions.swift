import EventStore
import Infusion
import InfusionProjections
import Postgres
import PostgresEventStore

/// Where the dose report stands: each partition of the patients at a position of its own.
struct ReportedPositions: Sendable {
    private var positions: [Int16: Position] = [:]

    /// From the rows of `report_positions.sql`.
    init(_ rows: Rows) throws(PostgresError) {
        for row in rows {
            let (partition, position) = try row.decode((Int16, Int64).self)
            positions[partition] = Position(position)
        }
    }

    /// Up to where the report knows a patient. A partition that has not been opened begins where the
    /// first one stands.
    func position(of patient: PatientID) -> Position {
        let partition = ReportingLimits.partitions.partition(of: patient.uuid)
        return positions[partition] ?? positions[0] ?? .start
    }

    /// Up to where it knows every patient.
    var lowest: Position { positions.values.min() ?? .start }
}

extension PostgresCheckpoints {
    /// Those of the dose report.
    static func doseReport(_ pool: PostgresPool, tenant: TenantID) -> PostgresCheckpoints {
        PostgresCheckpoints(
            pool: pool, projection: ProjectionName.doseReport.rawValue, tenant: tenant,
            partitions: ReportingLimits.partitions)
    }
}
