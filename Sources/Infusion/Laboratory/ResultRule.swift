/// What makes a result say nothing of the patient's own iron, or not all (facts §3.1, §8; to
/// R-15), for those who check it.
public enum ResultRule: String, Hashable, Sendable, CaseIterable {
    case discordant = "STATUS-DISCORDANT"
    case missing = "STATUS-MISSING"
    case comparator = "STATUS-COMPARATOR"
    case fraction = "STATUS-FRACTION"
    case reckoned = "STATUS-TSAT"
    case afterIron = "STATUS-AFTER-IRON"
    case afterFerricCarboxymaltose = "STATUS-AFTER-FCM"
    case afterTransfusion = "STATUS-AFTER-TRANSFUSION"
    case duringInfection = "STATUS-INFECTION"
    case earlierCourse = "STATUS-EARLIER-COURSE"

    public func meaning(in policy: ClinicalPolicy) -> String {
        let specimens = policy.specimens
        let limits = policy.iron
        return switch self {
        case .discordant:
            """
            A saturation above \(limits[.highSaturation].limit) % with a ferritin below \
            \(limits[.contradictedFerritin].limit) ng/mL: markers that contradict each other.
            """
        case .missing:
            """
            Without ferritin or saturation the answer is open and never a normal one. Ferritin alone \
            below the low cut-off is absolute deficiency, provisionally.
            """
        case .comparator:
            """
            A result such as below 15 or above 1,000 stands for every value it allows: where the \
            rules answer all of them alike that is the answer, else it is open.
            """
        case .fraction:
            "A saturation between 0 and 1 may be a fraction and is not read as per cent."
        case .reckoned:
            """
            A saturation is worked out from iron and iron-binding capacity or transferrin of one \
            specimen where the laboratory tells none.
            """
        case .afterIron:
            """
            Ferritin and saturation do not count in the \(specimens.ironDays) days after \
            \(specimens.iron) of iron or more, nor in the \(specimens.ironDaysSmall) after less.
            """
        case .afterFerricCarboxymaltose:
            """
            Iron and saturation do not count within \(specimens.interferenceHours) hours of ferric \
            carboxymaltose.
            """
        case .afterTransfusion:
            """
            Iron, saturation and haemoglobin do not count in the \(specimens.transfusionDays) days \
            after red cells.
            """
        case .duringInfection: "Ferritin drawn during an active infection does not count."
        case .earlierCourse:
            "What was drawn before the last dose of an earlier course begins no new one."
        }
    }

    /// Where it comes from; § and R- numbers are those of the clinical facts.
    public var source: ClinicalSource {
        switch self {
        case .discordant: ClinicalSource("clinical facts §3; R-13", .engineeringDefault, .medium)
        case .missing: ClinicalSource("clinical facts §3; SEED-A; R-12", .verified, .medium)
        case .comparator: ClinicalSource("clinical facts §8", .engineeringDefault, .medium)
        case .fraction: ClinicalSource("clinical facts §3.1; R-41", .engineeringDefault, .medium)
        case .reckoned: ClinicalSource("clinical facts §3.1; R-40", .generalKnowledge, .medium)
        case .afterIron: ClinicalSource("clinical facts §3.1; R-15", .secondary, .medium)
        case .afterFerricCarboxymaltose:
            ClinicalSource("clinical facts §1.5, §6 R17", .verified, .high)
        case .afterTransfusion:
            ClinicalSource("clinical facts §3.1", .generalKnowledge, .medium)
        case .duringInfection: ClinicalSource("clinical facts §3.1", .engineeringDefault, .low)
        case .earlierCourse: ClinicalSource("R-2", .engineeringDefault, .medium)
        }
    }
}
