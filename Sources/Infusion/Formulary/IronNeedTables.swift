public import Foundation

/// What a need for iron is reckoned by: the printed tables and the constants of the formulas (clinical facts
/// §1.3, §2). Values of the formulary; the reckoning is ``IronNeedCalculator``'s.
public struct IronNeedTables: Hashable, Sendable {
    /// The simplified tables of the Ferinject and the Monofer label, and Monofer's fixed need (§2.2).
    public let ferinject: BandTable<Milligrams>
    public let monofer: BandTable<Milligrams>
    public let monoferFixed: BandTable<Milligrams>
    /// ECCO for inflammatory bowel disease (§2.2): men's upper band ends later.
    public let eccoWomen: BandTable<Milligrams>
    public let eccoMen: BandTable<Milligrams>
    /// Injectafer in heart failure (§1.3).
    public let heartFailure: HeartFailureTable
    public let ganzoni: GanzoniConstants
    public let infed: InfedConstants
    /// The iron of one unit of blood lost (§2.3).
    public let unitLost: UnitLost
    /// How printed tables round, by the iron of their product (§2.1): one for each iron at most.
    public let roundings: [IronNeedRounding]

    public init(
        ferinject: BandTable<Milligrams>, monofer: BandTable<Milligrams>,
        monoferFixed: BandTable<Milligrams>, eccoWomen: BandTable<Milligrams>,
        eccoMen: BandTable<Milligrams>, heartFailure: HeartFailureTable, ganzoni: GanzoniConstants,
        infed: InfedConstants, unitLost: UnitLost, roundings: [IronNeedRounding]
    ) {
        self.ferinject = ferinject
        self.monofer = monofer
        self.monoferFixed = monoferFixed
        self.eccoWomen = eccoWomen
        self.eccoMen = eccoMen
        self.heartFailure = heartFailure
        self.ganzoni = ganzoni
        self.infed = infed
        self.unitLost = unitLost
        self.roundings = roundings
    }

    /// The rounding of the product's own printed table; `nil` where it prints none, and a need stays exact.
    public func rounding(of moiety: Moiety) -> IronNeedRounding? {
        roundings.first { $0.moiety == moiety }
    }

    /// Where a weight or a haemoglobin comes into another cell or branch.
    var weightLimits: [Decimal] {
        let tables = [ferinject, monofer, monoferFixed, eccoWomen, eccoMen].flatMap(\.weights)
        return Set(tables + heartFailure.cells.weights + [ganzoni.childBelow.value]).sorted()
    }
    var hemoglobinLimits: [Decimal] {
        let tables = [ferinject, monofer, monoferFixed, eccoWomen, eccoMen].flatMap(\.hemoglobins)
        return Set(tables + heartFailure.cells.hemoglobins + [ganzoni.target.value]).sorted()
    }
}

/// The constants of Ganzoni's formula, `W × (target − Hb) × factor + stores` (§2.1).
public struct GanzoniConstants: Hashable, Sendable {
    /// For weights in kg and haemoglobin in g/dL.
    public let factor: Decimal
    public let target: GramsPerDeciliter
    public let stores: Milligrams
    /// Below this weight the child branch holds.
    public let childBelow: Kilograms
    public let childTarget: GramsPerDeciliter
    /// mg/kg.
    public let childStores: Decimal
    public let source: ClinicalSource

    public init(
        factor: Decimal, target: GramsPerDeciliter, stores: Milligrams, childBelow: Kilograms,
        childTarget: GramsPerDeciliter, childStores: Decimal, source: ClinicalSource
    ) {
        self.factor = factor
        self.target = target
        self.stores = stores
        self.childBelow = childBelow
        self.childTarget = childTarget
        self.childStores = childStores
        self.source = source
    }

    /// What the formula aims at where the prescriber names nothing.
    func target(at weight: Kilograms) -> GramsPerDeciliter {
        weight < childBelow ? childTarget : target
    }

    func stores(at weight: Kilograms) -> Milligrams {
        weight < childBelow ? Milligrams(weight.value * childStores) : stores
    }
}

/// The constants of the INFeD label's formula (§2.3).
public struct InfedConstants: Hashable, Sendable {
    /// Lean body weight: a base, and so much for each inch above a height.
    public struct LeanBodyWeight: Hashable, Sendable {
        public let men: Kilograms
        public let women: Kilograms
        public let perInch: Kilograms
        public let aboveInches: Decimal
        /// The lightest patient whom the label doses.
        public let from: Kilograms

        public init(
            men: Kilograms, women: Kilograms, perInch: Kilograms, aboveInches: Decimal,
            from: Kilograms
        ) {
            self.men = men
            self.women = women
            self.perInch = perInch
            self.aboveInches = aboveInches
            self.from = from
        }
    }
    /// Millilitres for each kg and g/dL; millilitres for each kg.
    public let hemoglobinFactor: Decimal
    public let storesFactor: Decimal
    /// mg in each millilitre.
    public let ironPerMilliliter: Decimal
    public let desired: GramsPerDeciliter
    /// Up to this weight, that one included, a child's aim holds, and its lean weight is its own.
    public let childUpTo: Kilograms
    public let childDesired: GramsPerDeciliter
    public let leanBodyWeight: LeanBodyWeight
    public let source: ClinicalSource

    public init(
        hemoglobinFactor: Decimal, storesFactor: Decimal, ironPerMilliliter: Decimal,
        desired: GramsPerDeciliter, childUpTo: Kilograms, childDesired: GramsPerDeciliter,
        leanBodyWeight: LeanBodyWeight, source: ClinicalSource
    ) {
        self.hemoglobinFactor = hemoglobinFactor
        self.storesFactor = storesFactor
        self.ironPerMilliliter = ironPerMilliliter
        self.desired = desired
        self.childUpTo = childUpTo
        self.childDesired = childDesired
        self.leanBodyWeight = leanBodyWeight
        self.source = source
    }

    /// What the formula aims at where the prescriber names nothing.
    func desired(at leanBodyWeight: Kilograms) -> GramsPerDeciliter {
        leanBodyWeight > childUpTo ? desired : childDesired
    }
}

/// The iron that one unit of 400 mL at a haemoglobin of 15 g/dL takes along.
public struct UnitLost: Hashable, Sendable {
    public let iron: Milligrams
    public let source: ClinicalSource

    public init(iron: Milligrams, source: ClinicalSource) {
        self.iron = iron
        self.source = source
    }
}
