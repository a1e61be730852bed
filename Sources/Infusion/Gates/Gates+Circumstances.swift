import Foundation

/// Gates that ask about a circumstance of the patient or of the day, each a row of facts §4.
extension Gates {
    /// G-ATOPY, soft: severe asthma, eczema or atopy, several drug allergies, lupus, rheumatoid
    /// arthritis, mastocytosis (MHRA, EMA). Slow start, longer watch, a nurse for the first minutes.
    static func atopy(_ question: GateQuestion) -> Finding {
        condition(
            .atopy, gate: .atopy, severity: .soft, question,
            source: Gate.atopy.because, next: "slow-start-and-longer-watch",
            ask: "ask-about-atopy")
    }

    /// G-IMMUNO, information and never a gate: bacteria might thrive on circulating iron, especially in
    /// the immunocompromised (the first founding document; not clarified in oncology).
    static func immunocompromised(_ question: GateQuestion) -> Finding {
        condition(
            .immunocompromised, gate: .immunocompromised, severity: .information, question,
            source: Gate.immunocompromised.because, next: "watch-for-infection",
            ask: "ask-about-immunocompromise")
    }

    /// G-LIVER: decompensated liver disease is hard where the label names it (Monofer, CosmoFer);
    /// transaminases above three times normal with porphyria are soft.
    static func liver(_ question: GateQuestion) -> Finding {
        let source = "label of \(question.terms.product.key): \(Gate.liver.because)"
        let named = question.terms.product.contraindications.contains { $0.contains("liver") }
        guard named else {
            return Finding(
                .liver, .hard, .passed,
                [
                    .fact(
                        "contraindication", "none of the liver", "=", "none of the liver",
                        holds: true, source: source)
                ])
        }
        let porphyria = question.known(.porphyriaWithRaisedTransaminases)
        if porphyria?.value == true, question.known(.decompensatedLiverDisease)?.value != true {
            return condition(
                .porphyriaWithRaisedTransaminases, gate: .liver, severity: .soft, question,
                source: source, next: "review-liver-disease", ask: "ask-about-liver")
        }
        return condition(
            .decompensatedLiverDisease, gate: .liver, severity: .hard, question, source: source,
            next: "another-product", ask: "ask-about-liver")
    }

    /// Shut where the condition is present; where nobody has asked, shown and no more.
    private static func condition(
        _ condition: ClinicalCondition, gate: Gate, severity: Severity, _ question: GateQuestion,
        source: String, next: String, ask: String
    ) -> Finding {
        guard let known = question.known(condition) else {
            return Finding(
                gate, .information, .indeterminate,
                [.missing(condition.rawValue, "=", "false", source: source)],
                next: ask)
        }
        return Finding(
            gate, severity, known.value ? .blocked : .passed,
            [
                .fact(
                    condition.rawValue, known.value, "=", "false", holds: !known.value,
                    source: source, evidence: [known.version])
            ], next: next)
    }

    /// G-MRI, soft, ferumoxytol only: images are altered for three calendar months, so what is
    /// planned comes first.
    static func magneticResonance(_ question: GateQuestion) -> Finding {
        let source = question.policy.because(.magneticResonanceMonths)
        guard question.terms.product.moiety == .ferumoxytol else {
            return notFerumoxytol(.magneticResonance, .soft, question, source)
        }
        let planned = question.picture.state.facts.planned[.magneticResonanceImaging]?
            .at(question.picture.at)
        guard let planned else {
            return Finding(
                .magneticResonance, .information, .indeterminate,
                [.missing("planned-mri", ">", question.clearOfImages, source: source)],
                next: "ask-about-mri")
        }
        guard let date = planned.value, date >= question.date else {
            return Finding(
                .magneticResonance, .soft, .passed,
                [
                    .fact(
                        "planned-mri", "none", "=", "none", holds: true, source: source,
                        evidence: [planned.version])
                ])
        }
        let clear = question.clearOfImages
        return Finding(
            .magneticResonance, .soft, date > clear ? .passed : .blocked,
            [
                .fact(
                    "planned-mri", date, ">", clear, holds: date > clear, source: source,
                    evidence: [planned.version])
            ], next: "image-first-and-notify-radiology")
    }

    /// G-CHEMO-FMX, hard: 30 minutes between the end of one and the start of the other, both ways
    /// . The dose is taken to last as long as its label asks at least.
    static func chemotherapySpacing(_ question: GateQuestion) -> Finding {
        let source = question.policy.because(.chemotherapySpacingMinutes)
        guard question.terms.product.moiety == .ferumoxytol else {
            return notFerumoxytol(.chemotherapySpacing, .hard, question, source)
        }
        let start = question.picture.at
        let minutes = question.terms.row.minimumMinutes(for: question.amount) ?? 0
        let end = start.adding(minutes: Int64(minutes))
        let spacing = Int64(question.policy.gates.chemotherapySpacingMinutes)
        let near = question.picture.state.facts.cancerInfusions.entries.filter { kept in
            kept.value.start < end.adding(minutes: spacing)
                && start < kept.value.end.adding(minutes: spacing)
        }
        guard let first = near.first else {
            return Finding(
                .chemotherapySpacing, .hard, .passed,
                [
                    .fact(
                        "cancer-infusions-within-\(spacing)-min", 0, "=", 0, holds: true,
                        source: source)
                ])
        }
        let gap =
            first.value.start >= end
            ? first.value.start.seconds(since: end) / 60
            : max(0, start.seconds(since: first.value.end) / 60)
        return Finding(
            .chemotherapySpacing, .hard, .blocked,
            [
                .fact(
                    "minutes-to-cancer-infusion", gap, unit: "min", ">=", spacing,
                    holds: false, source: source, evidence: near.map(\.version))
            ], next: "space-by-30-minutes")
    }

