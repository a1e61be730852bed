import EventStore
import Infusion
import InfusionProjections
import Postgres

/// What one patient changes in the report, written for itself.
struct ReportingPart: Sendable {
    let patient: PatientID
    /// The last of the patient's events that it rests on.
    let position: Position
    let statements: [Query]

    /// - Returns: The patient, parked, if the store refuses what they add to the report: then nothing else
    ///   is written of them, and whoever comes after them in the transaction is not concerned.
    func write(
        tenant: TenantID, _ connection: isolated PostgresConnection
    ) async throws -> ParkedStream? {
        try await connection.query(Statements.setSavepoint())
        guard let refusal = try await refusal(connection) else {
            try await connection.query(Statements.releaseSavepoint())
            return nil
        }
        try await connection.query(Statements.undoToSavepoint())
        let parked = ParkedStream(
            patient: patient, position: position, reason: .refused,
            message: "the store refuses what the patient adds to the report: \(refusal)")
        for statement in [patient.unparked(tenant), parked.parking(tenant)] {
            try await connection.query(statement)
        }
        try await connection.query(Statements.releaseSavepoint())
        return parked
    }

    /// What the store has against these statements; `nil` if it has taken them.
    private func refusal(
        _ connection: isolated PostgresConnection
    ) async throws(PostgresError) -> PostgresError? {
        for statement in statements {
            do throws(PostgresError) {
                _ = try await connection.query(statement)
            } catch {
                guard error.isOfTheRow else { throw error }
                return error
            }
        }
        return nil
    }
}

extension PostgresError {
    /// A value does not fit, or a constraint says no: another row may well be taken. Anything else, a
    /// missing right or function as well, is about all rows and nobody's fault.
    fileprivate var isOfTheRow: Bool {
        sqlState.map { ["22", "23", "54"].contains($0.conditionClass) } ?? false
    }
}
