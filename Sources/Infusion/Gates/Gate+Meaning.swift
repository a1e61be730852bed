extension Gate {
    /// What must be so for the gate to be open, for those who check it.
    public var meaning: String {
        switch self {
        case .order:
            """
            There is a signed, active prescription for the product, the dose and the indication, \
            and the dose is no more than what is left of it.
            """
        case .diagnosis:
            """
            Haemoglobin, ferritin and saturation are there, fresh and valid, and show absolute \
            or functional iron deficiency in the order's context, or that context's own rule \
            allows a start. Possible deficiency is a soft no, everything else a hard one; \
            sequestration is left to G-SEQ.
            """
        case .overload:
            """
            No haemochromatosis or transfusional overload is known, and ferritin and saturation \
            are below the strictest ceiling of the active contexts and of everybody \
            (STATUS-OVERLOAD).
            """
        case .infection:
            """
            Nobody gets iron during an active systemic infection, and the answer "none" is \
            recent.
            """
        case .anaphylaxisSameProduct:
            """
            No serious hypersensitivity reaction (grade 3 or more, or a serious kind not graded \
            yet) to this moiety is known, under whatever brand or generic.
            """
        case .anaphylaxisAnyIron:
            """
            No serious reaction to any intravenous iron is known; for ferumoxytol no \
            allergic reaction at all. EU products and ferumoxytol: hard. Other US products: \
            soft, and hard where nobody knows to which iron it was.
            """
        case .firstTrimester:
            """
            Where pregnancy is possible by sex and age it is known and recently asked about; in \
            pregnancy the site's earliest gestation is reached. Gestation unknown: hard, also where \
            only a context or the order's indication says that she is pregnant. Not known whether \
            pregnant, or asked too long ago: soft.
            """
        case .phosphate:
            """
            Ferric carboxymaltose only: the last phosphate is not below the laboratory's limit \
            (2.5 mg/dL where it names none), and a repeat course within three calendar months, a \
            maintenance dose in heart failure, and any repeat course of a patient at risk (or of \
            unknown risk) has a phosphate drawn since the last dose and fresh on the day of this \
            one. Where the site asks for one before every dose, so has every dose, the first one \
            with any fresh one.
            """
        case .cumulativeDose:
            """
            What was given and this dose together stay within the plan's total, the course's \
            maximum and the maximum of any seven dates, all intravenous iron counted. Its course \
            has no more doses than the label's; a stopped one and the one that makes it up are one.
            """
        case .interval:
            """
            The dose keeps the row's intervals, counted in clinic-local dates from doses that \
            have begun, even if they were stopped; between courses lies the site's minimum.
            """
        case .weightAndAge:
            """
            Age, weight and dose are within the row's limits (hard), and the weight is fresh: at \
            most as old as the site says, of the same day below 50 kg or near a limit. An \
            indication outside the label, and every caution of the row, is soft.
            """
        case .notIronDeficiency:
            """
            The results do not say that iron is not what is missing (not deficient, replete), \
            unless the context's own rule allows a start.
            """
        case .sequestration:
            """
            Inflammation does not hold the iron back, unless the context's own rule allows a \
            start. Hard with an infection or a C-reactive protein above 100 mg/L, else soft.
            """
        case .minorReaction:
            """
            No mild or moderate reaction to an earlier dose is known. A mild one is no allergy: the \
            next dose is given at half the rate and watched for longer. So it is after a moderate one \
            or hypotension, once the review has let the order go on. After a delayed reaction alone \
            it is given slower, which is shown and stops nothing.
            """
        case .atopy:
            """
            No severe asthma, eczema or atopy, several drug allergies, lupus, rheumatoid \
            arthritis or mastocytosis is known. Not asked: shown and no more.
            """
        case .phosphateSymptoms:
            """
            Before more ferric carboxymaltose: no bone pain, weakness or fatigue told since the \
            first of it, or a normal phosphate drawn since.
            """
        case .heartFailureHemoglobin:
            """
            Injectafer in heart failure, by whatever row it is ordered: haemoglobin is below 15 g/dL; \
            from there on the label has no data.
            """
        case .magneticResonance:
            """
            Ferumoxytol only: no magnetic resonance imaging is planned within three calendar \
            months after the dose. Not asked: shown and no more.
            """
        case .chemotherapySpacing:
            """
            Ferumoxytol only: at least 30 minutes lie between the end of one and the start of \
            the other, iron and cancer infusion, both ways.
            """
        case .cardiotoxicChemotherapy:
            """
            No cardiotoxic cancer treatment falls on the date of the dose. The wording of ESMO \
            was not reached: oncology must confirm.
            """
        case .aceInhibitor:
            "Iron dextran only: an ACE inhibitor raises the risk of a reaction."
        case .liver:
            """
            Where the label names the liver: decompensated liver disease is hard; transaminases \
            above three times normal with porphyria are soft. Not asked: shown and no more.
            """
        case .oralIron:
            """
            Oral iron stops while iron is given by vein; after iron sucrose it begins again five \
            days after the last dose at the earliest.
            """
        case .erythropoiesisStimulation:
            """
            Iron beside an ESA in cancer: soft where the agent itself is not advised, that is \
            with curative intent, from a haemoglobin of 10 g/dL on, or without chemotherapy. \
            Curative intent or the risk of thrombo-embolism not asked: shown and no more. The risk \
            of thrombo-embolism, which an ESA adds to, is shown where it is known, outside cancer too, \
            and stops nothing.
            """
        case .metastaticBreastCancer:
            """
            In metastatic breast cancer iron is no default: absolute or functional deficiency is \
            proven. Transfusion is the pathway.
            """
        case .transfusion:
            """
            Haemoglobin is 7 g/dL or more, 8 g/dL or more with cardiovascular disease, symptoms \
            or cancer treatment. Below, iron is not the rescue and somebody looks the same day. \
            A result counts however soon after iron or blood it was drawn.
            """
        case .transfusionSameDay:
            """
            No red cells are given, or booked, on the date of the dose: a reaction could not be told \
            apart. Red cells are asked the same about visits for iron.
            """
        case .vitals:
            """
            The vital signs of the day are measured and within the site's limits; those of the 4 \
            hours before the dose are too where midnight lies between. Asked at the chair only.
            """
        case .staff:
            """
            Staff trained for anaphylaxis, resuscitation and a prescriber are within reach. \
            Asked at the chair only.
            """
        case .consent:
            """
            Consent, leaflet and the counsel about staining are recorded. Asked at the chair \
            only.
            """
        case .heartFailureInformation:
            """
            In heart failure with a ferritin of 100 ng/mL or more: the fourth founding \
            document's hypothesis that the heart then takes up less iron. Information, and never \
            a gate.
            """
        case .immunocompromised:
            """
            Known not to be immunocompromised. Where the patient is: circulating iron might feed \
            bacteria, so signs of an infection are looked for. Not asked: shown and no more. \
            Information, and never a gate; an active infection is G-INFECT's to judge.
            """
        case .laterPregnancy:
            """
            In the second and third trimester benefit and risk are weighed by a person; with ferric \
            carboxymaltose foetal bradycardia was reported, so the foetus is monitored during the \
            infusion. Information, and never a gate; the first trimester is G-TRIM1's to judge.
            """
        }
    }
}
