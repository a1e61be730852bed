/// What a patient sits or lies on during an infusion.
public enum ChairKind: String, Hashable, Sendable, CaseIterable {
    case recliner, bed
}

/// What stands at a chair and not at every one.
public enum ChairEquipment: String, Hashable, Sendable, CaseIterable {
    case infusionPump, vitalSignsMonitor, oxygen, suction
    /// Bears patients above the ordinary weight limit of chairs.
    case bariatric
}

/// A chair as the site describes it.
public struct SiteChair: Hashable, Sendable {
    public let id: ChairID
    public let kind: ChairKind
    public let equipment: Set<ChairEquipment>
    /// Stands in a room of its own, for patients who must be kept from others.
    public let isIsolated: Bool

    public init(
        id: ChairID, kind: ChairKind, equipment: Set<ChairEquipment> = [], isIsolated: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.equipment = equipment
        self.isIsolated = isIsolated
    }
}

/// Why a chair cannot be used.
public enum OutageReason: String, Hashable, Sendable, CaseIterable {
    case equipmentFault, maintenance, cleaning, contamination, other
}

/// A chair that cannot be used for a time.
public struct ChairOutage: Hashable, Sendable {
    public let id: SiteEntryID
    public let chair: ChairID
    public let from: LocalTime
    /// `nil` until further notice.
    public let until: LocalTime?
    public let reason: OutageReason

    public init(
        id: SiteEntryID, chair: ChairID, from: LocalTime, until: LocalTime?, reason: OutageReason
    ) {
        self.id = id
        self.chair = chair
        self.from = from
        self.until = until
        self.reason = reason
    }
}
