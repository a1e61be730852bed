import Foundation

/// Facts §7.2 in the order of R-30: why a course was not answered, as far as the data tell.
struct ResponseCauses {
    let course: ResponseCourse
    let level: LevelJudgement
    var picture: ClinicalPicture { course.picture }
    var limits: ClinicalPolicy.Response { course.limits }

    init(_ course: ResponseCourse, _ level: LevelJudgement) {
        self.course = course
        self.level = level
    }

    var verdicts: [ResponseVerdict] {
        let found = reasons.map(naming)
        guard level.level != .responder else { return found }
        let tests = missingTests(for: found)
        guard !missing.isEmpty || !tests.isEmpty else { return found }
        let source = ResponseCause.needsData.because
        let analytes = missing.map { analyte in
            Predicate.missing(
                analyte.rawValue, unit: analyte.canonicalUnit, "present", analyte.rawValue,
                source: source)
        }
        return found + [
            ResponseVerdict(
                cause: .needsData,
                predicates: analytes
                    + tests.map { .missing($0.rawValue, "present", $0.rawValue, source: source) },
                nextStep: "order-labs", tests: tests)
        ]
    }

    private var reasons: [ResponseVerdict] {
        // Severe anaemia and low phosphate are looked for always.
        var found = [severe, hypophosphatemia].compactMap(\.self)
        guard level.level != .responder else { return found }
        if let loss = acuteLoss { found.append(loss) }
        if let early = tooEarly {
            found.append(early)
        } else {
            let inflammation = inflammation
            if let dose = inadequateDose(isVetoed: inflammation != nil) { found.append(dose) }
            found += [ongoingLoss, inflammation].compactMap(\.self)
            let others = [kidneyDisease, vitaminDeficiency, marrowOrTreatment].compactMap(\.self)
            found += others
            // Where iron is not replete, whatever was found is a reason; a loss alone explains no full stores.
            let isExplained =
                course.isIronReplete == true
                ? inflammation != nil || !others.isEmpty : !found.isEmpty
            if let wrong = misdiagnosis(isExplained: isExplained) {
                found.append(wrong)
            }
        }
        return found
    }

    // MARK: Named tests

    /// The verdict with the tests that its row names and nobody has told as done.
    private func naming(_ verdict: ResponseVerdict) -> ResponseVerdict {
        ResponseVerdict(
            cause: verdict.cause, predicates: verdict.predicates, nextStep: verdict.nextStep,
            proposesIron: verdict.proposesIron, tests: verdict.cause.tests.filter { !isDone($0) })
    }

    /// Since the course began; what is true for life, ever.
    private func isDone(_ test: NamedTest) -> Bool {
        guard let told = course.asked.state.facts.tested[test]?.at(course.asked.at),
            let date = told.value
        else { return false }
        return test.isLasting || date >= course.firstDose.started.localDate
    }

    /// What the rows that stand have to have. Once the next course has begun, nothing done from now on
    /// would be about this one.
    func missingTests(for verdicts: [ResponseVerdict]) -> [NamedTest] {
        guard course.next == nil else { return [] }
        let asked = Set(verdicts.filter(\.cause.needsTests).flatMap(\.tests))
        return NamedTest.allCases.filter(asked.contains)
    }

    /// What somebody would have to measure; where the next course has begun, nothing drawn from now on
    /// would be about this one.
    var missing: [Analyte] {
        course.next == nil ? unknown : unknown.filter { $0 == .phosphate }
    }

    /// What the rows would have to know and nobody has measured.
    var unknown: [Analyte] {
        var missing: Set<Analyte> = []
        if hypophosphatemia?.predicates.contains(where: {
            $0.name == "phosphate" && $0.holds == nil
        })
            == true
        {
            missing.insert(.phosphate)
        }
        guard level.level != .responder, tooEarly == nil else {
            return Analyte.allCases.filter(missing.contains)
        }
        if level.answeredOn == nil { missing.insert(.hemoglobin) }
        if course.ferritin == nil { missing.insert(.ferritin) }
        if course.saturation == nil { missing.insert(.transferrinSaturation) }
        if course.inflammation.holds == nil { missing.insert(.cReactiveProtein) }
        // Row 7 stands whatever the iron is like (R-30, SEED-B); row 6 where iron is not what is missing.
        var conditions: [Analyte] = [.vitaminB12, .folate, .meanCorpuscularVolume]
        if course.isIronReplete ?? true { conditions.append(.estimatedGlomerularFiltrationRate) }
        missing.formUnion(conditions.filter { course.beside($0) == nil })
        return Analyte.allCases.filter(missing.contains)
    }

