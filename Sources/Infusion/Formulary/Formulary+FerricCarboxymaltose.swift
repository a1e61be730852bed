import Foundation

/// Ferric carboxymaltose: Injectafer and its generics (US), Ferinject (EU and UK). Clinical facts §1.
enum FerricCarboxymaltose {
    private static let boxedWarning =
        "Symptomatic hypophosphataemia (08/2026; seen in the generics' labels, brand to be verified)"
    private static let anemiaRows = ["FCM-US-2", "FCM-US-1", "FCM-US-lt50"].map { DosingRowID($0) }

    static let products: [Product] = [
        american("injectafer", "Injectafer", rows: anemiaRows + [DosingRowID("FCM-US-HF")]),
        // Whether the generics' labels hold the heart-failure indication is not known; they are without.
        american("ferric-carboxymaltose-sandoz", "Sandoz generic", rows: anemiaRows),
        american("ferric-carboxymaltose-viatris", "Mylan/Viatris generic", rows: anemiaRows),
        Product(
            key: ProductKey("ferinject"), moiety: .ferricCarboxymaltose, region: .eu,
            brand: "Ferinject", generic: "ferric carboxymaltose", ironPerMilliliter: 50,
            testDose: .none, observationMinutes: 30, otherIronReaction: .seriousBlocks,
            boxedWarnings: [],
            contraindications: [
                "hypersensitivity to ferric carboxymaltose or an excipient",
                "serious hypersensitivity to other parenteral iron",
                "anaemia not due to iron deficiency", "iron overload or utilisation disorder",
            ],
            rows: ["FCM-EU-inf", "FCM-EU-inj", "FCM-EU-HD", "FCM-EU-paed"].map { DosingRowID($0) },
            source: ClinicalSource("§1.1, §1.5: Ferinject SmPC copies", .verified, .high)),
    ]

    private static func american(_ key: String, _ brand: String, rows: [DosingRowID]) -> Product {
        Product(
            key: ProductKey(key), moiety: .ferricCarboxymaltose, region: .us, brand: brand,
            generic: "ferric carboxymaltose", ironPerMilliliter: 50, testDose: .none,
            observationMinutes: 30, otherIronReaction: .specialistAdvice,
            boxedWarnings: [boxedWarning],
            contraindications: ["hypersensitivity to ferric carboxymaltose or an excipient"],
            rows: rows,
            source: ClinicalSource("§1.1, §1.5: FDA labels, openFDA NDC", .verified, .high))
    }

    private static let fifteenMinutes: [InfusionTimeRule] = [.infusion(.minutes(15))]
    private static let label = "drugs.com copy of the Injectafer label"

