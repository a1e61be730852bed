/// How well a clinical value is supported (clinical facts §0).
public enum EvidenceMark: String, Hashable, Sendable, CaseIterable {
    /// Read in a public source: a label copy, an SmPC copy, a guideline table.
    case verified = "V"
    /// Read in a secondary source only.
    case secondary = "V2"
    /// From general knowledge, unverified.
    case generalKnowledge = "GK"
    /// An engineering default; no public standard exists.
    case engineeringDefault = "ED"
}

public enum Confidence: String, Hashable, Sendable, CaseIterable {
    case high = "H"
    case medium = "M"
    case low = "L"
}

/// Where a clinical value comes from. Nothing in the formulary and in the pathways lacks one.
public struct ClinicalSource: Hashable, Sendable {
    public let text: String
    public let mark: EvidenceMark
    public let confidence: Confidence
    public init(_ text: String, _ mark: EvidenceMark, _ confidence: Confidence) {
        self.text = text
        self.mark = mark
        self.confidence = confidence
    }

    /// `label (V H)`.
    public var line: String { "\(text) (\(mark.rawValue) \(confidence.rawValue))" }
}

extension ClinicalSource {
    /// In words, where it claims a better mark or more confidence than `other`; else `nil`.
    func claim(beyond other: ClinicalSource) -> String? {
        guard mark.rank > other.mark.rank || confidence.rank > other.confidence.rank else {
            return nil
        }
        return "claims more than \(other.mark.rawValue) \(other.confidence.rawValue)"
    }
}

extension EvidenceMark {
    fileprivate var rank: Int {
        switch self {
        case .engineeringDefault: 0
        case .generalKnowledge: 1
        case .secondary: 2
        case .verified: 3
        }
    }
}

extension Confidence {
    fileprivate var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}
