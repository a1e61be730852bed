/// The version of every rule, in one place. A rule's version goes up when the same facts would now
/// give another answer; findings and rechecks carry it, so that an old answer stays explicable.
public enum RuleVersions {
    public static func version(of gate: Gate) -> Int {
        switch gate {
        // 2: a comparator that may hide what is above a ceiling leaves the answer open.
        case .overload: 2
        // 2: sequestration is G-SEQ's to judge.
        // 3: on haemodialysis a ferritin below 30 is absolute deficiency at any saturation below 40.
        case .diagnosis: 3
        // 2: as the diagnosis's third.
        case .metastaticBreastCancer: 2
        // 2: a maintenance dose of heart failure asks for phosphate under an order of its own too.
        case .phosphate: 2
        // 2: the haemoglobin of the heart-failure row is G-HF15's to judge.
        // 3: the label's test dose comes first, and counts towards its day.
        // 4: an order signed while a heart-failure plan runs holds what is left of that plan.
        case .weightAndAge: 4
        // 2: the rest of the day waits an hour after the label's test dose.
        case .interval: 2
        // 2: red cells that are booked for the date count as those given.
        case .transfusionSameDay: 2
        // 2: a week or course limit in plain milligrams holds without a weight too.
        case .cumulativeDose: 2
        case .order, .infection, .anaphylaxisSameProduct, .anaphylaxisAnyIron,
            .firstTrimester, .notIronDeficiency, .sequestration,
            .minorReaction, .atopy, .phosphateSymptoms,
            .heartFailureHemoglobin, .magneticResonance, .chemotherapySpacing,
            .cardiotoxicChemotherapy, .aceInhibitor, .liver, .oralIron,
            .erythropoiesisStimulation, .transfusion,
            .vitals, .staff, .consent, .heartFailureInformation:
            1
        }
    }

    public static func version(of rule: RecheckRule) -> Int {
        switch rule {
        case .symptomCheck, .hemoglobinResponse, .ironStores, .phosphateSymptoms, .fullIronPanel,
            .heartFailureWeek12, .heartFailureWeek24, .heartFailureWeek36,
            .ckdIronPanel, .hemodialysisBloodCount, .hemodialysisIronPanel, .oncologyIronPanel,
            .generalSurveillance, .beforeDelivery, .preOperative,
            .ferumoxytol, .afterTransfusion, .erythropoiesisStimulation:
            1
        // 2: what is urgent is due from its own day on, and not on the last of its 72 h.
        case .hemoglobinTrend, .phosphate: 2
        // 2: after an admission for heart failure too.
        case .heartFailure: 2
        // 2: below the threshold of retreatment a decision is asked for, and not the next look.
        case .bowelDiseaseSurveillance: 2
        // 2: a diagnosis alone is no treatment, and a count from before it is not counted from.
        // 3: due before the next cycle, where one is planned.
        // 4: what is urgent is due from its own day on, and not on the last of its 72 h.
        case .oncologyBloodCount: 4
        }
    }
}
