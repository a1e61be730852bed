/// What a visit takes besides the infusion and its observation, min: no label fixes it, so a site may.
public struct ChairTimeSettings: Hashable, Sendable {
    private let values: [ChairTimeSetting: Int]

    /// The defaults, but for those named.
    public init(_ values: [ChairTimeSetting: Int] = [:]) { self.values = values }

    public subscript(setting: ChairTimeSetting) -> Int { values[setting] ?? setting.standard }
}

/// A part of a visit that a site sets, in minutes.
public enum ChairTimeSetting: String, Hashable, Sendable, CaseIterable {
    case checkIn, access, testDose, unprescribedInfusion, flush, discharge, firstDose, turnover
    case transfusionPerUnit, transfusionObservation

    /// What a clinic has that has set no other.
    public var standard: Int {
        switch self {
        case .checkIn: 10
        case .access: 10
        case .testDose: 5
        case .unprescribedInfusion: 15
        case .flush: 5
        case .discharge: 5
        case .firstDose: 15
        case .turnover: 10
        case .transfusionPerUnit: 120
        case .transfusionObservation: 30
        }
    }

    public var accepted: ClosedRange<Int> {
        switch self {
        case .checkIn, .access, .flush, .discharge, .firstDose, .turnover: 0...60
        case .testDose: 1...30
        case .unprescribedInfusion: 2...60
        // One to three hours; never more than four from the moment the unit is pierced.
        case .transfusionPerUnit: 60...180
        case .transfusionObservation: 15...30
        }
    }

    /// What it is, min.
    public var meaning: String {
        switch self {
        case .checkIn: "greeting, identity, weight, vital signs"
        case .access: "a vein is found"
        case .testDose: "a test dose, where its row has no rate to tell"
        case .unprescribedInfusion: "an infusion whose label prescribes no time"
        case .flush: "the line is flushed and taken out"
        case .discharge: "the patient is told what to watch for and leaves the chair"
        case .firstDose: "what a first dose of a product takes longer"
        case .turnover: "the chair is made ready for the next patient"
        case .transfusionPerUnit: "a unit of red cells"
        case .transfusionObservation: "observation after the last unit"
        }
    }

    /// Where the default and the range come from.
    public var source: ClinicalSource {
        switch self {
        case .checkIn, .access, .testDose, .unprescribedInfusion, .flush, .discharge, .firstDose,
            .turnover, .transfusionObservation:
            ClinicalSource("clinical facts §9.1", .engineeringDefault, .low)
        case .transfusionPerUnit:
            ClinicalSource("clinical facts §9.1, SEED-C: 1–3 h a unit", .verified, .low)
        }
    }
}
