public import Foundation

/// How a label wants a product diluted before it is infused (clinical facts §1.4).
public struct PreparationRule: Hashable, Sendable {
    public let id: PreparationID
    /// Empty where the product is given as it is.
    public let diluents: [Diluent]
    public let volumes: [Volume]
    public let concentration: Concentration?
    /// How long the mixture may stand.
    public let stabilityHours: Int?
    /// What the label says that no field here can hold.
    public let notes: [String]
    public let source: ClinicalSource

    public init(
        id: PreparationID, diluents: [Diluent], volumes: [Volume], concentration: Concentration?,
        stabilityHours: Int?, notes: [String], source: ClinicalSource
    ) {
        self.id = id
        self.diluents = diluents
        self.volumes = volumes
        self.concentration = concentration
        self.stabilityHours = stabilityHours
        self.notes = notes
        self.source = source
    }

    /// Millilitres of diluent for doses of more than `above` and at most `upTo`; an absent end is open.
    public struct Volume: Hashable, Sendable {
        public let above: Milligrams
        public let upTo: Milligrams?
        public let atLeast: Decimal?
        public let atMost: Decimal?
        public init(above: Milligrams, upTo: Milligrams?, atLeast: Decimal?, atMost: Decimal?) {
            self.above = above
            self.upTo = upTo
            self.atLeast = atLeast
            self.atMost = atMost
        }
    }

    /// Milligrams in a millilitre, of the diluent alone or of the whole.
    public struct Concentration: Hashable, Sendable {
        public enum Basis: String, Hashable, Sendable, CaseIterable { case diluent, total }
        public enum Lower: Hashable, Sendable {
            case atLeast(Decimal)
            case moreThan(Decimal)
        }
        public let lower: Lower?
        public let atMost: Decimal?
        public let of: Basis
        public init(lower: Lower?, atMost: Decimal?, of: Basis) {
            self.lower = lower
            self.atMost = atMost
            self.of = of
        }
    }
}

/// A rule of preparation: `FCM-US`, …
public struct PreparationID: Hashable, Sendable, CustomStringConvertible {
    public let name: String
    public init(_ name: String) { self.name = name }
    public var description: String { name }
}

/// What a label allows to dilute with.
public enum Diluent: String, Hashable, Sendable, CaseIterable {
    /// Sodium chloride 0.9 %.
    case sodiumChloride
    /// Glucose 5 %, dextrose.
    case glucose5
}