    // MARK: Always

    /// Row 11.
    private var severe: ResponseVerdict? {
        let (limit, source, reasons) = course.asked.transfusionThreshold
        var predicates: [Predicate] = []
        if let last = course.asked.latest(.hemoglobin),
            ReportedRange(last.value.canonical, last.value.comparator).isBelow(limit) == true
        {
            predicates.append(
                course.comparison(
                    "hemoglobin", last, "<", limit, true, source))
            predicates += reasons
        }
        for (symptom, told) in course.asked.presentSymptoms where symptom.isEmergency {
            predicates.append(
                .fact(
                    "symptom", symptom.rawValue, "present", "emergency", holds: true,
                    source: ResponseCause.severeSymptomatic.because, evidence: [told.version]))
        }
        guard !predicates.isEmpty else { return nil }
        return ResponseVerdict(
            cause: .severeSymptomatic, predicates: predicates,
            nextStep: "transfusion-evaluation-today")
    }

    /// Row 2. As at the gate (G-PO4-SYMPT) a normal phosphate answers the symptoms told by its
    /// collection and none told since: of those phosphate is missing.
    private var hypophosphatemia: ResponseVerdict? {
        let source = ResponseCause.hypophosphatemia.because
        guard course.order.order.moiety == .ferricCarboxymaltose else { return nil }
        let measured = course.asked.readings(.phosphate).last {
            $0.collectedAt > course.firstDose.startedAt
        }
        let told = course.asked.presentSymptoms.filter {
            $0.symptom.suggestsLowPhosphate && $0.told.effectiveAt > course.firstDose.startedAt
        }
        let limit = measured?.referenceLow ?? PhosphateLimit.lower
        let isLow = measured.flatMap {
            PhosphateLimit.isBelow($0.value, referenceLow: $0.referenceLow)
        }
        var predicates: [Predicate]
        if let measured, isLow != false {
            predicates = [course.comparison("phosphate", measured, "<", limit, isLow, source)]
        } else if let last = told.map(\.told.effectiveAt).max(),
            measured.map({ $0.collectedAt < last }) ?? true
        {
            predicates = [
                .missing(
                    "phosphate", unit: Analyte.phosphate.canonicalUnit, "<", limit, source: source)
            ]
        } else {
            return nil
        }
        predicates += told.map { symptom, kept in
            .fact(
                "symptom", symptom.rawValue, "present", "compatible with low phosphate",
                holds: true, source: source, evidence: [kept.version])
        }
        return ResponseVerdict(
            cause: .hypophosphatemia, predicates: predicates,
            nextStep: measured == nil || isLow == false
                ? "check-phosphate" : "correct-phosphate-and-another-product")
    }

    // MARK: Loss and time

    /// R-30: haemoglobin so far below the baseline or the peak of the course.
    private var acuteLoss: ResponseVerdict? {
        guard let newest = course.since(.hemoglobin).last else { return nil }
        let others = [course.baseline, course.peak].compactMap(\.self).filter {
            $0.collectedAt < newest.collectedAt
        }
        guard let highest = others.max(by: { $0.value.canonical < $1.value.canonical }),
            highest.value.canonical - newest.value.canonical >= limits.lossFall
        else { return nil }
        return ResponseVerdict(
            cause: .acuteLoss,
            predicates: [
                .fact(
                    "hemoglobin-fall", highest.value.canonical - newest.value.canonical,
                    unit: Units.GramPerDeciliter.ucum, ">=", limits.lossFall, holds: true,
                    source: course.because(.lossFall),
                    evidence: [highest.evidence, newest.evidence])
            ], nextStep: "look-for-bleeding-now")
    }

