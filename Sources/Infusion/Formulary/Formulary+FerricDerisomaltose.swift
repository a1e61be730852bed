import Foundation

/// Ferric derisomaltose: Monoferric (US), Monofer (EU and UK). Clinical facts §1.
enum FerricDerisomaltose {
    static let products: [Product] = [
        Product(
            key: ProductKey("monoferric"), moiety: .ferricDerisomaltose, region: .us,
            brand: "Monoferric", generic: "ferric derisomaltose", ironPerMilliliter: 100,
            testDose: .none, observationMinutes: 30, otherIronReaction: .specialistAdvice,
            boxedWarnings: [],
            contraindications: ["serious hypersensitivity to ferric derisomaltose"],
            rows: ["FDI-US", "FDI-US-lt50"].map { DosingRowID($0) },
            source: ClinicalSource("§1.1, §1.5: pillsync PI text", .verified, .high)),
        Product(
            key: ProductKey("monofer"), moiety: .ferricDerisomaltose, region: .eu, brand: "Monofer",
            generic: "ferric derisomaltose (iron isomaltoside 1000)", ironPerMilliliter: 100,
            testDose: .none, observationMinutes: 30, otherIronReaction: .seriousBlocks,
            boxedWarnings: [],
            contraindications: [
                "serious hypersensitivity to ferric derisomaltose",
                "serious hypersensitivity to other parenteral iron",
                "anaemia not due to iron deficiency", "iron overload or utilisation disorder",
                "decompensated liver disease",
            ],
            rows: ["FDI-EU", "FDI-EU-bolus"].map { DosingRowID($0) },
            source: ClinicalSource("§1.1, §1.5: Monofer SmPC copies", .verified, .high)),
    ]

    static let rows: [DosingRow] = [
        DosingRow(
            "FDI-US", .ferricDerisomaltose, .us, "iron-deficiency anaemia",
            contexts: .anemiaLabelUS,
            population: .adults(weight: .atLeast(50)), dose: .flat(Milligrams(1000)),
            interval: .days(doses: 1), course: .flat(Milligrams(1000)),
            infusion: [.infusion(.minutes(20))],
            notes: ["no minimum repeat interval: repeat if iron-deficiency anaemia reoccurs"],
            source: ClinicalSource("pillsync PI text", .verified, .high)),
        DosingRow(
            "FDI-US-lt50", .ferricDerisomaltose, .us, "iron-deficiency anaemia",
            contexts: .anemiaLabelUS, population: .adults(weight: .below(50)),
            dose: .perKilogram(20, cap: nil), interval: .days(doses: 1), course: .perKilogram(20),
            infusion: [.infusion(.minutes(20))], notes: ["actual body weight"],
            source: ClinicalSource("pillsync PI text", .verified, .high)),
        DosingRow(
            "FDI-EU", .ferricDerisomaltose, .eu, "iron deficiency, by infusion",
            contexts: .everyContext, population: .adults(), dose: .perKilogram(20, cap: nil),
            // "Split, at least one week apart": taken for every two infusions, the safe reading; more
            // frequent small doses are the bolus row's.
            interval: .days(7), course: .byNeed, weekly: .perKilogram(20),
            infusion: [
                .infusion(.longerThan(minutes: 15), upTo: Milligrams(1000)),
                .infusion(.minutes(30), above: Milligrams(1000)),
            ],
            notes: ["fixed 1,000 mg is an option from 50 kg", "Canada: ≥ 20 min up to 1,000 mg"],
            source: ClinicalSource("MIMS HK/MY; PMC6913451 T2; edren", .verified, .high)),
        DosingRow(
            "FDI-EU-bolus", .ferricDerisomaltose, .eu, "iron deficiency, by bolus",
            contexts: .everyContext, population: .adults(), dose: .flat(Milligrams(500)),
            interval: .days(timesPerWeek: 3), course: .byNeed, weekly: .perKilogram(20),
            infusion: [.push(.milligramsPerMinute(250))],
            notes: ["250 mg/min is from general knowledge"],
            // The table gives the row a confidence and no mark; it is kept as a secondary one.
            source: ClinicalSource("clinical facts §1.2", .secondary, .medium)),
    ]
}
