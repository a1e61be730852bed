/// The new facts that might shut a gate that lets the dose pass, in the same turn as those that might open one.
extension GateCandidates {
    var closing: [Candidate] {
        worseAnswers + worseChecks + weights + results + daysAhead
    }

    private var daysAhead: [Candidate] {
        (1...WhyLimits.daysAhead).map { make.waiting(until: question.date.adding(days: $0)) }
    }

    private var worseAnswers: [Candidate] {
        switch gate {
        case .infection:
            return [
                make.answer("active-infection", "true", .infection(active: true)),
                make.yes(.intravenousAntibiotic),
            ]
        case .sequestration:
            return [
                make.answer("active-infection", "true", .infection(active: true)),
                make.yes(.inflammation),
            ]
        case .diagnosis, .notIronDeficiency, .metastaticBreastCancer, .heartFailureInformation:
            return [make.yes(.inflammation)]
        case .overload:
            return [make.answer("known-iron-overload", "true", .knownIronOverload(true))]
        case .firstTrimester:
            return [
                make.answer(
                    "pregnancy", "pregnant", .pregnancy(.pregnant(estimatedDueDate: nil)))
            ]
        case .phosphate:
            return [
                make.answer("hypophosphatemia-risk", "true", .hypophosphatemiaRisk(present: true))
            ]
        case .atopy: return [make.yes(.atopy)]
        case .phosphateSymptoms:
            return Symptom.allCases.filter(\.suggestsLowPhosphate).map(make.yes)
        case .transfusion:
            return Symptom.allCases.filter(\.isEmergency).map(make.yes) + [
                make.answer("cardiovascular-disease", "true", .cardiovascularDisease(true))
            ] + ClinicalPicture.cancerTherapies.map(make.yes)
        case .magneticResonance:
            return [
                make.answer(
                    "planned-mri", "\(question.date)",
                    .planned(.magneticResonanceImaging, on: question.date))
            ]
        case .liver:
            return [
                make.yes(.decompensatedLiverDisease), make.yes(.porphyriaWithRaisedTransaminases),
            ]
        case .aceInhibitor: return [make.yes(.angiotensinConvertingEnzymeInhibitor)]
        case .oralIron: return [make.yes(.oralIron)]
        case .erythropoiesisStimulation:
            return [
                make.yes(.erythropoiesisStimulatingAgent), make.yes(.curativeIntent),
                make.yes(.thromboembolismRisk),
            ]
        case .immunocompromised: return [make.yes(.immunocompromised)]
        case .laterPregnancy: return [dueDate]
        case .anaphylaxisSameProduct: return [allergy(to: question.terms.product.moiety)]
        case .anaphylaxisAnyIron:
            return [allergy(to: question.terms.product.moiety), allergy(to: nil)]
        case .chemotherapySpacing, .cardiotoxicChemotherapy:
            return [
                make.answer(
                    "cancer-infusion", "cardiotoxic",
                    .cancerInfusion(
                        CancerInfusion(
                            start: make.at.adding(minutes: -1), end: make.at, cardiotoxic: true)))
            ]
        case .transfusionSameDay: return [make.transfusion]
        case .order, .cumulativeDose, .interval, .weightAndAge, .minorReaction,
            .heartFailureHemoglobin, .vitals, .staff, .consent:
            return []
        }
    }

    private func allergy(to moiety: Moiety?) -> Candidate {
        make.answer(
            "serious-iron-allergy", "true",
            .ironAllergy(IronAllergy(moiety: moiety, serious: true)))
    }

    /// One vital sign just beyond its limit, the others as they were; nobody there; no consent.
    private var worseChecks: [Candidate] {
        guard let known = checkOfTheDay else { return [] }
        switch gate {
        case .vitals:
            return question.policy.chairside.limits.compactMap { limit in
                known.vitals.map { vitals in
                    make.check(
                        limit.name, "\(limit.exceeded)", unit: limit.unit,
                        limit.comparison.opposite.rawValue, "\(limit.limit)",
                        ChairsideCheck(
                            vitals: limit.beyond(vitals), isStaffed: known.isStaffed,
                            hasConsent: known.hasConsent))
                }
            }
        case .staff:
            return [
                make.check(
                    "staffed-for-anaphylaxis", "false", "=", "false",
                    ChairsideCheck(
                        vitals: known.vitals, isStaffed: false, hasConsent: known.hasConsent))
            ]
        case .consent:
            return [
                make.check(
                    "consent-recorded", "false", "=", "false",
                    ChairsideCheck(
                        vitals: known.vitals, isStaffed: known.isStaffed, hasConsent: false))
            ]
        case .order, .diagnosis, .overload, .infection, .anaphylaxisSameProduct,
            .anaphylaxisAnyIron, .firstTrimester, .phosphate, .cumulativeDose, .interval,
            .weightAndAge, .notIronDeficiency, .sequestration, .minorReaction, .atopy,
            .phosphateSymptoms, .heartFailureHemoglobin, .magneticResonance, .chemotherapySpacing,
            .cardiotoxicChemotherapy, .aceInhibitor, .liver, .oralIron,
            .erythropoiesisStimulation, .metastaticBreastCancer, .transfusion,
            .transfusionSameDay, .heartFailureInformation,
            .immunocompromised, .laterPregnancy:
            return []
        }
    }
}
