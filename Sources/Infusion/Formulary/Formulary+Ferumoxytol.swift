import Foundation

/// Ferumoxytol: Feraheme and its generic (US); FeraBright, the same molecule, for imaging. Facts §1.
enum Ferumoxytol {
    private static let boxedWarning =
        "Fatal and serious hypersensitivity reactions including anaphylaxis"
    private static let treatment = ["FMX-US", "FMX-HD"].map { DosingRowID($0) }

    static let products: [Product] = [
        product("feraheme", "Feraheme", rows: treatment, .high),
        product("ferumoxytol-sandoz", "Sandoz generic", rows: treatment, .high),
        // NDA219868, an imaging product: no dose for iron deficiency, yet its iron and its reactions count.
        product("ferabright", "FeraBright", rows: [], .medium),
    ]

    private static func product(
        _ key: String, _ brand: String, rows: [DosingRowID], _ confidence: Confidence
    ) -> Product {
        Product(
            key: ProductKey(key), moiety: .ferumoxytol, region: .us, brand: brand,
            generic: "ferumoxytol", ironPerMilliliter: 30, testDose: .none, observationMinutes: 30,
            otherIronReaction: .anyBlocks, boxedWarnings: [boxedWarning],
            contraindications: [
                "hypersensitivity to ferumoxytol",
                "history of allergic reaction to any intravenous iron product",
            ],
            rows: rows,
            source: ClinicalSource("§1.1, §1.5: drugcentral label", .verified, confidence))
    }

    static let rows: [DosingRow] = [
        DosingRow(
            "FMX-US", .ferumoxytol, .us, "iron-deficiency anaemia",
            contexts: Set.anemiaLabelUS.union(Set.dialysis), population: .adults(),
            dose: .flat(Milligrams(510)), interval: .days(3, atMost: 8, doses: 2),
            course: .flat(Milligrams(1020)), infusion: [.infusion(.minutes(15))],
            notes: ["infusion only: the undiluted push was withdrawn in 2015"],
            source: ClinicalSource("drugcentral label", .verified, .high)),
        DosingRow(
            "FMX-HD", .ferumoxytol, .us, "iron-deficiency anaemia on haemodialysis",
            contexts: [.ckdHemodialysis], population: .adults(), dose: .flat(Milligrams(510)),
            // The row names no window of its own; the label's is the safe reading, and so is its course.
            interval: .days(3, atMost: 8, doses: 2), course: .flat(Milligrams(1020)),
            infusion: [.infusion(.minutes(15))],
            notes: ["after at least 1 h of haemodialysis and with a stable blood pressure"],
            source: ClinicalSource("drugcentral label", .verified, .high)),
    ]
}
