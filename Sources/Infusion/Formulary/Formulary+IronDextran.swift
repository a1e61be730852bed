import Foundation

/// Low-molecular-weight iron dextran: INFeD (US), CosmoFer (EU and UK). Dexferrum, of high molecular
/// weight, is no product here and cannot be ordered. Clinical facts §1.
enum IronDextran {
    static let products: [Product] = [
        Product(
            key: ProductKey("infed"), moiety: .ironDextran, region: .us, brand: "INFeD",
            generic: "low-molecular-weight iron dextran", ironPerMilliliter: 50,
            testDose: .mandatory(Milligrams(25), waitMinutes: 60), observationMinutes: 30,
            otherIronReaction: .specialistAdvice,
            boxedWarnings: [
                "Anaphylactic-type reactions including fatal ones, also after a tolerated test dose"
            ],
            contraindications: [
                "hypersensitivity to iron dextran",
                "anaemia not due to iron deficiency (older label)",
            ],
            rows: ["LMWID-US", "LMWID-US-TDI", "LMWID-US-paed"].map { DosingRowID($0) },
            source: ClinicalSource("§1.1, §1.5: druginserts", .verified, .high)),
        Product(
            key: ProductKey("cosmofer"), moiety: .ironDextran, region: .eu, brand: "CosmoFer",
            generic: "low-molecular-weight iron dextran", ironPerMilliliter: 50,
            testDose: .slowStart(Milligrams(25), overMinutes: 15), observationMinutes: 30,
            otherIronReaction: .seriousBlocks, boxedWarnings: [],
            contraindications: [
                "hypersensitivity to iron dextran",
                "serious hypersensitivity to other parenteral iron",
                "anaemia not due to iron deficiency", "iron overload or utilisation disorder",
                "decompensated liver disease",
            ],
            rows: ["LMWID-EU", "LMWID-EU-TDI"].map { DosingRowID($0) },
            source: ClinicalSource("§1.1, §1.5: CosmoFer SmPC copy", .verified, .high)),
    ]

    private static let bands: [WeightBand] = [
        WeightBand(weight: .below(5), dose: Milligrams(25)),
        WeightBand(weight: .from(5, below: 10), dose: Milligrams(50)),
        WeightBand(weight: .atLeast(10), dose: Milligrams(100)),
    ]

    static let rows: [DosingRow] = [
        DosingRow(
            "LMWID-US", .ironDextran, .us, "documented iron deficiency", contexts: .everyContext,
            population: .from(.months(4)),
            // 100 mg a day; the children's bands hold here too, the safe reading for infants.
            dose: .weightBands(bands), interval: .days(), course: .byNeed,
            weekly: .flat(Milligrams(700)), infusion: [.push(.milligramsPerMinute(50))],
            notes: [
                "test dose of 25 mg (0.5 mL) over at least 30 s, then at least 1 h, before the first",
                "25 + 75 mg make the 100 mg of day 1 (R-7)",
            ],
            source: ClinicalSource("druginserts", .verified, .high)),
        DosingRow(
            "LMWID-US-TDI", .ironDextran, .us, "total-dose infusion, 1,000 mg in 250 mL",
            contexts: .everyContext, population: .adults(), dose: .flat(Milligrams(1000)),
            interval: .days(doses: 1), course: .byNeed, infusion: [.infusion(.minutes(60))],
            isOffLabel: true,
            notes: ["chair time includes the test dose and its hour: at least 185 min (R-7)"],
            source: ClinicalSource("common practice, off-label", .secondary, .medium)),
        DosingRow(
            "LMWID-US-paed", .ironDextran, .us, "documented iron deficiency, children",
            contexts: .everyContext,
            // Not in the first four months of life (§1.5); adults have their own row.
            population: .from(.months(4), below: .adult), dose: .weightBands(bands),
            interval: .days(), course: .byNeed, infusion: [.push(.milligramsPerMinute(50))],
            source: ClinicalSource("druginserts", .verified, .high)),
        DosingRow(
            "LMWID-EU", .ironDextran, .eu, "iron deficiency", contexts: .everyContext,
            // "Adults only" in the SmPC copy, from 14 years in Medscape UK: the safe reading is 18.
            population: .adults(), dose: .flat(Milligrams(200)), interval: .days(timesPerWeek: 3),
            course: .byNeed,
            infusion: [.infusion(.notPrescribed)],
            notes: ["first 25 mg over 15 min, then at most 100 mL in 30 min"],
            source: ClinicalSource("CosmoFer SmPC copy; Medscape UK", .verified, .medium)),
        DosingRow(
            "LMWID-EU-TDI", .ironDextran, .eu, "iron deficiency, total dose",
            contexts: .everyContext,
            population: .adults(), dose: .perKilogram(20, cap: nil), interval: .days(doses: 1),
            course: .perKilogram(20), infusion: [.infusion(.minutes(240))], notes: ["4 to 6 h"],
            source: ClinicalSource("CosmoFer SmPC copy", .verified, .high)),
    ]
}