    /// Row 1: it never stops the remaining doses of the signed course (R-30). Once the next course has
    /// begun there is nothing to wait for.
    private var tooEarly: ResponseVerdict? {
        guard course.next == nil else { return nil }
        let isRising =
            level.isProvisional
            && level.rise.map { $0 >= limits.pendingRise && $0 < limits.rise } ?? false
            && level.level != .notAssessable
        let isYoung = level.answeredOn == nil && course.days < limits.firstDays
        guard isYoung || isRising else { return nil }
        return ResponseVerdict(
            cause: .tooEarly,
            predicates: [
                .fact(
                    "days-since-last-dose", level.answeredOn ?? course.days, unit: "d", ">=",
                    isYoung ? limits.firstDays : limits.finalDays, holds: false,
                    source: course.because(isYoung ? .responseFirstDays : .responseFinalDays),
                    evidence: [course.end.version])
            ], nextStep: "wait-and-test-again-at-4-to-6-weeks")
    }

    /// Row 3. Never where iron is replete; inflammation takes the proposal back (R-32).
    private func inadequateDose(isVetoed: Bool) -> ResponseVerdict? {
        guard course.isIronReplete != true else { return nil }
        var predicates: [Predicate] = []
        if course.administered < course.adequate {
            predicates.append(
                .fact(
                    "iron-administered", course.administered.value,
                    unit: Units.Milligram.ucum, "<", course.adequate.value, holds: true,
                    source: course.because(.adequatePercent),
                    evidence: [course.order.version] + course.doses.compactMap { $0.end?.version }))
        }
        if lossSignals.isEmpty {
            predicates +=
                lowMarkers(below: limits.inadequateFerritin, course.because(.inadequateFerritin))
                ?? []
            predicates += plateau ?? []
        }
        guard !predicates.isEmpty else { return nil }
        return ResponseVerdict(
            cause: .inadequateDose, predicates: predicates,
            nextStep: isVetoed ? "no-more-iron-while-inflamed" : "complete-the-iron-within-caps",
            proposesIron: !isVetoed)
    }

    /// Haemoglobin rose, and did not rise further: two values since the first dose, the second of day 28 or
    /// later and no sooner after the first than a trend is looked for. Iron that nobody measured might be
    /// replete, so it has to be known that it is not; blood and the like between them say nothing of iron.
    private var plateau: [Predicate]? {
        guard level.level == .partial || level.level == .nonResponder,
            course.isIronReplete == false, let baseline = course.baseline,
            let last = course.answering(.hemoglobin).last
        else { return nil }
        let apart = limits.trendFirstDays
        let before = course.since(.hemoglobin).filter {
            $0.value.comparator == nil && last.date.days(since: $0.date) >= apart
        }
        guard baseline.value.comparator == nil, last.value.comparator == nil,
            let earlier = before.max(by: { $0.value.canonical < $1.value.canonical }),
            earlier.value.canonical - baseline.value.canonical >= limits.pendingRise,
            last.value.canonical - earlier.value.canonical < limits.pendingRise
        else { return nil }
        let unit = Units.GramPerDeciliter.ucum
        return [
            .fact(
                "hemoglobin-rise", earlier.value.canonical - baseline.value.canonical, unit: unit,
                ">=", limits.pendingRise, holds: true,
                source: course.because(.responsePendingRise),
                evidence: [baseline.evidence, earlier.evidence]),
            .fact(
                "hemoglobin-rise-since", last.value.canonical - earlier.value.canonical, unit: unit,
                "<", limits.pendingRise, holds: true, source: course.because(.responsePendingRise),
                evidence: [earlier.evidence, last.evidence]),
            .fact(
                "days-between-hemoglobins", last.date.days(since: earlier.date), unit: "d", ">=",
                apart, holds: true, source: course.because(.responseTrendFirstDays),
                evidence: [earlier.evidence, last.evidence]),
        ]
    }

