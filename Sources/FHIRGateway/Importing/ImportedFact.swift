import Infusion

/// One row, translated: what it asks to be recorded about its patient.
enum ImportedFact: Sendable {
    case registration(ImportedRegistration)
    case result(ImportedResult)
    case measurement(ImportedMeasurement)
    case measurementRetracted(ImportedMeasurement, RetractedStatus)
    case condition(ImportedCondition)
    case disposition(Disposition)
}

struct ImportedRegistration: Sendable {
    let identity: Identity
    let gender: AdministrativeGender
}

/// A weight or a height. Measurements have no names: one is known by what, when and how much.
struct ImportedMeasurement: Hashable, Sendable {
    enum Quantity: Hashable, Sendable {
        case weight(Kilograms)
        case height(Centimeters)
    }
    let quantity: Quantity
    let at: Instant
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
    var note: ImportNote?
}