    static let rows: [DosingRow] = [
        DosingRow(
            "FCM-US-2", .ferricCarboxymaltose, .us, "iron-deficiency anaemia",
            contexts: .anemiaLabelUS, population: .from(.years(1), weight: .atLeast(50)),
            dose: .flat(Milligrams(750)), interval: .days(7, doses: 2),
            course: .flat(Milligrams(1500)),
            infusion: fifteenMinutes + [.push(.milligramsPerMinute(100))],
            source: ClinicalSource(label, .verified, .high)),
        DosingRow(
            "FCM-US-1", .ferricCarboxymaltose, .us, "iron-deficiency anaemia, single-dose option",
            contexts: .anemiaLabelUS, population: .adults(weight: .atLeast(50)),
            dose: .perKilogram(15, cap: Milligrams(1000)), interval: .days(doses: 1),
            course: .flat(Milligrams(1000)), infusion: fifteenMinutes,
            source: ClinicalSource(label, .verified, .high)),
        DosingRow(
            "FCM-US-lt50", .ferricCarboxymaltose, .us, "iron-deficiency anaemia",
            contexts: .anemiaLabelUS, population: .from(.years(1), weight: .below(50)),
            // Below 750 mg by construction: 15 mg/kg of less than 50 kg.
            dose: .perKilogram(15, cap: nil), interval: .days(7, doses: 2),
            course: .perKilogram(30), infusion: fifteenMinutes,
            notes: ["an older label says at most 1,500 mg in the course"],
            source: ClinicalSource(label, .verified, .high)),
        DosingRow(
            "FCM-US-HF", .ferricCarboxymaltose, .us,
            "iron deficiency in heart failure, NYHA II or III",
            contexts: [.heartFailure],
            population: .from(.adult, hemoglobinBelow: HeartFailureTable.hemoglobinBelow),
            dose: .heartFailureTable, interval: .anchored(HeartFailureTable.schedule),
            course: .heartFailureTable, infusion: fifteenMinutes,
            notes: [
                "weeks 12, 24, 36: 500 mg only if ferritin < 100, or 100–300 with saturation < 20 %",
                "nothing beyond week 36: the plan expires",
            ],
            source: ClinicalSource("\(label); §1.3", .verified, .high)),
        DosingRow(
            "FCM-EU-inf", .ferricCarboxymaltose, .eu, "iron deficiency, by infusion",
            contexts: .everyContext.subtracting([.ckdHemodialysis]), population: fromFourteen,
            dose: .perKilogram(20, cap: Milligrams(1000)), interval: .days(), course: .byNeed,
            weekly: .flat(Milligrams(1000)),
            infusion: [
                .infusion(.notPrescribed, upTo: Milligrams(200)),
                .infusion(.minutes(6), above: Milligrams(200), upTo: Milligrams(500)),
                .infusion(.minutes(15), above: Milligrams(500), upTo: Milligrams(1000)),
            ],
            source: ClinicalSource("MIMS MY; ferinject.co.uk", .verified, .high)),
        DosingRow(
            "FCM-EU-inj", .ferricCarboxymaltose, .eu, "iron deficiency, by injection",
            contexts: .everyContext.subtracting([.ckdHemodialysis]), population: fromFourteen,
            dose: .perKilogram(15, cap: Milligrams(1000)), interval: .days(), course: .byNeed,
            weekly: .flat(Milligrams(1000)),
            infusion: [
                .push(.notPrescribed, upTo: Milligrams(200)),
                .push(.milligramsPerMinute(100), above: Milligrams(200), upTo: Milligrams(500)),
                .push(.minutes(15), above: Milligrams(500), upTo: Milligrams(1000)),
            ],
            source: ClinicalSource("MIMS MY; ferinject.co.uk", .verified, .high)),
        DosingRow(
            "FCM-EU-HD", .ferricCarboxymaltose, .eu, "iron deficiency on haemodialysis",
            contexts: [.ckdHemodialysis], population: fromFourteen, dose: .flat(Milligrams(200)),
            interval: .days(), course: .byNeed,
            // The row names no weekly limit; the label's own 1,000 mg is the safe reading.
            weekly: .flat(Milligrams(1000)), infusion: [.push(.notPrescribed)],
            source: ClinicalSource("SmPC caution: single dose > 200 mg", .secondary, .medium)),
        DosingRow(
            "FCM-EU-paed", .ferricCarboxymaltose, .eu, "iron deficiency, 1 to 13 years",
            contexts: .everyContext, population: .from(.years(1), below: .years(14)),
            dose: .perKilogram(15, cap: Milligrams(750)), interval: .days(7), course: .byNeed,
            weekly: .flat(Milligrams(750)), infusion: [.infusion(.notPrescribed)],
            notes: ["older copies in circulation say: not recommended below 14 years"],
            source: ClinicalSource(
                "2022+ SmPC (GK); KR regulator label change 06/2025", .secondary, .medium)),
    ]

    /// Adults; from 14 years by general knowledge only, so those years carry a soft flag.
    private static let fromFourteen = Population.from(.years(14), verifiedFrom: .adult)
}
