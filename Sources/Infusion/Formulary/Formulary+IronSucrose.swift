import Foundation

/// Iron sucrose: Venofer and its generics. In the US the label is for kidney disease only. Facts §1.
enum IronSucrose {
    private static let rowsUS = [
        "IS-US-NDD", "IS-US-NDD500", "IS-US-HDD", "IS-US-PDD", "IS-US-paed",
    ].map { DosingRowID($0) }

    static let products: [Product] = [
        american("venofer-us", "Venofer", rows: rowsUS),
        american("iron-sucrose-mylan", "Mylan generic", rows: rowsUS),
        american("iron-sucrose-ims", "IMS generic", rows: rowsUS),
        Product(
            key: ProductKey("venofer-eu"), moiety: .ironSucrose, region: .eu, brand: "Venofer",
            generic: "iron sucrose", ironPerMilliliter: 20, testDose: .none, observationMinutes: 30,
            otherIronReaction: .seriousBlocks, boxedWarnings: [],
            contraindications: [
                "hypersensitivity to iron sucrose",
                "serious hypersensitivity to other parenteral iron",
                "anaemia not due to iron deficiency", "iron overload or utilisation disorder",
            ],
            rows: ["IS-EU", "IS-EU-TDI"].map { DosingRowID($0) },
            source: ClinicalSource("§1.1, §1.5: Venofer SmPC copies", .verified, .high)),
    ]

    private static func american(_ key: String, _ brand: String, rows: [DosingRowID]) -> Product {
        Product(
            key: ProductKey(key), moiety: .ironSucrose, region: .us, brand: brand,
            generic: "iron sucrose", ironPerMilliliter: 20, testDose: .none, observationMinutes: 30,
            otherIronReaction: .specialistAdvice, boxedWarnings: [],
            contraindications: ["hypersensitivity to iron sucrose"], rows: rows,
            source: ClinicalSource("§1.1, §1.5: venofer.com", .verified, .high))
    }

    private static let pushOrFifteen: [InfusionTimeRule] = [
        .infusion(.minutes(15)), .push(.minutes(2)),
    ]

    static let rowsOfUS: [DosingRow] = [
        DosingRow(
            "IS-US-NDD", .ironSucrose, .us, "iron-deficiency anaemia in CKD without dialysis",
            contexts: [.ckdNonDialysis], population: .adults(), dose: .flat(Milligrams(200)),
            // Five different days within 14: day 1 to day 14 is 13 days; one more is soft.
            interval: .days(span: CourseSpan(days: 13, softDays: 14), doses: 5),
            course: .flat(Milligrams(1000)), infusion: pushOrFifteen,
            notes: ["infusion in at most 100 mL"],
            source: ClinicalSource("venofer.com", .verified, .high)),
        DosingRow(
            "IS-US-NDD500", .ironSucrose, .us, "iron-deficiency anaemia in CKD without dialysis",
            contexts: [.ckdNonDialysis], population: .adults(), dose: .flat(Milligrams(500)),
            // Day 1 and day 14 are 13 days apart.
            interval: .days(13, doses: 2), course: .flat(Milligrams(1000)),
            infusion: [.infusion(.minutes(210))], cautions: [.limitedExperience],
            notes: ["3.5 to 4 h in at most 250 mL", "hypotension in 2 of 30"],
            source: ClinicalSource("venofer.com", .verified, .high)),
        DosingRow(
            "IS-US-HDD", .ironSucrose, .us, "iron-deficiency anaemia in CKD on haemodialysis",
            contexts: [.ckdHemodialysis], population: .adults(), dose: .flat(Milligrams(100)),
            interval: .days(doses: 10), course: .flat(Milligrams(1000)), infusion: pushOrFifteen,
            notes: ["per consecutive session, early in it"],
            source: ClinicalSource("venofer.com", .verified, .high)),
        DosingRow(
            "IS-US-PDD", .ironSucrose, .us, "iron-deficiency anaemia in CKD on peritoneal dialysis",
            contexts: [.ckdPeritonealDialysis], population: .adults(),
            dose: .schedule([Milligrams(300), Milligrams(300), Milligrams(400)]),
            interval: .days(14, span: CourseSpan(days: 28, softDays: 28), doses: 3),
            course: .flat(Milligrams(1000)),
            infusion: [
                .infusion(.minutes(90), upTo: Milligrams(300)),
                .infusion(.minutes(150), above: Milligrams(300), upTo: Milligrams(400)),
            ],
            notes: ["in at most 250 mL"], source: ClinicalSource("venofer.com", .verified, .high)),
        DosingRow(
            "IS-US-paed", .ironSucrose, .us, "iron maintenance in CKD, children",
            contexts: [.ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis],
            // The table says from 2 years; it is the children's row, so adults have their own.
            population: .from(.years(2), below: .adult),
            dose: .perKilogram(d("0.5"), cap: Milligrams(100)),
            // Every 2 weeks on haemodialysis, else every 4, for 12 weeks.
            interval: .days(
                14, byContext: [.ckdNonDialysis: 28, .ckdPeritonealDialysis: 28],
                span: CourseSpan(days: 84, softDays: nil)),
            course: .byNeed, infusion: [.infusion(.minutes(5)), .push(.minutes(5))],
            notes: ["5 min neat, or 5 to 60 min at 1 to 2 mg/mL", "NDD and PDD: on an ESA"],
            source: ClinicalSource("venofer.com; label summaries (V2)", .verified, .high)),
    ]

    static func rowsOfEU(weeklyMaximum: Milligrams) -> [DosingRow] {
        [
            DosingRow(
                "IS-EU", .ironSucrose, .eu, "iron deficiency", contexts: .everyContext,
                population: .adults(), dose: .flat(Milligrams(200)),
                interval: .days(timesPerWeek: 3), course: .byNeed, weekly: .flat(weeklyMaximum),
                infusion: [
                    .infusion(.minutes(15), upTo: Milligrams(100)),
                    .infusion(.minutes(30), above: Milligrams(100), upTo: Milligrams(200)),
                ],
                notes: [
                    "weekly: 600 mg by arithmetic of 3 × 200; 500 mg in an EMA figure cited by KDIGO (V2)",
                    "not licensed for children in the UK",
                ],
                source: ClinicalSource("medinfogalway; MIMS", .verified, .medium)),
            DosingRow(
                "IS-EU-TDI", .ironSucrose, .eu, "iron deficiency, some markets",
                contexts: .everyContext, population: .adults(),
                dose: .perKilogram(7, cap: Milligrams(500)), interval: .days(7), course: .byNeed,
                weekly: .flat(Milligrams(500)), infusion: [.infusion(.minutes(210))],
                source: ClinicalSource("WJGP table", .secondary, .low)),
        ]
    }
}
