extension GateCandidates {
    /// What could be asked of the patient, or looked up, for each gate.
    var answers: [Candidate] {
        switch gate {
        case .infection:
            let infection = make.answer("active-infection", "false", .infection(active: false))
            return [infection, make.no(.intravenousAntibiotic)]
        case .sequestration:
            let infection = make.answer("active-infection", "false", .infection(active: false))
            return [infection, make.no(.inflammation)]
        case .diagnosis, .notIronDeficiency, .metastaticBreastCancer, .heartFailureInformation:
            return [make.no(.inflammation)]
        case .overload:
            return [
                make.answer(
                    "known-iron-overload", "false", .knownIronOverload(false),
                    signOff: CandidateMaker.signOff)
            ]
        case .firstTrimester: return pregnancy
        case .phosphate:
            return [
                make.answer(
                    "hypophosphatemia-risk", "false", .hypophosphatemiaRisk(present: false))
            ]
        case .atopy: return [make.no(.atopy)]
        case .phosphateSymptoms: return symptoms.filter(\.suggestsLowPhosphate).map(make.no)
        case .transfusion:
            return symptoms.map(make.no) + [
                make.answer("cardiovascular-disease", "false", .cardiovascularDisease(false))
            ] + ClinicalPicture.cancerTherapies.filter(picture.isActive).map(make.no)
        case .magneticResonance:
            return [
                make.answer("planned-mri", "none", .planned(.magneticResonanceImaging, on: nil))
            ]
        case .liver:
            return [
                make.no(.decompensatedLiverDisease), make.no(.porphyriaWithRaisedTransaminases),
            ]
        case .aceInhibitor: return [make.no(.angiotensinConvertingEnzymeInhibitor)]
        case .oralIron: return [make.no(.oralIron)]
        case .erythropoiesisStimulation:
            return [
                make.no(.curativeIntent), make.no(.erythropoiesisStimulatingAgent),
                make.answer("chemotherapy", "true", .therapy(.chemotherapy, active: true)),
                make.no(.thromboembolismRisk),
            ]
        case .immunocompromised: return [make.no(.immunocompromised)]
        case .laterPregnancy: return [denial]
        case .order, .anaphylaxisSameProduct, .anaphylaxisAnyIron, .cumulativeDose, .interval,
            .weightAndAge, .minorReaction, .heartFailureHemoglobin, .chemotherapySpacing,
            .cardiotoxicChemotherapy, .transfusionSameDay, .vitals, .staff, .consent:
            return []
        }
    }

    private var symptoms: [Symptom] { picture.presentSymptoms.map(\.symptom) }

    /// Whether; and of a pregnancy without a date the last due date that is late enough. A pregnancy that
    /// is dated waits.
    private var pregnancy: [Candidate] {
        switch picture.state.facts.pregnancy.at(picture.at)?.value {
        case .pregnant(estimatedDueDate: .some): return []
        case .pregnant(estimatedDueDate: nil): return [dueDate]
        case .notPregnant, .unknown, nil:
            let isStated = Gates.statedPregnancy(question, denied: nil) != nil
            return isStated ? [dueDate, denial] : [denial]
        }
    }

    private var denial: Candidate {
        make.answer("pregnancy", "not-pregnant", .pregnancy(.notPregnant))
    }

    /// The due date with which the earliest gestation of the site is reached on the date of the dose.
    var dueDate: Candidate {
        let earliest = question.policy.screening.earliestGestationDays
        let due = question.date.adding(days: Gates.gestationDays - earliest)
        return Candidate(
            fact: NewFact(
                .answer, "estimated-due-date", "\(due)", "<=", "\(due)", on: make.date),
            trials: [
                .command(
                    .setClinicalContext(
                        picture.contexts?.value ?? [],
                        facts: [.pregnancy(.pregnant(estimatedDueDate: due))], at: make.at))
            ], at: make.at)
    }
}
