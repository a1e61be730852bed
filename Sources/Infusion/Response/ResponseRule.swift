/// A row of the tables of the response, by its identifier there (facts §7.1 and §7.2).
public enum ResponseRule: Hashable, Sendable, CaseIterable {
    case earlyTrend
    case level(ResponseLevel)
    case cause(ResponseCause)

    public static let allCases: [ResponseRule] =
        [.earlyTrend] + ResponseLevel.allCases.map(ResponseRule.level)
        + ResponseCause.allCases.map(ResponseRule.cause)

    /// Of a cause the number of its row.
    public var id: String {
        switch self {
        case .earlyTrend: "RESPONSE-EARLY-TREND"
        case .level(let level): "RESPONSE-" + level.suffix
        case .cause(let cause): "RESPONSE-" + cause.suffix
        }
    }

    /// What it says of a course, for those who check it.
    public func meaning(in policy: ClinicalPolicy) -> String {
        switch self {
        case .earlyTrend:
            "Haemoglobin up by 1.0 g/dL or more within two to four weeks: a sign and no verdict."
        case .level(let level): level.meaning(in: policy.response)
        case .cause(let cause): cause.meaning(in: policy.response)
        }
    }

    /// The codes of ``ResponseVerdict/nextStep``; none of a level.
    public var nextSteps: [String] {
        switch self {
        case .earlyTrend, .level: []
        case .cause(let cause): cause.nextSteps
        }
    }

    /// Where it comes from; § and R- numbers are those of the clinical facts.
    public var source: ClinicalSource {
        switch self {
        case .earlyTrend: ClinicalSource("clinical facts §7.1; BSG", .verified, .medium)
        case .level(let level): level.source
        case .cause(let cause): cause.source
        }
    }
}

extension ResponseLevel {
    /// Who says so, with mark and confidence.
    var because: String { source.line }

    fileprivate var suffix: String {
        switch self {
        case .responder: "RESPONDER"
        case .partial: "PARTIAL"
        case .nonResponder: "NON-RESPONDER"
        case .pending: "PENDING"
        case .tooEarly: "TOO-EARLY"
        case .notAssessable: "NOT-ASSESSABLE"
        }
    }

    fileprivate func meaning(in limits: ClinicalPolicy.Response) -> String {
        let first = limits.firstDays
        let final = limits.finalDays
        return switch self {
        case .responder:
            """
            From day \(first) on haemoglobin is up by \(limits.rise) g/dL or more, or normal. Who was not \
            anaemic is judged on ferritin and saturation. Before day \(final) provisional.
            """
        case .partial:
            """
            From day \(first) on up by \(limits.partialRise) to below \(limits.rise) g/dL. Before \
            day \(final) provisional.
            """
        case .nonResponder:
            "From day \(final) on up by less than \(limits.partialRise) g/dL."
        case .pending:
            """
            On days \(first) to \(final - 1) up by less than \(limits.pendingRise) g/dL; or no haemoglobin of day \
            \(first) or later although that day has passed.
            """
        case .tooEarly:
            """
            No haemoglobin of day \(first) or later yet; or up by \(limits.pendingRise) to below \
            \(limits.partialRise) g/dL on days \(first) to \(final - 1).
            """
        case .notAssessable:
            """
            Red cells, an ESA begun or a bleed begun stand between the two haemoglobins, also if they \
            have ended since, or the first one is missing; or the next course began before a \
            haemoglobin of day \(limits.firstDays) or later answered this one: with its first dose \
            an answer ends.
            """
        }
    }

    fileprivate var source: ClinicalSource {
        switch self {
        case .responder:
            ClinicalSource("clinical facts §7.1; ECCO, FERWON; R-31", .verified, .high)
        case .partial, .nonResponder:
            ClinicalSource("clinical facts §7.1; R-31", .generalKnowledge, .medium)
        case .pending, .tooEarly:
            ClinicalSource("clinical facts §7.1; SEED-B; R-31", .engineeringDefault, .medium)
        case .notAssessable: ClinicalSource("clinical facts §7.1", .engineeringDefault, .high)
        }
    }
}

extension ResponseCause {
    /// Who says so, with mark and confidence.
    var because: String { source.line }

    fileprivate var suffix: String {
        switch self {
        case .tooEarly: "1"
        case .hypophosphatemia: "2"
        case .inadequateDose: "3"
        case .ongoingLoss: "4"
        case .inflammation: "5"
        case .kidneyDisease: "6"
        case .vitaminDeficiency: "7"
        case .marrowOrTreatment: "8"
        case .misdiagnosis: "9"
        case .needsData: "10"
        case .severeSymptomatic: "11"
        case .acuteLoss: "ACUTE-LOSS"
        }
    }