    private static func notFerumoxytol(
        _ gate: Gate, _ severity: Severity, _ question: GateQuestion, _ source: String
    ) -> Finding {
        Finding(
            gate, severity, .passed,
            [
                .fact(
                    "moiety", question.terms.product.moiety.rawValue, "not-in",
                    Moiety.ferumoxytol.rawValue, holds: true, source: source)
            ])
    }

    /// G-CHEMO-CARDIO, soft: any intravenous iron on the date of a cardiotoxic treatment (ESMO's
    /// wording was not reached, GK: oncology must confirm).
    static func cardiotoxicChemotherapy(_ question: GateQuestion) -> Finding {
        let source = Gate.cardiotoxicChemotherapy.because
        let same = question.picture.state.facts.cancerInfusions.entries.filter { kept in
            kept.value.cardiotoxic && question.picture.localDate(kept.value.start) == question.date
        }
        return Finding(
            .cardiotoxicChemotherapy, .soft, same.isEmpty ? .passed : .blocked,
            [
                .fact(
                    "cardiotoxic-treatments-of-the-day", same.count, "=", 0, holds: same.isEmpty,
                    source: source, evidence: same.map(\.version))
            ], next: "another-day")
    }

    /// G-TX-SAMEDAY, soft: red cells given or booked on the date of the dose: a reaction could not be
    /// told apart.
    static func transfusionSameDay(_ question: GateQuestion) -> Finding {
        let picture = question.picture
        let given = picture.state.transfusions.filter {
            picture.localDate($0.effectiveAt) == question.date
        }
        let booked = picture.visits(ofRedCells: true, on: question.date)
            .filter { $0.status == .booked }
        let none = Predicate.fact(
            "transfusions-of-the-day", given.count, "=", 0, holds: given.isEmpty,
            source: Gate.transfusionSameDay.because, evidence: given.map(\.version))
        return Finding(
            .transfusionSameDay, .soft, given.isEmpty && booked.isEmpty ? .passed : .blocked,
            [none] + (booked.isEmpty ? [] : [visits("red-cell-visits-of-the-day", booked)]),
            next: "another-day")
    }

    /// The same gate asked of red cells: `iron` are the visits for iron on their date.
    static func ironSameDay(_ iron: [AppointmentRecord]) -> Finding {
        Finding(
            .transfusionSameDay, .soft, iron.isEmpty ? .passed : .blocked,
            [visits("iron-visits-of-the-day", iron)], next: "another-day")
    }

    private static func visits(_ name: String, _ found: [AppointmentRecord]) -> Predicate {
        .fact(
            name, found.count, "=", 0, holds: found.isEmpty,
            source: Gate.transfusionSameDay.because, evidence: found.map(\.version))
    }

    /// G-ACEI, information: iron dextran with an ACE inhibitor (V2).
    static func aceInhibitor(_ question: GateQuestion) -> Finding {
        information(
            .aceInhibitor, therapy: .angiotensinConvertingEnzymeInhibitor,
            applies: question.terms.product.moiety == .ironDextran, question,
            source: Gate.aceInhibitor.because, next: "watch-blood-pressure")
    }

    /// G-ORAL, information: oral iron stops; after iron sucrose it begins again five days after the
    /// last dose at the earliest.
    static func oralIron(_ question: GateQuestion) -> Finding {
        information(
            .oralIron, therapy: .oralIron, applies: true, question,
            source: Gate.oralIron.because, next: "stop-oral-iron")
    }

    private static func information(
        _ gate: Gate, therapy: Therapy, applies: Bool, _ question: GateQuestion, source: String,
        next: String
    ) -> Finding {
        let known = question.picture.state.facts.therapies[therapy]?.at(question.picture.at)
        let active = applies && known?.value == true
        return Finding(
            gate, .information, active ? .blocked : .passed,
            [
                .fact(
                    therapy.rawValue, active, "=", "false", holds: !active, source: source,
                    evidence: known.map { [$0.version] } ?? [])
            ], next: next)
    }
}

extension GateQuestion {
    /// What was last said of a condition by the time asked about.
    func known(_ condition: ClinicalCondition) -> Kept<Bool>? {
        picture.state.facts.conditions[condition]?.at(picture.at)
    }
}

extension GateQuestion {
    /// The last date on which the dose would still be in an image.
    fileprivate var clearOfImages: CalendarDate {
        date.adding(months: policy.gates.magneticResonanceMonths)
    }
}
