/// A band of haemoglobin; an absent end is open. Bands are compared after rounding to 0.01 g/dL (R-40).
public struct HemoglobinBand: Hashable, Sendable {
    /// Where a band ends, and whether it holds the end itself.
    public struct End: Hashable, Sendable {
        public let value: GramsPerDeciliter
        public let isIncluded: Bool

        public init(_ value: GramsPerDeciliter, isIncluded: Bool) {
            self.value = value
            self.isIncluded = isIncluded
        }
    }
    public let lower: End?
    public let upper: End?

    public init(lower: End?, upper: End?) {
        self.lower = lower
        self.upper = upper
    }

    public static let any = HemoglobinBand(lower: nil, upper: nil)

    public func contains(_ hemoglobin: GramsPerDeciliter) -> Bool {
        let value = hemoglobin.banded
        if let lower, lower.isIncluded ? value < lower.value : value <= lower.value { return false }
        if let upper, upper.isIncluded ? value > upper.value : value >= upper.value { return false }
        return true
    }

    /// Whether no haemoglobin is in both.
    func isApart(from other: HemoglobinBand) -> Bool {
        Self.isOver(upper, before: other.lower) || Self.isOver(other.upper, before: lower)
    }

    private static func isOver(_ upper: End?, before lower: End?) -> Bool {
        guard let upper, let lower else { return false }
        if upper.value == lower.value { return !(upper.isIncluded && lower.isIncluded) }
        return upper.value < lower.value
    }

    /// Whether nothing is in it.
    var isEmpty: Bool {
        guard let lower, let upper else { return false }
        if lower.value == upper.value { return !(lower.isIncluded && upper.isIncluded) }
        return lower.value > upper.value
    }

    /// Whether this band begins just where `other` ends: nothing between them, and nothing in both.
    func follows(_ other: HemoglobinBand) -> Bool {
        guard let end = other.upper, let lower else { return false }
        return end.value == lower.value && end.isIncluded != lower.isIncluded
    }

    /// Whether this band ends no later than one that ends at `other`.
    func ends(by other: End?) -> Bool {
        guard let other else { return true }
        guard let upper else { return false }
        if upper.value == other.value { return other.isIncluded || !upper.isIncluded }
        return upper.value < other.value
    }

    /// `< 10`, `10–<14`, `10–13`, `≥ 14`; `nil` where every haemoglobin is in it.
    var printed: String? {
        switch (lower, upper) {
        case (nil, nil): nil
        case (nil, let upper?): "\(upper.isIncluded ? "≤" : "<") \(upper.value.value)"
        case (let lower?, nil): "\(lower.isIncluded ? "≥" : ">") \(lower.value.value)"
        case (let lower?, let upper?):
            (lower.isIncluded ? "" : ">") + "\(lower.value.value)–"
                + (upper.isIncluded ? "" : "<") + "\(upper.value.value)"
        }
    }
}

extension WeightRange {
    /// `< 35 kg`, `35–<70 kg`, `≥ 70 kg`; `nil` where every weight is in it.
    var printed: String? {
        switch (atLeast, below) {
        case (nil, nil): nil
        case (nil, let below?): "< \(below)"
        case (let atLeast?, nil): "≥ \(atLeast)"
        case (let atLeast?, let below?): "\(atLeast.value)–<\(below)"
        }
    }

    /// Whether nobody is in it.
    var isEmpty: Bool {
        guard let atLeast, let below else { return false }
        return atLeast >= below
    }

    /// Whether no weight is in both.
    func isApart(from other: WeightRange) -> Bool {
        if let below, let from = other.atLeast, below <= from { return true }
        if let below = other.below, let atLeast, below <= atLeast { return true }
        return false
    }
}
