import Foundation
import Infusion

/// Cells and worked examples: where each is, and what the program reckons there.
extension RuleCatalogue {
    static func heartFailure(_ table: HeartFailureTable) -> [ClinicalRule] {
        let source = ClinicalSource("clinical facts §1.3; Injectafer label", .verified, .high)
        let heaviness: [(id: String, words: String, weight: Decimal)] = [
            ("lt70kg", "below 70 kg", 69), ("ge70kg", "from 70 kg on", 70),
        ]
        let bands: [(id: String, words: String, hemoglobin: Decimal)] = [
            ("Hb-lt10", "haemoglobin below 10 g/dL", 9),
            ("Hb10-14", "haemoglobin from 10 to 14 g/dL", 12),
            ("Hb14-15", "haemoglobin above 14 and below 15 g/dL", Decimal(145) / 10),
        ]
        let cells = heaviness.flatMap { heavy in
            bands.map { band in
                ClinicalRule(
                    .heartFailure, "HF-\(heavy.id)-\(band.id)",
                    "\(heavy.words), \(band.words): "
                        + doses(table, Kilograms(heavy.weight), GramsPerDeciliter(band.hemoglobin)),
                    source: source)
            }
        }
        let none = ClinicalRule(
            .heartFailure, "HF-any-Hb-ge15",
            "Haemoglobin of \(table.hemoglobinBelow) or more: no data, no dose (G-HF15).",
            source: source)
        return cells + [none] + maintenance(table, source)
    }

    private static func doses(
        _ table: HeartFailureTable, _ weight: Kilograms, _ hemoglobin: GramsPerDeciliter
    ) -> String {
        guard let doses = try? table.doses(weight: weight, hemoglobin: hemoglobin)
        else { return "no dose" }
        return "\(doses.day1) on day 1, "
            + (doses.week6 > .zero ? "\(doses.week6) in week 6" : "none in week 6")
    }

    private static func maintenance(
        _ table: HeartFailureTable, _ source: ClinicalSource
    ) -> [ClinicalRule] {
        HeartFailureTable.schedule.slots.dropFirst(2).map { slot in
            ClinicalRule(
                .heartFailure, "HF-maintenance-week-\(slot.day / 7)",
                "\(table.maintenance), from day \(slot.earliest) to day \(slot.latest) of "
                    + "the plan, only while the markers ask for it (STATUS-HF-FDA).",
                source: source)
        }
    }

    static func need(_ calculator: IronNeedCalculator) -> [ClinicalRule] {
        ferinject(calculator) + monofer(calculator) + ecco(calculator) + examples(calculator)
            + losses(calculator)
    }

    private static func ferinject(_ calculator: IronNeedCalculator) -> [ClinicalRule] {
        let weights: [(String, Decimal)] = [("lt35kg", 34), ("35-70kg", 50), ("ge70kg", 80)]
        let bands: [(String, Decimal)] = [("lt10", 9), ("10-14", 12), ("ge14", 14)]
        return weights.flatMap { weight in
            bands.map { band in
                let joint = band.0 == "10-14" ? "Hb" : "Hb-"
                return cell("FERINJECT-\(weight.0)-\(joint)\(band.0)") {
                    try calculator.ferinjectTable(
                        weight: Kilograms(weight.1), hemoglobin: GramsPerDeciliter(band.1))
                }
            }
        }
    }

    private static func monofer(_ calculator: IronNeedCalculator) -> [ClinicalRule] {
        let weights: [(String, Decimal)] = [("lt50kg", 49), ("50-70kg", 60), ("ge70kg", 80)]
        let bands: [(String, Decimal)] = [("lt10", 9), ("ge10", 10)]
        return weights.flatMap { weight in
            bands.map { band in
                cell("MONOFER-\(weight.0)-Hb-\(band.0)") {
                    try calculator.monoferTable(
                        weight: Kilograms(weight.1), hemoglobin: GramsPerDeciliter(band.1))
                }
            }
        } + [
            cell("MONOFER-FIXED") {
                try calculator.monoferFixedNeed(
                    weight: Kilograms(50), hemoglobin: GramsPerDeciliter(9))
            }
        ]
    }

    /// By the men's limit, which is the higher one of the first band.
    private static func ecco(_ calculator: IronNeedCalculator) -> [ClinicalRule] {
        let weights: [(String, Decimal)] = [("lt70kg", 69), ("ge70kg", 70)]
        let bands: [(String, Decimal)] = [("Hb-ge10", 10), ("Hb7-10", 9), ("Hb-lt7", 6)]
        let source = ClinicalSource(
            "clinical facts §2.2; ECCO, FERGIcor; women up to 12 g/dL", .secondary, .medium)
        return weights.flatMap { weight in
            bands.map { band in
                cell("ECCO-\(weight.0)-\(band.0)", source) {
                    try calculator.eccoTable(
                        weight: Kilograms(weight.1), hemoglobin: GramsPerDeciliter(band.1),
                        gender: .male)
                }
            }
        }
    }

