import Infusion

/// What a source says of one result of one patient.
struct ImportedResult: Hashable, Sendable {
    enum Word: Hashable, Sendable {
        case stated(value: LabValue, status: ResultStatus, collectedAt: Instant)
        case retracted(RetractedStatus)
    }

    /// What the source calls the result: one name within the patient, and nothing of who that is.
    let source: SourceIdentifier
    /// Whether the name means one result and no other. Another value under such a name is a correction;
    /// under any other name it may as well be another result.
    let isIdentified: Bool
    let analyte: Analyte
    let word: Word

    /// An id of its patient's own, so that two patients' results never share one.
    func id(within patient: PatientID) -> LabResultID {
        let name = LabResultID(DerivedIdentifier.uuid("lab", source.value))
        return LabResultID(DerivedIdentifier.uuid("lab", patient.description, name.description))
    }
}

/// The FHIR statuses that take back what was said.
enum RetractedStatus: String, Hashable, Sendable {
    case enteredInError = "entered-in-error"
    case cancelled

    var reason: LabRetracted.Reason {
        switch self {
        case .enteredInError: .enteredInError
        case .cancelled: .cancelled
        }
    }

    /// How it is accounted for where there is nothing to take back.
    var ofNothing: Disposition { .notRelevant(code: "status-\(rawValue)") }
}
