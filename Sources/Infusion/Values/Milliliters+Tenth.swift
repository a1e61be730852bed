public import Foundation

extension Quantity where Unit == Units.Milliliter {
    /// As people read it off a syringe; what is sent and compared stays exact.
    public func toTenth(_ mode: NSDecimalNumber.RoundingMode) -> Self {
        Self(value.rounded(places: 1, mode: mode))
    }
}
