public import Foundation

/// The weight a need is computed from, and how it was chosen (clinical facts §2.1).
public struct DosingWeight: Hashable, Sendable {
    public enum Basis: String, Hashable, Sendable, CaseIterable {
        case actual
        /// Obesity could not be looked for; a need by this weight may be too high.
        case actualHeightUnknown
        /// 25 × height²: the patient is obese.
        case ideal
        case prePregnancy
        /// The weight of a pregnant patient: none from before the pregnancy is known, and a need by this
        /// one may be too high.
        case actualPregnant
    }
    public let weight: Kilograms
    public let basis: Basis

    public init(weight: Kilograms, basis: Basis) {
        self.weight = weight
        self.basis = basis
    }

    /// The body-mass index that ideal weight stands for.
    static let idealBodyMassIndex: Decimal = 25

    /// Pre-pregnancy weight if pregnant, ideal weight if obese, else actual weight (Monofer SmPC, V).
    ///
    /// - Parameter obesityFrom: The body-mass index from which a patient is obese, that one included, kg/m².
    public static func choose(
        actual: Kilograms, height: Centimeters?, isPregnant: Bool = false,
        prePregnancy: Kilograms? = nil, obesityFrom: Decimal
    ) throws(IronNeedProblem) -> DosingWeight {
        let weight = prePregnancy ?? actual
        try requirePossible(weight)
        let pregnant: Basis? =
            prePregnancy != nil ? .prePregnancy : isPregnant ? .actualPregnant : nil
        guard let height else {
            return DosingWeight(weight: weight, basis: pregnant ?? .actualHeightUnknown)
        }
        guard BodyMeasure.possibleHeight.admits(height.value, nil) else {
            throw .heightOutOfRange(
                height.value, accepted: BodyMeasure.possibleHeight.description)
        }
        // kg ÷ (cm ÷ 100)² ≥ limit, without a division.
        let squareCentimeters = height.value * height.value
        if weight.value * 10_000 >= obesityFrom * squareCentimeters {
            let ideal = Kilograms(idealBodyMassIndex * squareCentimeters / 10_000)
            return DosingWeight(weight: min(ideal, weight), basis: .ideal)
        }
        return DosingWeight(weight: weight, basis: pregnant ?? .actual)
    }

    static func requirePossible(_ weight: Kilograms) throws(IronNeedProblem) {
        guard BodyMeasure.possibleWeight.admits(weight.value, nil) else {
            throw .weightOutOfRange(
                weight.value, accepted: BodyMeasure.possibleWeight.description)
        }
    }
}