    fileprivate func meaning(in limits: ClinicalPolicy.Response) -> String {
        switch self {
        case .severeSymptomatic:
            """
            Severe: haemoglobin below the limit of G-TX, or dyspnoea at rest, chest pain, syncope \
            or instability. Asked first and always.
            """
        case .hypophosphatemia:
            """
            Low phosphate after ferric carboxymaltose, or bone pain, weakness or fatigue with \
            phosphate not measured since it was told. Asked always, of responders too.
            """
        case .acuteLoss:
            "Haemoglobin \(limits.lossFall) g/dL or more below the baseline or the peak."
        case .tooEarly:
            """
            Too early: before day \(limits.firstDays), or before day \
            \(limits.finalDays) with haemoglobin up by \(limits.pendingRise) to below \
            \(limits.rise) g/dL. It never stops the remaining doses of the signed course.
            """
        case .inadequateDose:
            """
            Not enough iron: less than \(limits.adequatePercent) % of the plan's total was given, or \
            ferritin is below \(limits.inadequateFerritin) ng/mL and saturation below 20 % without a sign of loss, or haemoglobin \
            rose by \(limits.pendingRise) g/dL or more and, \(limits.trendFirstDays) days later or more, not as much again, \
            with iron known not to be replete and without a sign of loss. Never where iron is \
            replete; inflammation takes the proposal of more iron back.
            """
        case .ongoingLoss:
            """
            Iron is being lost: ferritin down by more than half, haemoglobin \(limits.lossFall) g/dL or more \
            below its peak, a bleeding flag, or ferritin below \(limits.lossFerritin) ng/mL after an adequate \
            dose; a low saturation supports that. An anticoagulant supports it. A test for blood in the stool, endoscopy \
            and coeliac serology are named where nobody has told them as done since the course began.
            """
        case .inflammation:
            """
            Inflammation holds the iron back: ferritin of \(limits.heldBackFerritin) ng/mL or more, \
            saturation below 20 %, C-reactive protein above 5 mg/L or inflammation known, \
            haemoglobin flat. Where the context of the course has an upper limit of deficiency (heart \
            failure, kidney disease, cancer, active bowel disease, before surgery), ferritin above it. \
            Hepcidin, soluble transferrin receptor and autoimmune serology are named as what may help.
            """
        case .kidneyDisease:
            "Kidney disease: filtration rate below \(limits.filtrationRate) with iron replete."
        case .vitaminDeficiency:
            """
            Vitamin B12 below \(limits.vitaminB12) pg/mL or folate below \(limits.folate) ng/mL; \
            either suffices, large red cells (above \(limits.largeRedCells) fL) support it. All three are \
            asked for whatever the iron is like.
            """
        case .marrowOrTreatment:
            """
            Iron replete, and a cancer therapy or marrow involvement. Reticulocytes are asked for \
            where nobody has told them as counted since the course began.
            """
        case .misdiagnosis:
            """
            Another diagnosis: iron replete with small red cells (below \(limits.smallRedCells) fL), or no answer by \
            day \(limits.finalDays) with everything measured and no row above to explain it. Asked for where nobody has told it as done since the course \
            began: a peripheral smear, reticulocytes, lactate dehydrogenase and haptoglobin; and \
            haemoglobin electrophoresis, once in a life.
            """
        case .needsData:
            """
            What is missing for the rows above, or was drawn longer before the answer than a diagnosis \
            may rest on, is named, beside any of them: analytes, and of rows 8 and 9 the tests of which \
            no value is read.
            """
        }
    }

    fileprivate var nextSteps: [String] {
        switch self {
        case .severeSymptomatic: ["transfusion-evaluation-today"]
        case .hypophosphatemia: ["correct-phosphate-and-another-product", "check-phosphate"]
        case .acuteLoss: ["look-for-bleeding-now"]
        case .tooEarly: ["wait-and-test-again-at-4-to-6-weeks"]
        case .inadequateDose: ["complete-the-iron-within-caps", "no-more-iron-while-inflamed"]
        case .ongoingLoss: ["find-and-treat-the-source"]
        case .inflammation: ["treat-the-disease-and-specialist"]
        case .kidneyDisease: ["nephrology-and-esa-evaluation"]
        case .vitaminDeficiency: ["replace-and-test-again"]
        case .marrowOrTreatment: ["transfusion-pathway-or-esa-review"]
        case .misdiagnosis: ["hematology"]
        case .needsData: ["order-labs"]
        }
    }

    fileprivate var source: ClinicalSource {
        switch self {
        case .severeSymptomatic:
            ClinicalSource("clinical facts §7.2 row 11; SEED-B; R-18, R-30", .verified, .high)
        case .hypophosphatemia:
            ClinicalSource("clinical facts §7.2 row 2; SEED-B, boxed warning", .verified, .high)
        case .acuteLoss: ClinicalSource("R-30", .engineeringDefault, .medium)
        case .tooEarly, .inadequateDose, .ongoingLoss, .inflammation:
            ClinicalSource(
                "clinical facts §7.2 row \(suffix); SEED-B; R-30 to R-32", .verified, .medium)
        case .kidneyDisease, .vitaminDeficiency, .misdiagnosis:
            ClinicalSource(
                "clinical facts §7.2 row \(suffix); SEED-B; R-32", .engineeringDefault, .medium)
        case .marrowOrTreatment:
            ClinicalSource("clinical facts §7.2 row 8; SEED-C", .verified, .medium)
        case .needsData: ClinicalSource("clinical facts §7.2 row 10", .engineeringDefault, .high)
        }
    }
}
