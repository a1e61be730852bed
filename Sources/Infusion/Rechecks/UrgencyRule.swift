/// What cannot wait for its rule's own day: a row of the urgency ladder (facts §6), for those who check it.
public struct UrgencyRule: Hashable, Sendable {
    /// `hemoglobin-emergency`, `no-response`.
    public let name: String
    /// What it asks, in words.
    public let condition: String
    public let urgency: Urgency
    /// Until it is overdue, which it is after the last of them; 0 is the same day. It is due from
    /// its own day on.
    public let days: Int
    public let source: ClinicalSource

    static let emergencySymptoms = ClinicalSource(
        "facts §6, urgency ladder: emergency; R-18", .engineeringDefault, .medium)
    static let transfusionThreshold = ClinicalSource(
        "facts §4 G-TX; R-18: a same-day task", .engineeringDefault, .medium)
    static let phosphateSymptoms = ClinicalSource(
        "facts §6 R5, §4 G-PO4-SYMPT; MHRA; the days (ED)", .engineeringDefault, .medium)

    /// Haemoglobin and phosphate, the worst first; then what is no single value.
    public static func all(in policy: ClinicalPolicy) -> [UrgencyRule] {
        func rule(
            _ name: String, _ condition: String, _ urgency: Urgency, _ source: ClinicalSource
        ) -> UrgencyRule {
            UrgencyRule(
                name: name, condition: condition, urgency: urgency,
                days: policy.windows.escalation(urgency).overdueAfter, source: source)
        }
        func source(_ text: String) -> ClinicalSource {
            ClinicalSource(text, .engineeringDefault, .medium)
        }
        let rungs = [policy.ladders.hemoglobin, policy.ladders.phosphate].flatMap { ladder in
            ladder.rungs.map { rung in
                rule(
                    "\(ladder.analyte.rawValue)-\(rung.urgency.rawValue)",
                    "\(ladder.analyte.rawValue) below \(rung.below) \(ladder.analyte.canonicalUnit)",
                    rung.urgency, rung.source)
            }
        }
        return rungs + [
            rule(
                "transfusion-threshold",
                """
                hemoglobin below \(policy.gates.transfusionHemoglobin) g/dL, or below \
                \(policy.gates.transfusionHemoglobinAtRisk) g/dL with cardiovascular disease, symptoms or \
                oncology on treatment
                """,
                .emergency, transfusionThreshold),
            rule(
                "emergency-symptom", "dyspnoea at rest, chest pain, syncope or instability",
                .emergency, emergencySymptoms),
            rule(
                "hemoglobin-fall",
                """
                hemoglobin \(policy.rechecks.hemoglobinFall) g/dL or more below the highest of the \
                \(policy.rechecks.hemoglobinFallDays) days before, and below the one before it
                """,
                .urgent, source("facts §6, urgency ladder: urgent; the days (ED)")),
            rule(
                "phosphate-symptoms",
                """
                bone pain, weakness or fatigue told within \(policy.phosphate.symptomDays) days of \
                ferric carboxymaltose
                """,
                .urgent, phosphateSymptoms),
            rule(
                "no-response",
                """
                hemoglobin from day \(policy.response.finalDays) on neither normal nor up by \
                \(policy.response.partialRise) g/dL
                """,
                .soon, source("facts §6, urgency ladder: soon; R-31")),
        ]
    }
}
