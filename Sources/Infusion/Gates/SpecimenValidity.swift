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
        isAfterMuchIron(on: date) ? specimens.ironDays : specimens.ironDaysSmall
    }

    /// Which of the two windows that is.
    func ironWindowSetting(on date: CalendarDate) -> PolicySetting {
        isAfterMuchIron(on: date) ? .ironSpecimenDays : .ironSpecimenDaysSmall
    }

    private func isAfterMuchIron(on date: CalendarDate) -> Bool {
        milligrams(inTheDaysBefore: date) >= specimens.iron
    }

    /// What decides between the two windows: the milligrams of the longer one that ends on `date`
    ///
    func ironWindowPredicate(on date: CalendarDate) -> Predicate {
        let given = milligrams(inTheDaysBefore: date)
        return .fact(
            "iron-in-\(specimens.ironDays)-days", given.value, unit: Units.Milligram.ucum,
            given >= specimens.iron ? ">=" : "<", specimens.iron.value, holds: true,
            source: "results count from +\(ironWindow(on: date)) d: "
                + context.site.policy.because(.ironSpecimenMilligrams),
            evidence: doses(inTheDaysBefore: date).map(\.version))
    }

    /// Who says that a specimen collected on `date` has a flaw.
    func because(_ flaw: SpecimenFlaw, on date: CalendarDate) -> String {
        let policy = context.site.policy
        return switch flaw {
        case .afterIron: policy.because(ironWindowSetting(on: date))
        case .assayInterference: policy.because(.ironInterferenceHours)
        case .afterTransfusion: policy.because(.transfusionSpecimenDays)
        case .duringInfection: Gate.infection.because
        }
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
