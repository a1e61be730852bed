/// How much a site asks of its nurses, by its own decision.
public struct CapacityLimits: Hashable, Sendable {
    private let values: [CapacityLimit: Int]

    /// The defaults, but for those named.
    public init(_ values: [CapacityLimit: Int] = [:]) {
        self.values = values.filter { $0.value != $0.key.standard }
    }

    public subscript(limit: CapacityLimit) -> Int { values[limit] ?? limit.standard }
}

/// A limit of a site by the name that files give it.
public enum CapacityLimit: String, Hashable, Sendable, CaseIterable {
    case startsPerNurse, patientsPerNurse, closingBufferMinutes

    /// What a clinic has that has set no other.
    public var standard: Int {
        switch self {
        case .startsPerNurse: 1
        case .patientsPerNurse: 4
        case .closingBufferMinutes: 15
        }
    }

    public var accepted: ClosedRange<Int> {
        switch self {
        case .startsPerNurse: 1...2
        case .patientsPerNurse: 1...6
        case .closingBufferMinutes: 0...120
        }
    }

    /// What it is, with its unit.
    public var meaning: String {
        switch self {
        case .startsPerNurse: "infusions that one nurse starts in a quarter of an hour"
        case .patientsPerNurse: "patients that one nurse watches over at a time"
        case .closingBufferMinutes: "between the end of the last visit and closing, min"
        }
    }

    /// Where the default and the range come from; none is a public standard.
    public var source: ClinicalSource {
        switch self {
        case .startsPerNurse, .patientsPerNurse, .closingBufferMinutes:
            ClinicalSource("clinical facts §9.2", .engineeringDefault, .low)
        }
    }
}
