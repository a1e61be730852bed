extension RecheckRule {
    /// Who is looked at again, and for what, for those who check it.
    public var meaning: String {
        switch self {
        case .symptomCheck:
            """
            Ask how the patient is after the first dose of every course, a test dose and what \
            follows it that day being one. Any symptom said to be there or not, a reaction, or the \
            check of the next visit answers it.
            """
        case .hemoglobinTrend:
            """
            Haemoglobin after iron, for all who were anaemic before the course or of whom it is \
            not known. A haemoglobin on the urgency ladder or below the patient's own threshold of \
            transfusion (G-TX), a fall of it, or a symptom that is an emergency takes its place at \
            once, or R11's while a cancer therapy runs, treated with iron or not.
            """
        case .hemoglobinResponse:
            """
            Haemoglobin that answers whether the course worked, for all; so it does in pregnancy \
            (R14: about four weeks after the iron). A transfusion meanwhile counts anew, as it does \
            in R2, R4, R6 and R16: red cells change neither phosphate nor what patients say, the \
            heart-failure plan is never re-anchored, and what repeats goes on by the calendar. \
            Where there was no response when the verdict is final, why not is asked soon; a better \
            haemoglobin or a new order answers it.
            """
        case .ironStores:
            """
            Ferritin and saturation after iron, for all. Sooner they are falsely high; after \
            little iron they count sooner (R-15). The twelve weeks that are also quoted after \
            1,000 mg or more are its last day, and R6 asks for all of it then.
            """
        case .phosphate:
            """
            Phosphate at its lowest after ferric carboxymaltose: for patients at risk, in heart \
            failure, with a repeat course behind or before them, and for all where the site says \
            so. A phosphate on the urgency ladder, hypophosphataemia reported as a reaction, or a \
            symptom of it told after the dose takes its place at once.
            """
        case .phosphateSymptoms:
            """
            Ask about bone pain, weakness and fatigue after every dose of ferric carboxymaltose.
            """
        case .fullIronPanel:
            "Haemoglobin, ferritin and saturation twelve weeks after iron, for all."
        case .heartFailureWeek12:
            """
            The first maintenance decision of the Injectafer plan in heart failure. The dose \
            itself, or new results, answer it.
            """
        case .heartFailureWeek24:
            "The second maintenance decision of that plan."
        case .heartFailureWeek36:
            """
            The third and last maintenance decision of that plan; the label has no data beyond \
            it.
            """
        case .heartFailure:
            """
            The long look in heart failure after iron, twice a year (of the once or twice that are \
            asked for; a site may take the other), and one after an admission for heart \
            failure, treated or not. While the label's plan runs, its own decisions are the looks \
            after iron, and this one counts from its last: a decision that nobody makes puts it off \
            no further.
            """
        case .ckdIronPanel:
            """
            Kidney disease without haemodialysis, for as long as anaemia is treated: by an ESA, or \
            by iron for some time after its last dose. After that R13 looks on.
            """
        case .hemodialysisBloodCount:
            "Haemoglobin in haemodialysis, treated or not."
        case .hemodialysisIronPanel:
            """
            Ferritin and saturation in haemodialysis, for as long as anaemia is treated (as R9). The \
            longest of the one to three months that are asked for; a site may look more often.
            """
        case .oncologyBloodCount:
            """
            A blood count while a cancer therapy runs, which it does until it is said to have \
            ended, and before the next planned cycle that \
            the last count is too old for. A haemoglobin on the urgency ladder, a fall of it, or a \
            symptom that is an emergency takes its place at once.
            """
        case .oncologyIronPanel:
            """
            Ferritin and saturation before each planned cycle of cancer treatment. Where iron was \
            given so shortly before that no result counts until the cycle (R-15), R4 is the look.
            """
        case .bowelDiseaseSurveillance:
            """
            Whether the deficiency comes back in inflammatory bowel disease, without end. Once \
            ferritin is below the limit for another course, or haemoglobin below normal, when the \
            answer to the last course is final, a decision on another course takes the \
            place of the next look; a new order answers it.
            """
        case .generalSurveillance:
            """
            Whether the deficiency comes back, where no other rule goes on looking: after bleeding and \
            everywhere else, in kidney disease after therapy, and in cancer that is not treated.
            """
        case .beforeDelivery:
            """
            Haemoglobin before delivery, by 36 weeks; urgent where the last one is low, has fallen \
            as the urgency ladder says, or is not known. After iron R3 asks for one as well.
            """
        case .preOperative:
            """
            Haemoglobin and iron two to four weeks before planned surgery, while iron can still work. \
            With less than four to six weeks left iron is given through a vein: by mouth it would \
            come too late.
            """
        case .afterTransfusion:
            "Haemoglobin after each unit of red cells, before another one is given."
        case .erythropoiesisStimulation:
            """
            Whether the stores keep up once an ESA has been started: once after each start, in every \
            context. After much iron since, R3 and R4 are the look.
            """
        case .infection:
            """
            Whether an infection that holds iron (G-INFECT) is over, for as long as a course waits for \
            it. Whatever is told of it answers, and where it goes on the next row counts from that: no \
            day releases the hold by itself.
            """
        case .ferumoxytol:
            """
            The label's panel after the second dose of ferumoxytol. A transfusion meanwhile counts \
            anew.
            """
        }
    }

    /// ``source`` as a comparison says it.
    var because: String { Self.lines[self] ?? "" }

    private static let lines = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, $0.source.line) })

    /// Where it comes from; § and R- numbers are those of the clinical facts.
    public var source: ClinicalSource {
        switch self {
        case .symptomCheck:
            ClinicalSource("clinical facts §6 R1", .engineeringDefault, .medium)
        case .hemoglobinTrend:
            ClinicalSource("clinical facts §6 R2; BSG", .verified, .medium)
        case .hemoglobinResponse:
            ClinicalSource(
                "clinical facts §6 R3; Ferinject and Monofer: no earlier than four weeks after the last dose",
                .verified, .high)
        case .ironStores:
            ClinicalSource("clinical facts §6 R4; R-15", .secondary, .high)
        case .phosphate:
            ClinicalSource("clinical facts §6 R5; TGA, boxed warning; R-16", .verified, .high)
        case .phosphateSymptoms:
            ClinicalSource("clinical facts R-16", .engineeringDefault, .medium)
        case .fullIronPanel:
            ClinicalSource("clinical facts §6 R6", .engineeringDefault, .medium)
        case .heartFailureWeek12, .heartFailureWeek24, .heartFailureWeek36:
            ClinicalSource("clinical facts §6 R7; Injectafer label; R-3", .verified, .high)
        case .heartFailure:
            ClinicalSource(
                "clinical facts §6 R8; the days after an admission (ED)", .secondary, .medium)
        case .ckdIronPanel:
            ClinicalSource("clinical facts §6 R9; KDIGO 2026", .secondary, .high)
        case .hemodialysisBloodCount, .hemodialysisIronPanel:
            ClinicalSource("clinical facts §6 R10; KDIGO 2026", .secondary, .high)
        case .oncologyBloodCount:
            ClinicalSource("clinical facts §6 R11; SEED-C", .verified, .high)
        case .oncologyIronPanel:
            ClinicalSource("clinical facts §6 R11", .secondary, .medium)
        case .bowelDiseaseSurveillance:
            ClinicalSource("clinical facts §6 R12; ECCO, eTG", .secondary, .high)
        case .generalSurveillance:
            ClinicalSource("clinical facts §6 R13; BSG", .secondary, .high)
        case .beforeDelivery:
            ClinicalSource("clinical facts §6 R14; the days before 36 weeks (ED)", .verified, .high)
        case .preOperative:
            ClinicalSource(
                "clinical facts §6 R15; partly general knowledge", .generalKnowledge, .medium)
        case .afterTransfusion:
            ClinicalSource(
                "clinical facts §4 G-TX, R-14: single unit, then re-check; the days (ED)",
                .verified, .high)
        case .erythropoiesisStimulation:
            ClinicalSource(
                "clinical facts §0.2, SEED-A: starting an ESA creates demand; the days (ED)",
                .engineeringDefault, .medium)
        case .infection:
            ClinicalSource(
                "clinical facts §4 G-INFECT: hold, re-check daily, 72 h", .engineeringDefault, .high
            )
        case .ferumoxytol:
            ClinicalSource(
                "clinical facts §6 R16; Feraheme label; overdue as R3 (ED)", .verified, .high)
        }
    }
}
