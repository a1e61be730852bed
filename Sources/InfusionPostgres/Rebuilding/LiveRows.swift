import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

/// The live rows of some patients, as the projections' tables hold them.
struct LiveRows: Sendable {
    var patients: [PatientID: PatientRows] = [:]
    /// Each patient's in key order.
    var sharesOf: [PatientID: [DoseReportShare]] = [:]

    /// Everybody's, in key order.
    var shares: [DoseReportShare] {
        sharesOf.sorted { $0.key.uuid < $1.key.uuid }.flatMap(\.value)
    }

    static func read(
        _ projections: Set<ProjectionName>, of range: PatientRange, tenant: TenantID,
        _ connection: isolated PostgresConnection
    ) async throws -> LiveRows {
        var live = LiveRows()
        if projections.contains(.patientState) {
            let rows = try await connection.query(
                Statements.livePatientStates(tenant.uuid, range.after, range.through))
            for row in rows { live.add(try PatientStateRow(row)) }
        }
        if projections.contains(.recheckQueue) {
            let rows = try await connection.query(
                Statements.liveRechecks(tenant.uuid, range.after, range.through))
            for row in rows { live.add(try RecheckQueueRow(row)) }
        }
        if projections.contains(.appointments) {
            let rows = try await connection.query(
                Statements.liveAppointments(tenant.uuid, range.after, range.through))
            for row in rows {
                let closed = try row.decode(Int64?.self, at: 12).map { Position($0) }
                live.add(try AppointmentRow(row, closed: closed))
            }
        }
        if projections.contains(.subjectReferences) {
            let rows = try await connection.query(
                Statements.liveReferences(tenant.uuid, range.after, range.through))
            for row in rows { live.add(try SubjectReferenceRow(row)) }
        }
        if projections.contains(.waitlist) {
            let rows = try await connection.query(
                Statements.liveWaitlist(tenant.uuid, range.after, range.through))
            for row in rows {
                let closed = try row.decode(Int64?.self, at: 17).map { Position($0) }
                live.add(try WaitlistRow(row, closed: closed))
            }
        }
        if projections.contains(.doseReport) {
            let rows = try await connection.query(
                Statements.liveDoseShares(tenant.uuid, range.after, range.through))
            for row in rows {
                let patient = PatientID(try row.decode(UUID.self, at: 0))
                live.sharesOf[patient, default: []].append(
                    DoseReportShare(
                        patient: patient, key: try DoseReportKey(row, from: 1),
                        counts: try DoseReportCounts(row, from: 4)))
            }
        }
        return live
    }

    /// Those of the patients of a range.
    func within(_ range: PatientRange) -> LiveRows {
        var some = LiveRows()
        some.patients = patients.filter { range.contains($0.key.uuid) }
        some.sharesOf = sharesOf.filter { range.contains($0.key.uuid) }
        return some
    }

    /// Those of some more patients.
    mutating func add(_ more: LiveRows) {
        patients.merge(more.patients) { _, new in new }
        sharesOf.merge(more.sharesOf) { _, new in new }
    }

    private mutating func add(_ row: PatientStateRow) {
        patients[row.patient, default: PatientRows()].insert(row)
    }
    private mutating func add(_ row: RecheckQueueRow) {
        patients[row.patient, default: PatientRows()].insert(row)
    }
    private mutating func add(_ row: AppointmentRow) {
        patients[row.patient, default: PatientRows()].insert(row)
    }
    private mutating func add(_ row: WaitlistRow) {
        patients[row.patient, default: PatientRows()].insert(row)
    }
    private mutating func add(_ row: SubjectReferenceRow) {
        patients[row.patient, default: PatientRows()].insert(row)
    }
}

extension PatientStateRow {
    fileprivate init(_ row: Row) throws(PostgresError) {
        self.init(
            patient: PatientID(try row.decode(UUID.self, at: 0)),
            site: SiteID(try row.decode(String.self, at: 1)),
            version: StreamVersion(try row.decode(Int64.self, at: 2)),
            position: Position(try row.decode(Int64.self, at: 3)),
            foldVersion: Int(try row.decode(Int32.self, at: 4)),
            document: try row.decode([UInt8].self, at: 5))
    }
}

extension SubjectReferenceRow {
    fileprivate init(_ row: Row) throws(PostgresError) {
        guard let kind = SubjectReference.Kind(rawValue: try row.decode(String.self, at: 1)) else {
            throw PostgresError(.decoding)
        }
        self.init(
            reference: SubjectReference(kind, try row.decode(UUID.self, at: 2)),
            patient: PatientID(try row.decode(UUID.self, at: 0)),
            opened: Position(try row.decode(Int64.self, at: 3)))
    }
}
