extension RecheckRule {
    /// Who is looked at again, and for what, for those who check it.
    public var meaning: String {
        switch self {
        case .symptomCheck:
            """
            Ask how the patient is after the first dose of a moiety. Any symptom said to be \
            there or not, a reaction, or the check of the next visit answers it.
            """
        case .hemoglobinTrend:
            """
            Haemoglobin after iron, for all who were anaemic before the course or of whom it is \
            not known. A haemoglobin on the urgency ladder takes \
            its place at once, or R11's while a cancer therapy runs.
            """
        case .hemoglobinResponse:
            """
            Haemoglobin that answers whether the course worked, for all. A transfusion meanwhile \
            counts anew.
            """
        case .ironStores:
            """
            Ferritin and saturation after iron, for all. Sooner they are falsely high; after \
            little iron they count sooner (R-15).
            """
        case .phosphate:
            """
            Phosphate at its lowest after ferric carboxymaltose: for patients at risk, in heart \
            failure, with a repeat course behind or before them, and for all where the site says \
            so. A phosphate on the urgency ladder, or hypophosphataemia reported as \
            a reaction, takes its place at once.
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
            The long look in heart failure after iron, and one after an admission for heart \
            failure, treated or not. While the label's plan runs, its own decisions are the looks \
            after iron.
            """
        case .ckdIronPanel:
            "Kidney disease without haemodialysis, for as long as anaemia is treated."
        case .hemodialysisBloodCount:
            "Haemoglobin in haemodialysis, treated or not."
        case .hemodialysisIronPanel:
            "Ferritin and saturation in haemodialysis, for as long as anaemia is treated."
        case .oncologyBloodCount:
            """
            A blood count while a cancer therapy runs, and before the next planned cycle that \
            the last count is too old for. A haemoglobin on the urgency ladder takes its place \
            at once.
            """
        case .oncologyIronPanel:
            "Ferritin and saturation before each planned cycle of cancer treatment."
        case .bowelDiseaseSurveillance:
            """
            Whether the deficiency comes back in inflammatory bowel disease, without end. Once \
            ferritin is below the limit for another course, or haemoglobin below normal, when the \
            answer to the last course is final, a decision on another course takes the \
            place of the next look; a new order answers it.
            """
        case .generalSurveillance:
            "Whether the deficiency comes back, where no context has a schedule of its own."
        case .beforeDelivery:
            "Haemoglobin before delivery, by 36 weeks; urgent where the last one is low."
        case .preOperative:
            "Haemoglobin and iron before planned surgery, while iron can still work."
        case .afterTransfusion:
            "Haemoglobin after each unit of red cells, before another one is given."
        case .erythropoiesisStimulation:
            """
            Whether the stores keep up once an ESA has been started: once after each start, in every \
            context. After much iron since, R3 and R4 are the look.
            """
        case .ferumoxytol:
            "The label's panel after the second dose of ferumoxytol."
        }
    }

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
        case .ferumoxytol:
            ClinicalSource(
                "clinical facts §6 R16; Feraheme label; overdue as R3 (ED)", .verified, .high)
        }
    }
}
