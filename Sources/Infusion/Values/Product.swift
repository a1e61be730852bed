/// The iron complex itself: what an allergy and the interference rules are about, whatever the brand.
public enum Moiety: String, Hashable, Sendable, CaseIterable {
    case ferricCarboxymaltose, ferricDerisomaltose, ironSucrose, ferumoxytol, ironDextran
    case sodiumFerricGluconate
}

/// Whose label governs: US is the FDA label, EU the EU and UK summary of product characteristics.
public enum LabelRegion: String, Hashable, Sendable, CaseIterable { case us, eu }

/// A product of the formulary, at the level of brand and licence: `injectafer`, `ferinject`, …
public struct ProductKey: Hashable, Sendable, CustomStringConvertible {
    public let name: String
    public init(_ name: String) { self.name = name }
    public var description: String { name }
}

/// A row of the formulary's dosing table: `FCM-US-2`, `IS-EU`, …
public struct DosingRowID: Hashable, Sendable, CustomStringConvertible {
    public let name: String
    public init(_ name: String) { self.name = name }
    public var description: String { name }
}
