public import Infusion

extension Kept {
    /// The value with when it was true and which event said so.
    public func json(_ value: (Value) -> JSON) -> JSON {
        [
            "value": value(self.value), "effectiveAt": .instant(effectiveAt),
            "version": .integer(version.value),
        ]
    }
}