    private static func cell(
        _ id: String,
        _ source: ClinicalSource = ClinicalSource(
            "clinical facts §2.2; the SmPC's table", .verified, .high),
        _ need: () throws -> IronNeed
    ) -> ClinicalRule {
        ClinicalRule(.need, id, (try? need().formula) ?? "no cell", source: source)
    }

    /// A loss of each way of counting.
    private static func losses(_ calculator: IronNeedCalculator) -> [ClinicalRule] {
        func rule(_ id: String, _ label: String, _ loss: BloodLoss) -> ClinicalRule {
            let need = try? calculator.replacement(of: loss)
            return ClinicalRule(
                .need, id,
                "\(label): " + (need.map { "\($0.formula) = \($0.milligrams)" } ?? "no need"),
                source: ClinicalSource("clinical facts §2.3; the label", .verified, .high))
        }
        return [
            rule("UNITS-LOST-2", "Venofer, a known loss", .units(2)),
            rule(
                "INFED-LOSS-500mL", "INFeD, a known loss",
                .volume(Milliliters(500), hematocrit: Percent(20))),
        ]
    }

    /// The worked examples of clinical facts §2.4, by their numbers there.
    private struct Example {
        let id: String
        let weight: Decimal
        let hemoglobin: Decimal
        var basis = DosingWeight.Basis.actual
        var target: Decimal?
        var stores: Decimal?
        var note = ""
    }

    private static let worked: [Example] = [
        Example(id: "G01", weight: 70, hemoglobin: 8),
        Example(id: "G02", weight: 60, hemoglobin: 9),
        Example(id: "G03", weight: 50, hemoglobin: 7),
        Example(id: "G04", weight: 80, hemoglobin: 6),
        Example(id: "G06", weight: 30, hemoglobin: 6, note: "the Venofer SmPC prints 950 mg"),
        Example(
            id: "G08", weight: Decimal(349) / 10, hemoglobin: 6, note: "the branch below 35 kg"),
        Example(id: "G09", weight: 35, hemoglobin: 6, note: "the jump at 35 kg is expected"),
        Example(
            id: "G11", weight: 70, hemoglobin: Decimal(152) / 10,
            note: "above the target the stores alone"),
        Example(id: "G12", weight: 70, hemoglobin: 14),
        Example(
            id: "G14", weight: 70, hemoglobin: Decimal(85) / 10,
            note: "told as 85 g/L; 85 g/dL is refused"),
        Example(
            id: "G16", weight: 62, hemoglobin: Decimal(85) / 10, basis: .prePregnancy, target: 11),
        Example(
            id: "G17", weight: 70, hemoglobin: 8, target: 13,
            note: "13 is a third party's default, and not ours"),
        Example(
            id: "G18", weight: 70, hemoglobin: 6, target: 12, note: "Edinburgh prints 1,500 mg"),
        Example(
            id: "G20", weight: 67, hemoglobin: 9, note: "the older Ferinject table prints 1,500 mg"),
        Example(id: "G21", weight: 50, hemoglobin: 11, stores: 500, note: "CADTH"),
        Example(id: "G22", weight: 70, hemoglobin: 9, stores: 1_000, note: "CADTH"),
        Example(
            id: "G24", weight: 60, hemoglobin: 11, target: 12, stores: 0,
            note: "blood lost and stores intact; the label prints 150 mg"),
    ]

    private static func examples(_ calculator: IronNeedCalculator) -> [ClinicalRule] {
        worked.map { example in
            let need = try? calculator.ganzoni(
                DosingWeight(weight: Kilograms(example.weight), basis: example.basis),
                hemoglobin: GramsPerDeciliter(example.hemoglobin),
                target: example.target.map { GramsPerDeciliter($0) },
                stores: example.stores.map { Milligrams($0) })
            let sum = need.map { "\($0.formula) = \($0.milligrams)" } ?? "no need"
            return ClinicalRule(
                .need, "GANZONI-\(example.id)",
                "Ganzoni: \(sum)" + (example.note.isEmpty ? "" : "; \(example.note)"),
                source: ClinicalSource("clinical facts §2.4, reckoned by hand", .verified, .high))
        }
    }
}
