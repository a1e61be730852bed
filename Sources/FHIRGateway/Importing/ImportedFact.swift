import Infusion

/// One row, translated: what it asks to be recorded about its patient.
enum ImportedFact: Sendable {
    case registration(ImportedRegistration)
    case lab(LabResult)
    case weight(Kilograms, at: Instant)
    case height(Centimeters, at: Instant)
    case condition(ImportedCondition)
    case disposition(Disposition)
}

struct ImportedRegistration: Sendable {
    let identity: Identity
    let gender: AdministrativeGender
}

/// A condition that was true from one instant and, perhaps, no longer from another.
struct ImportedCondition: Sendable {
    let context: ClinicalContext
    let onset: Instant
    let abatement: Instant?
}

/// A translated row with where it stands and whom it is about.
struct ImportedRow: Sendable {
    let location: RowLocation
    /// The patient as the source names them; `nil` where the row names none.
    let subject: String?
    let fact: ImportedFact
}
