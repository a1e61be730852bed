public import EventStore
public import Infusion

/// Whose data is encrypted: a patient of a tenant. Both are bound into every ciphertext, so that
/// none can be moved to another patient or another clinic.
public struct DataSubject: Hashable, Sendable {
    public let tenant: TenantID
    public let patient: PatientID

    public init(tenant: TenantID, patient: PatientID) {
        self.tenant = tenant
        self.patient = patient
    }

    /// The patient as the key store and the blind index know them.
    public var id: SubjectID { SubjectID(patient.uuid) }
}
