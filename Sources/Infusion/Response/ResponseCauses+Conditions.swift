import Foundation

/// The underlying conditions of facts §7.2: rows 5 to 9.
extension ResponseCauses {
    /// Row 5: iron held back. Haemoglobin flat: not even partly up.
    var inflammation: ResponseVerdict? {
        guard let ferritin = course.ferritin, let saturation = course.saturation,
            course.heldBack.holds(for: IronMarker(ferritin.value, evidence: [])) == true,
            course.iron[.lowSaturation].holds(for: saturation.marker) == true,
            course.inflammation.holds == true,
            level.rise.map({ $0 < limits.partialRise }) ?? true
        else { return nil }
        return ResponseVerdict(
            cause: .inflammation,
            predicates: [
                course.comparison(
                    "ferritin", ferritin, course.heldBack.comparison.rawValue,
                    course.heldBack.limit, true, course.heldBack.source),
                saturationPredicate(saturation, "<"), course.inflammation,
            ], nextStep: "treat-the-disease-and-specialist")
    }

    /// Row 6.
    var kidneyDisease: ResponseVerdict? {
        guard let rate = course.beside(.estimatedGlomerularFiltrationRate),
            ReportedRange(rate.value.canonical, rate.value.comparator)
                .isBelow(limits.filtrationRate) == true,
            course.isIronReplete == true
        else { return nil }
        return ResponseVerdict(
            cause: .kidneyDisease,
            predicates: [
                course.comparison(
                    "estimated-glomerular-filtration-rate", rate, "<", limits.filtrationRate,
                    true, course.because(.lowFiltrationRate))
            ], nextStep: "nephrology-and-esa-evaluation")
    }

    /// Row 7: either suffices; large red cells support it.
    var vitaminDeficiency: ResponseVerdict? {
        var predicates: [Predicate] = []
        for (analyte, name, limit, setting) in [
            (Analyte.vitaminB12, "vitamin-b12", limits.vitaminB12, PolicySetting.lowVitaminB12),
            (.folate, "folate", limits.folate, .lowFolate),
        ] {
            guard let lab = course.beside(analyte),
                ReportedRange(lab.value.canonical, lab.value.comparator).isBelow(limit) == true
            else { continue }
            predicates.append(
                course.comparison(name, lab, "<", limit, true, course.because(setting)))
        }
        guard !predicates.isEmpty else { return nil }
        if let volume = course.beside(.meanCorpuscularVolume),
            ReportedRange(volume.value.canonical, volume.value.comparator)
                .isAbove(limits.largeRedCells) == true
        {
            predicates.append(
                course.comparison(
                    "mean-corpuscular-volume", volume, ">", limits.largeRedCells, true,
                    course.because(.largeRedCells)))
        }
        return ResponseVerdict(
            cause: .vitaminDeficiency, predicates: predicates, nextStep: "replace-and-test-again")
    }

    /// Row 8: replete, and a treatment or a marrow that makes no blood.
    var marrowOrTreatment: ResponseVerdict? {
        guard course.isIronReplete == true else { return nil }
        let source = ResponseCause.marrowOrTreatment.because
        var predicates: [Predicate] = []
        for therapy in ClinicalPicture.cancerTherapies {
            guard let told = picture.state.facts.therapies[therapy]?.at(picture.at), told.value
            else { continue }
            predicates.append(
                .fact(
                    "therapy", therapy.rawValue, "present", "myelosuppressive", holds: true,
                    source: source, evidence: [told.version]))
        }
        if let marrow = picture.state.facts.conditions[.marrowInvolvement]?.at(picture.at),
            marrow.value
        {
            predicates.append(
                .fact(
                    "marrow-involvement", true, "present", "marrow", holds: true, source: source,
                    evidence: [marrow.version]))
        }
        guard !predicates.isEmpty else { return nil }
        return ResponseVerdict(
            cause: .marrowOrTreatment, predicates: predicates,
            nextStep: "transfusion-pathway-or-esa-review")
    }

    /// Row 9: small red cells with normal iron speak of thalassaemia; and whoever has not answered, with
    /// everything measured and no other row to say why, is a haematologist's (SEED-B), replete or not.
    func misdiagnosis(isExplained: Bool) -> ResponseVerdict? {
        if course.isIronReplete == true, let volume = course.beside(.meanCorpuscularVolume),
            ReportedRange(volume.value.canonical, volume.value.comparator)
                .isBelow(limits.smallRedCells) == true
        {
            return ResponseVerdict(
                cause: .misdiagnosis,
                predicates: [
                    course.comparison(
                        "mean-corpuscular-volume", volume, "<", limits.smallRedCells, true,
                        course.because(.smallRedCells))
                ], nextStep: "hematology")
        }
        guard !isExplained, unknown.isEmpty, level.level == .nonResponder else { return nil }
        return ResponseVerdict(
            cause: .misdiagnosis,
            predicates: [
                .fact(
                    "explanation", "none of the rows before", "present", "an explanation",
                    holds: false, source: ResponseCause.misdiagnosis.because,
                    evidence: [course.end.version])
            ], nextStep: "hematology")
    }
}
