public import EventStore
import Foundation
public import Infusion
public import InfusionProjections
public import Postgres

/// A patient whose sequence a projection has parked: at which event, why, and since when.
public struct ParkedPatient: Hashable, Sendable {
    public let projection: ProjectionName
    public let stream: ParkedStream
    public let since: Timestamp

    public var patient: PatientID { stream.patient }

    /// In the order of the patients' ids.
    public static func list(
        _ projection: ProjectionName, _ pool: PostgresPool, tenant: TenantID
    ) async throws(EventLogError) -> [ParkedPatient] {
        try await pool.query(
            Statements.parkedStreams(tenant.uuid, projection.rawValue), of: tenant
        ).decoded { row throws(PostgresError) in
            guard let reason = ParkingReason(rawValue: try row.decode(String.self, at: 2)) else {
                throw PostgresError(.decoding)
            }
            let since = try row.decode(PostgresTimestamp.self, at: 4)
            return ParkedPatient(
                projection: projection,
                stream: ParkedStream(
                    patient: PatientID(try row.decode(UUID.self, at: 0)),
                    position: Position(try row.decode(Int64.self, at: 1)), reason: reason,
                    message: try row.decode(String.self, at: 3)),
                since: Timestamp(microsecondsSinceUnixEpoch: since.microsecondsSinceUnixEpoch))
        }
    }
}
