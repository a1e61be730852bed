/// A patient became known to the clinic.
public struct PatientRegistered: Hashable, Sendable {
    public let patient: PatientID
    public let identity: Sealed<Identity>
    public let gender: AdministrativeGender
    /// Where the patient is followed; its time zone gives every clinic-local date.
    public let site: SiteID

    public init(
        patient: PatientID, identity: Sealed<Identity>, gender: AdministrativeGender, site: SiteID
    ) {
        self.patient = patient
        self.identity = identity
        self.gender = gender
        self.site = site
    }
}

/// The identity was wrong or has changed; the whole of it is restated.
public struct IdentityCorrected: Hashable, Sendable {
    public let identity: Sealed<Identity>
    public let gender: AdministrativeGender
    public init(identity: Sealed<Identity>, gender: AdministrativeGender) {
        self.identity = identity
        self.gender = gender
    }
}

/// Why a patient's identity was destroyed.
public enum ErasureReason: String, Hashable, Sendable, CaseIterable {
    case patientRequest, legalObligation, retentionEnded, enteredInError
}

/// A laboratory replaced a result: what rested on the old value is superseded.
public struct LabCorrected: Hashable, Sendable {
    public let result: LabResultID
    public let value: LabValue
    public let status: ResultStatus
    public let collectedAt: Instant
    public init(
        result: LabResultID, value: LabValue, status: ResultStatus, collectedAt: Instant
    ) {
        self.result = result
        self.value = value
        self.status = status
        self.collectedAt = collectedAt
    }
}

/// A result that should never have been: entered in error, wrong patient, cancelled.
public struct LabRetracted: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case enteredInError, wrongPatient, wrongSpecimen, cancelled
    }
    public let result: LabResultID
    public let reason: Reason
    public init(result: LabResultID, reason: Reason) {
        self.result = result
        self.reason = reason
    }
}

/// Red cells given.
public struct Transfusion: Hashable, Sendable {
    public let id: TransfusionID
    /// Units of red cells, 1 to 20.
    public let units: Int
    public init(id: TransfusionID, units: Int) {
        self.id = id
        self.units = units
    }
}
