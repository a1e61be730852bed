public import Infusion

extension UnfitVisit {
    /// Who it is stands in the calendar, for who may read it.
    public var json: JSON {
        [
            "appointment": .id(appointment), "chair": .string(slot.chair.name),
            "start": [
                "instant": .instant(slot.start), "local": .string(start.description),
            ],
            "reason": .name(reason), "gates": .list(gates) { .name($0) },
        ]
    }
}
