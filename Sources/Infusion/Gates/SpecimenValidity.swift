import Foundation

/// Why a result says nothing about the patient's own iron (facts §3.1; ). Such a
/// result is invalid for diagnosis, dose and response, and always valid for safety.
enum SpecimenFlaw: String, Hashable, CaseIterable {
    /// Ferritin and saturation, longer after much iron.
    case afterIron = "after-iron"
    /// Iron and saturation, after ferric carboxymaltose (assay interference, R17).
    case assayInterference = "assay-interference"
    /// Iron, saturation and haemoglobin, after red cells.
    case afterTransfusion = "after-transfusion"
    /// Ferritin, during an active infection.
    case duringInfection = "during-infection"
}

extension ClinicalPicture {
    private var specimens: ClinicalPolicy.Specimens { context.site.policy.specimens }

    /// After iron, the days for which ferritin and saturation are falsely high, for a dose of
    /// `date`.
    func ironWindow(on date: CalendarDate) -> Int {
        milligrams(inTheDaysBefore: date) >= specimens.iron
            ? specimens.ironDays : specimens.ironDaysSmall
    }

    /// What decides between the two windows: the milligrams of the longer one that ends on `date`
    ///
    func ironWindowPredicate(on date: CalendarDate) -> Predicate {
        let given = milligrams(inTheDaysBefore: date)
        let isLarge = given >= specimens.iron
        return .fact(
            "iron-in-\(specimens.ironDays)-days", given.value, unit: Units.Milligram.ucum,
            isLarge ? ">=" : "<",
            specimens.iron.value, holds: true,
            source: "R-15: results count from +\(ironWindow(on: date)) d",
            evidence: doses(inTheDaysBefore: date).map(\.version))
    }

    func flaw(of lab: LabFact) -> SpecimenFlaw? {
        let reads = Self.windows(for: lab.analyte)
        if reads.iron, let dose = lastDose(by: lab.collectedAt), let end = dose.end {
            if reads.interference, dose.moiety == .ferricCarboxymaltose,
                lab.collectedAt < end.at.adding(hours: Int64(specimens.interferenceHours))
            {
                return .assayInterference
            }
            if lab.date.days(since: end.given.localDate) < ironWindow(on: lab.date) {
                return .afterIron
            }
        }
        if reads.transfusion, let transfusion = lastTransfusion(by: lab.collectedAt),
            lab.date.days(since: localDate(transfusion.effectiveAt)) < specimens.transfusionDays
        {
            return .afterTransfusion
        }
        if reads.infection, infection(at: lab.collectedAt)?.value == true {
            return .duringInfection
        }
        return nil
    }

    private struct Windows {
        var iron = false
        var interference = false
        var transfusion = false
        var infection = false
    }

    private static func windows(for analyte: Analyte) -> Windows {
        switch analyte {
        case .ferritin: Windows(iron: true, infection: true)
        case .iron, .totalIronBindingCapacity, .transferrin, .transferrinSaturation:
            Windows(iron: true, interference: true, transfusion: true)
        case .hemoglobin, .hematocrit: Windows(transfusion: true)
        case .meanCorpuscularVolume, .cReactiveProtein, .phosphate, .vitaminB12, .folate,
            .creatinine,
            .estimatedGlomerularFiltrationRate, .reticulocyteHemoglobin:
            Windows()
        }
    }
}
