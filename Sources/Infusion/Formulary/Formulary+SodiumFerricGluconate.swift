import Foundation

/// Sodium ferric gluconate complex: Ferrlecit and its generic (US). The fact sheet has no EU row. Facts §1.
enum SodiumFerricGluconate {
    static let products: [Product] = [
        product("ferrlecit", "Ferrlecit"),
        product("sodium-ferric-gluconate-generic", "generic"),
    ]

    private static func product(_ key: String, _ brand: String) -> Product {
        Product(
            key: ProductKey(key), moiety: .sodiumFerricGluconate, region: .us, brand: brand,
            generic: "sodium ferric gluconate complex", ironPerMilliliter: d("12.5"),
            testDose: .none,
            observationMinutes: 30, otherIronReaction: .specialistAdvice, boxedWarnings: [],
            contraindications: [
                "hypersensitivity to sodium ferric gluconate",
                "benzyl alcohol: neonates and infants; in pregnancy and lactation benzyl-free preferred",
            ],
            rows: ["SFG-US", "SFG-US-paed"].map { DosingRowID($0) },
            source: ClinicalSource("§1.1, §1.5: rxlist", .verified, .high))
    }

    static let rows: [DosingRow] = [
        DosingRow(
            "SFG-US", .sodiumFerricGluconate, .us,
            "iron-deficiency anaemia, haemodialysis on epoetin",
            contexts: [.ckdHemodialysis],
            // The label is for 6 years and up, 125 mg its adult dose: children have their own row.
            population: .adults(), dose: .flat(Milligrams(125)), interval: .days(doses: 8),
            course: .flat(Milligrams(1000)),
            infusion: [.infusion(.minutes(60)), .push(.milligramsPerMinute(d("12.5")))],
            notes: [
                "per dialysis session, in 100 mL", "above 125 mg: more and worse adverse events",
            ],
            source: ClinicalSource("rxlist", .verified, .high)),
        DosingRow(
            "SFG-US-paed", .sodiumFerricGluconate, .us,
            "iron-deficiency anaemia, haemodialysis on epoetin, children",
            contexts: [.ckdHemodialysis], population: .from(.years(6), below: .adult),
            dose: .perKilogram(d("1.5"), cap: Milligrams(125)), interval: .days(doses: 8),
            course: .doses(8), infusion: [.infusion(.minutes(60))],
            notes: ["1.5 mg/kg is 0.12 mL/kg, in 25 mL"],
            source: ClinicalSource("rxlist", .verified, .high)),
    ]
}
