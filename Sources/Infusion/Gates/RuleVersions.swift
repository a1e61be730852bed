/// The version of every rule, in one place. A rule's version goes up when the same facts would now
/// give another answer; findings and rechecks carry it, so that an old answer stays explicable.
public enum RuleVersions {
    /// Of the places on the wait list.
    /// 2: a haemoglobin below the patient's own threshold of transfusion is an emergency.
    public static let waitlist = 2

    public static func version(of gate: Gate) -> Int {
        switch gate {
        // 2: a comparator that may hide what is above a ceiling leaves the answer open.
        // 3: of several active contexts the strictest ceiling, everybody's included.
        case .overload: 3
        // 2: sequestration is G-SEQ's to judge.
        // 3: on haemodialysis a ferritin below 30 is absolute deficiency at any saturation below 40.
        case .diagnosis: 3
        // 2: as the diagnosis's third.
        case .metastaticBreastCancer: 2
        // 2: a maintenance dose of heart failure asks for phosphate under an order of its own too.
        // 3: before every dose, where the site asks for it.
        case .phosphate: 3
        // 2: the haemoglobin of the heart-failure row is G-HF15's to judge.
        // 3: the label's test dose comes first, and counts towards its day.
        // 4: an order signed while a heart-failure plan runs holds what is left of that plan.
        case .weightAndAge: 4
        // 2: the rest of the day waits an hour after the label's test dose.
        // 3: a visit is booked beside the others that are booked, not only after doses that have begun.
        case .interval: 3
        // 2: a delayed reaction is shown.
        // 3: whatever is mild, moderate or hypotension at the bedside slows the next dose.
        case .minorReaction: 3
        // 2: red cells that are booked for the date count as those given.
        case .transfusionSameDay: 2
        // 2: a week or course limit in plain milligrams holds without a weight too.
        // 3: an order signed while a heart-failure plan runs holds what it prescribes of what is left.
        // 4: a visit is booked within the week's limit beside the others that are booked, by the last known weight.
        case .cumulativeDose: 4
        // 2: pregnant by context or indication, and not dated, is hard too.
        case .firstTrimester: 2
        // 2: a look of the hours before a dose is of its visit, though midnight lies between.
        case .vitals, .staff, .consent: 2
        // 2: the risk of thrombo-embolism is shown.
        case .erythropoiesisStimulation: 2
        case .order, .infection, .anaphylaxisSameProduct, .anaphylaxisAnyIron,
            .notIronDeficiency, .sequestration,
            .atopy, .phosphateSymptoms,
            .heartFailureHemoglobin, .magneticResonance, .chemotherapySpacing,
            .cardiotoxicChemotherapy, .aceInhibitor, .liver, .oralIron, .transfusion,
            .heartFailureInformation, .immunocompromised, .laterPregnancy:
            1
        }
    }

    public static func version(of rule: RecheckRule) -> Int {
        switch rule {
        case .ironStores, .phosphateSymptoms, .fullIronPanel,
            .heartFailureWeek12, .heartFailureWeek24, .heartFailureWeek36,
            .hemodialysisBloodCount, .preOperative, .afterTransfusion, .erythropoiesisStimulation,
            .infection:
            1
        // 2: after the first dose of every course, and not of the first one alone.
        // 3: what is given later on the first day, as after a test dose, takes nothing away.
        case .symptomCheck: 3
        // 2: what is urgent is due from its own day on, and not on the last of its 72 h.
        // 3: a fall of haemoglobin and the symptoms of an emergency are looked at at once too; of
        // several, the worst and oldest.
        // 4: a haemoglobin below the patient's own threshold of transfusion is an emergency.
        case .hemoglobinTrend: 4
        // 2: where there was no response, why not is asked soon.
        // 3: as the trend's fourth.
        case .hemoglobinResponse: 3
        // 2: what is urgent is due from its own day on, and not on the last of its 72 h.
        // 3: symptoms told after a dose ask for one at once.
        case .phosphate: 3
        // 2: after an admission for heart failure too.
        // 3: a last decision of the label's plan that nobody makes puts it off no further.
        case .heartFailure: 3
        // 2: iron is therapy for a time after its last dose, and not for ever.
        case .ckdIronPanel, .hemodialysisIronPanel: 2
        // 2: nothing is asked before a cycle until which no result can count.
        case .oncologyIronPanel: 2
        // 2: below the threshold of retreatment a decision is asked for, and not the next look.
        // 3: after the first year in time until twelve months after the last look.
        case .bowelDiseaseSurveillance: 3
        // 2: saturation too; in kidney disease after therapy, and in cancer that is not treated.
        case .generalSurveillance: 2
        // 2: urgent after a fall of haemoglobin, and where none is known.
        case .beforeDelivery: 2
        // 2: a transfusion re-anchors it.
        // 3: as the trend's fourth.
        case .ferumoxytol: 3
        // 2: a diagnosis alone is no treatment, and a count from before it is not counted from.
        // 3: due before the next cycle, where one is planned.
        // 4: what is urgent is due from its own day on, and not on the last of its 72 h.
        // 5: as the trend's third; before a cycle due from the first day on which a count serves for it.
        // 6: as the trend's fourth.
        case .oncologyBloodCount: 6
        }
    }
}