    /// Row 4.
    private var ongoingLoss: ResponseVerdict? {
        var predicates = lossSignals
        if predicates.isEmpty { predicates = lowAgain }
        guard !predicates.isEmpty else { return nil }
        // Of itself it is no loss: it supports one.
        if let told = picture.state.facts.therapies[.anticoagulant]?.at(picture.at), told.value {
            predicates.append(
                .fact(
                    "therapy", Therapy.anticoagulant.rawValue, "present", "anticoagulant",
                    holds: true, source: ResponseCause.ongoingLoss.because,
                    evidence: [told.version]))
        }
        return ResponseVerdict(
            cause: .ongoingLoss, predicates: predicates, nextStep: "find-and-treat-the-source")
    }

    /// Ferritin of day 28 and later low again after enough iron; a low saturation supports it.
    private var lowAgain: [Predicate] {
        guard course.administered >= course.adequate, let ferritin = course.ferritin,
            ReportedRange(ferritin.value.canonical, ferritin.value.comparator)
                .isBelow(limits.lossFerritin) == true
        else { return [] }
        let low = course.comparison(
            "ferritin", ferritin, "<", limits.lossFerritin, true, course.because(.lossFerritin))
        guard let saturation = course.saturation,
            course.iron[.lowSaturation].holds(for: saturation.marker) == true
        else { return [low] }
        return [low, saturationPredicate(saturation, "<")]
    }

    /// Ferritin far down, haemoglobin down from its peak, a bleeding flag.
    private var lossSignals: [Predicate] {
        var found: [Predicate] = []
        let ferritins = course.answering(.ferritin)
        if let last = ferritins.last,
            let peak = ferritins.dropLast().max(by: { $0.value.canonical < $1.value.canonical }),
            case let left = peak.value.canonical * Decimal(limits.lossFerritinPercent) / 100,
            last.value.canonical < left
        {
            found.append(
                .fact(
                    "ferritin", last.value.canonical, unit: Analyte.ferritin.canonicalUnit, "<",
                    left, holds: true, source: course.because(.lossFerritinPercent),
                    evidence: [peak.evidence, last.evidence]))
        }
        if let last = course.since(.hemoglobin).last, let peak = course.peak,
            peak.collectedAt < last.collectedAt,
            peak.value.canonical - last.value.canonical >= limits.lossFall
        {
            found.append(
                .fact(
                    "hemoglobin-fall-from-peak", peak.value.canonical - last.value.canonical,
                    unit: Units.GramPerDeciliter.ucum, ">=", limits.lossFall, holds: true,
                    source: course.because(.lossFall),
                    evidence: [peak.evidence, last.evidence]))
        }
        for place in BleedingSource.allCases {
            guard let told = picture.state.facts.bleeding[place]?.at(picture.at), told.value else {
                continue
            }
            found.append(
                .fact(
                    "bleeding", place.rawValue, "present", "bleeding", holds: true,
                    source: ResponseCause.ongoingLoss.because, evidence: [told.version]))
        }
        return found
    }

    /// Ferritin and saturation of day 28 and later, both low.
    private func lowMarkers(below limit: Decimal, _ source: String) -> [Predicate]? {
        guard let ferritin = course.ferritin, let saturation = course.saturation,
            ReportedRange(ferritin.value.canonical, ferritin.value.comparator).isBelow(limit)
                == true,
            course.iron[.lowSaturation].holds(for: saturation.marker) == true
        else { return nil }
        return [
            course.comparison("ferritin", ferritin, "<", limit, true, source),
            saturationPredicate(saturation, "<"),
        ]
    }

    func saturationPredicate(
        _ reading: SaturationReading, _ comparison: String
    ) -> Predicate {
        Predicate(
            name: "transferrin-saturation",
            value: "\(reading.marker.comparator?.rawValue ?? "")\(reading.marker.value)",
            unit: Analyte.transferrinSaturation.canonicalUnit, comparison: comparison,
            threshold: "\(course.iron[.lowSaturation].limit)", holds: true,
            source: course.iron[.lowSaturation].source, evidence: reading.marker.evidence)
    }
}
