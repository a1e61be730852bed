public import Infusion

/// What is called late, and what is called on time.
public struct UtilizationTerms: Hashable, Sendable {
    private let values: [UtilizationTerm: Int]

    /// The defaults, but for those named.
    public init(_ values: [UtilizationTerm: Int] = [:]) { self.values = values }

    public subscript(term: UtilizationTerm) -> Int { values[term] ?? term.standard }

    func seconds(_ term: UtilizationTerm) -> Int64 { Int64(self[term]) * 60 }
}

/// A threshold of the statistics, in minutes, by the name that questions give it.
public enum UtilizationTerm: String, Hashable, Sendable, CaseIterable {
    case lateAfter, preparation, startWithin

    /// What a question has that names no other.
    public var standard: Int {
        switch self {
        case .lateAfter: 0
        case .preparation:
            ChairTimeSetting.checkIn.standard + ChairTimeSetting.access.standard
        case .startWithin: 15
        }
    }

    public var accepted: ClosedRange<Int> { 0...120 }

    /// What it is, min.
    public var meaning: String {
        switch self {
        case .lateAfter: "a patient who arrives more than so long after the agreed start is late"
        case .preparation: "from the start of the slot to the beginning of the infusion, as planned"
        case .startWithin:
            "a visit whose infusion begins so much earlier or later than planned began on time"
        }
    }

    /// Where the default comes from; none is a public standard.
    public var source: ClinicalSource {
        switch self {
        case .lateAfter, .startWithin:
            ClinicalSource("clinical facts §9.2", .engineeringDefault, .low)
        case .preparation: ChairTimeSetting.checkIn.source
        }
    }
}
