/// What a visit needs of its chair.
public struct ChairNeeds: Hashable, Sendable {
    /// `nil` for any.
    public let kind: ChairKind?
    public let equipment: Set<ChairEquipment>
    /// Whether the patient must be kept from others.
    public let isIsolated: Bool

    public init(
        kind: ChairKind? = nil, equipment: Set<ChairEquipment> = [], isIsolated: Bool = false
    ) {
        self.kind = kind
        self.equipment = equipment
        self.isIsolated = isIsolated
    }

    func are(metBy chair: SiteChair) -> Bool {
        (kind == nil || chair.kind == kind) && equipment.isSubset(of: chair.equipment)
            && (!isIsolated || chair.isIsolated)
    }
}
