/// A LOINC code, and what kind of quantity it says its value is.
public struct AnalyteCode: Hashable, Sendable {
    public enum Property: String, Hashable, Sendable, CaseIterable {
        /// Mass per volume; a molar unit contradicts it.
        case mass
        /// Substance per volume; a mass unit contradicts it.
        case substance
        case other
    }
    public let loinc: String
    public let property: Property
    public let mark: EvidenceMark
}

extension Analyte {
    /// The LOINC codes accepted for the analyte, the preferred one first (clinical facts §8, interop §5).
    ///
    /// Codes marked `generalKnowledge` were not checked against the LOINC table: verify at deployment.
    public var codes: [AnalyteCode] {
        switch self {
        case .hemoglobin:
            [mass("718-7"), mass("20509-6"), mass("30313-1", .generalKnowledge)]
                + [mass("30350-3", .generalKnowledge), substance("59260-0", .generalKnowledge)]
        case .hematocrit: [other("4544-3"), other("20570-8")]
        case .meanCorpuscularVolume: [other("787-2")]
        case .ferritin: [mass("2276-4"), mass("20567-4", .generalKnowledge)]
        case .iron: [mass("2498-4"), substance("14798-3", .generalKnowledge)]
        case .totalIronBindingCapacity: [mass("2500-7"), substance("14800-7", .generalKnowledge)]
        case .transferrin: [mass("3034-6")]
        case .transferrinSaturation: [other("2502-3")]
        case .cReactiveProtein: [mass("1988-5"), mass("30522-7")]
        case .phosphate: [mass("2777-1"), substance("14879-1", .generalKnowledge)]
        case .vitaminB12: [mass("2132-9"), substance("14685-0", .generalKnowledge)]
        case .folate: [mass("2284-8"), substance("14732-2", .generalKnowledge)]
        case .creatinine: [mass("2160-0"), substance("14682-9", .generalKnowledge)]
        case .estimatedGlomerularFiltrationRate:
            [other("98979-8", .generalKnowledge), other("62238-1"), other("33914-3")]
        case .reticulocyteHemoglobin: [other("42810-2")]
        }
    }

    /// The analyte that `loinc` is accepted for; matched by code, never by display.
    public init?(loinc: String) {
        guard let analyte = Analyte.byCode[loinc] else { return nil }
        self = analyte
    }

    func code(_ loinc: String) -> AnalyteCode? { codes.first { $0.loinc == loinc } }

    private static let byCode = Dictionary(
        uniqueKeysWithValues: allCases.flatMap { analyte in
            analyte.codes.map { ($0.loinc, analyte) }
        })

    private func mass(_ loinc: String, _ mark: EvidenceMark = .verified) -> AnalyteCode {
        AnalyteCode(loinc: loinc, property: .mass, mark: mark)
    }
    private func substance(_ loinc: String, _ mark: EvidenceMark = .verified) -> AnalyteCode {
        AnalyteCode(loinc: loinc, property: .substance, mark: mark)
    }
    private func other(_ loinc: String, _ mark: EvidenceMark = .verified) -> AnalyteCode {
        AnalyteCode(loinc: loinc, property: .other, mark: mark)
    }
}
