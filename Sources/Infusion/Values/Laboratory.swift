public import Foundation

/// What the rules can read in a laboratory result. Codes and conversions: `Analyte+Codes.swift`.
public enum Analyte: String, Hashable, Sendable, CaseIterable {
    case hemoglobin, hematocrit, meanCorpuscularVolume, ferritin, iron, totalIronBindingCapacity
    case transferrin, transferrinSaturation, cReactiveProtein, phosphate, vitaminB12, folate
    case creatinine, estimatedGlomerularFiltrationRate, reticulocyteHemoglobin
}

/// FHIR `Quantity.comparator`: `<15` is below fifteen, not fifteen.
public enum Comparator: String, Hashable, Sendable, CaseIterable {
    case lessThan = "<"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case greaterThan = ">"
}

/// A measured amount as its laboratory reported it, together with its canonical reading.
public struct LabValue: Hashable, Sendable {
    public let comparator: Comparator?
    public let reported: Decimal
    /// The UCUM code it came with; never guessed.
    public let reportedUnit: String
    /// In the analyte's canonical unit.
    public let canonical: Decimal

    public init(
        comparator: Comparator?, reported: Decimal, reportedUnit: String, canonical: Decimal
    ) {
        self.comparator = comparator
        self.reported = reported
        self.reportedUnit = reportedUnit
        self.canonical = canonical
    }
}

/// FHIR `ObservationStatus`, as far as a result can have one here.
public enum ResultStatus: String, Hashable, Sendable, CaseIterable {
    /// Kept, and never decided on.
    case preliminary
    case final, amended, corrected
}

/// One laboratory result; its event's effective time is when the specimen was collected.
public struct LabResult: Hashable, Sendable {
    public let id: LabResultID
    public let analyte: Analyte
    public let value: LabValue
    public let collectedAt: Instant
    public let status: ResultStatus
    /// The laboratory's own lower limit of normal, in the canonical unit.
    public let referenceLow: Decimal?
    /// The result's identity at its source, by which a second delivery is known.
    public let source: SourceIdentifier?

    public init(
        id: LabResultID, analyte: Analyte, value: LabValue, collectedAt: Instant,
        status: ResultStatus,
        referenceLow: Decimal?, source: SourceIdentifier?
    ) {
        self.id = id
        self.analyte = analyte
        self.value = value
        self.collectedAt = collectedAt
        self.status = status
        self.referenceLow = referenceLow
        self.source = source
    }
}

/// How another system names a fact: the system's URI and its identifier there.
public struct SourceIdentifier: Hashable, Sendable {
    public let system: String
    public let value: String
    public init(system: String, value: String) {
        self.system = system
        self.value = value
    }
}
