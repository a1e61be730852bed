import Foundation

/// The new facts that might open a gate that is shut, the easiest to come by first: an answer, a look at the chair, a
/// measurement, results, a release; then waiting; and last that somebody takes the responsibility.
struct GateCandidates {
    let question: GateQuestion
    let finding: Finding
    let make: CandidateMaker
    var picture: ClinicalPicture { question.picture }
    var gate: Gate { finding.gate }

    /// The responsibility is always tried, however much was before.
    var opening: [Candidate] {
        let facts = answers + checks + weights + openingResults + releases + waits
        return facts.prefix(WhyLimits.candidates - overrides.count) + overrides
    }

    // MARK: Waiting

    private var waits: [Candidate] {
        let days = (finding.passesFrom.map { [$0] } ?? []) + naturalDays
        return days.filter { $0 > question.date }.map(make.waiting)
    }

    /// The days that the gate's own rule counts.
    private var naturalDays: [CalendarDate] {
        switch gate {
        case .chemotherapySpacing, .cardiotoxicChemotherapy, .transfusionSameDay, .cumulativeDose:
            return (1...WhyLimits.daysOfWeek).map { question.date.adding(days: $0) }
        case .magneticResonance:
            let planned = picture.state.facts.planned[.magneticResonanceImaging]?.at(picture.at)
            return planned?.value.map { [$0.adding(days: 1)] } ?? []
        case .order, .diagnosis, .overload, .infection, .anaphylaxisSameProduct,
            .anaphylaxisAnyIron, .firstTrimester, .phosphate, .interval, .weightAndAge,
            .notIronDeficiency, .sequestration, .minorReaction, .atopy, .phosphateSymptoms,
            .heartFailureHemoglobin, .aceInhibitor, .liver, .oralIron, .erythropoiesisStimulation,
            .metastaticBreastCancer, .transfusion, .vitals, .staff, .consent,
            .heartFailureInformation,
            .immunocompromised, .laterPregnancy:
            return []
        }
    }

    // MARK: People

    private var releases: [Candidate] {
        guard gate == .order, let record = question.terms.placed, record.status == .held else {
            return []
        }
        return [
            Candidate(
                fact: NewFact(
                    .release, "order-status", OrderStatus.active.rawValue, "=",
                    OrderStatus.active.rawValue, on: make.date),
                trials: [
                    .command(.releaseOrder(record.id, signOff: CandidateMaker.signOff))
                ], at: make.at)
        ]
    }

    private var overrides: [Candidate] {
        let coSigned: [Bool]
        switch finding.severity {
        case .absolute, .information: coSigned = []
        case .hard: coSigned = [true]
        case .soft: coSigned = [false, true]
        }
        return coSigned.map {
            make.override(gate, of: question.terms.id, dose: question.amount, coSigned: $0)
        }
    }

    // MARK: The chair

    /// What was last looked at on the date of the dose.
    var checkOfTheDay: ChairsideCheck? {
        picture.state.chairsideChecks.at(picture.at).flatMap {
            picture.localDate($0.effectiveAt) == question.date ? $0.value : nil
        }
    }

    private var checks: [Candidate] {
        let known = checkOfTheDay
        switch gate {
        case .vitals: return vitalChecks(known)
        case .staff:
            return [
                make.check(
                    "staffed-for-anaphylaxis", "true", "=", "true",
                    ChairsideCheck(
                        vitals: known?.vitals, isStaffed: true, hasConsent: known?.hasConsent))
            ]
        case .consent:
            return [
                make.check(
                    "consent-recorded", "true", "=", "true",
                    ChairsideCheck(
                        vitals: known?.vitals, isStaffed: known?.isStaffed, hasConsent: true))
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

    /// One vital sign just within its limit, the others as they were; else all that are not.
    private func vitalChecks(_ known: ChairsideCheck?) -> [Candidate] {
        let vitals = known?.vitals ?? .unmeasured
        let wanting = question.policy.chairside.limits.filter {
            $0.predicate(of: vitals, source: "", evidence: []).holds != true
        }
        func check(_ vitals: VitalSigns) -> ChairsideCheck {
            ChairsideCheck(
                vitals: vitals, isStaffed: known?.isStaffed, hasConsent: known?.hasConsent)
        }
        let single = wanting.map { limit in
            make.check(
                limit.name, "\(limit.tried)", unit: limit.unit, limit.comparison.rawValue,
                "\(limit.limit)", check(limit.within(vitals)))
        }
        let text = wanting.map { "\($0.name) \($0.tried) \($0.unit)" }.joined(separator: ", ")
        let whole = make.check(
            "vital-signs", text, "in", "the site's limits",
            check(wanting.reversed().reduce(vitals) { $1.within($0) }))
        return single + [whole]
    }

    // MARK: Weight

    var weights: [Candidate] {
        switch gate {
        case .weightAndAge, .cumulativeDose: return weightChoices.map(make.weight)
        case .order, .diagnosis, .overload, .infection, .anaphylaxisSameProduct,
            .anaphylaxisAnyIron, .firstTrimester, .phosphate, .interval, .notIronDeficiency,
            .sequestration, .minorReaction, .atopy, .phosphateSymptoms, .heartFailureHemoglobin,
            .magneticResonance, .chemotherapySpacing, .cardiotoxicChemotherapy, .aceInhibitor,
            .liver, .oralIron, .erythropoiesisStimulation, .metastaticBreastCancer, .transfusion,
            .transfusionSameDay, .vitals, .staff, .consent, .heartFailureInformation,
            .immunocompromised, .laterPregnancy:
            return []
        }
    }

    /// The last weight again; the ends of the row's ranges; the weight from which the dose is allowed.
    private var weightChoices: [Choice] {
        let row = question.terms.row
        let known = picture.state.weights.at(picture.at)?.value.value
        var limits = [row.population.weight.atLeast, row.population.weight.below]
            .compactMap { $0?.value }
        switch row.dose {
        case .perKilogram(let factor, _) where factor > 0:
            limits.append((question.amount.value / factor).roundedUpToTenths)
        case .weightBands(let bands):
            limits += bands.flatMap { [$0.weight.atLeast, $0.weight.below] }
                .compactMap { $0?.value }
        case .flat, .perKilogram, .schedule, .heartFailureTable: break
        }
        limits += FreshWeight.limits.map { Decimal($0) }
        let range = InfusionLimits.weightKilograms
        return (known.map { [.again($0)] } ?? [])
            + Choice.around(
                limits.map { Choice.Limit(.atLeast, $0) }, step: d("0.1"),
                in: Decimal(range.lowerBound)...Decimal(range.upperBound), known: known)
    }
}

extension VitalSigns {
    fileprivate static let unmeasured = VitalSigns(
        systolic: nil, diastolic: nil, heartRate: nil, respiratoryRate: nil, oxygenSaturation: nil,
        temperature: nil)
}

extension Decimal {
    /// To one decimal place, never less than it is.
    fileprivate var roundedUpToTenths: Decimal {
        var exact = self
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, 1, .up)
        return rounded
    }
}
