import Foundation

extension Decision {
    func recordMeasurements(
        weight: Kilograms?, height: Centimeters?, at: Instant
    ) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        guard weight != nil || height != nil else {
            throw .invalidValue(
                field: "measurements", problem: "there are none", accepted: "weight, height or both"
            )
        }
        try requirePast(at, field: "at")
        var events: [PatientEvent] = []
        if let weight {
            try requireRange(
                weight.value, field: "weight", accepted: InfusionLimits.weightKilograms,
                unit: Units.Kilogram.ucum)
            if isNews(weight, state.weights, at) {
                events.append(happened(.weightRecorded(weight), at: at))
            }
        }
        if let height {
            try requireRange(
                height.value, field: "height", accepted: InfusionLimits.heightCentimeters,
                unit: Units.Centimeter.ucum)
            if isNews(height, state.heights, at) {
                events.append(happened(.heightRecorded(height), at: at))
            }
        }
        return events
    }

    func set(
        _ contexts: Set<ClinicalContext>, facts: [ClinicalFact], at: Instant,
        signOff: GivenSignOff?
    ) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requirePast(at, field: "at")
        try requireCount(
            facts.count, field: "facts", accepted: 0...InfusionLimits.factsPerCommand)
        try requireConsistent(contexts)
        for (index, fact) in facts.enumerated() {
            try validate(fact, at: at, field: "facts[\(index)]")
            if facts[..<index].contains(where: { contradicts($0, fact) }) {
                throw .invalidValue(
                    field: "facts[\(index)]", problem: "contradicts an earlier fact of the command",
                    accepted: "one statement about each")
            }
        }
        var events: [PatientEvent] = []
        if isNews(contexts, state.contexts, at) {
            events.append(happened(.clinicalContextSet(contexts), at: at))
        }
        for (index, fact) in facts.enumerated()
        where !facts[..<index].contains(fact) && saysSomethingNew(fact, at: at) {
            events.append(happened(.clinicalFactRecorded(fact), at: at))
        }
        if !events.isEmpty {
            events += try signedOff(
                signOff, .clinicalContext, lifting: block(takenBackBy: facts, at))
        }
        if facts.contains(.deceased(true)), !state.isDeceased {
            events += cancelBookings(
                of: state.orders.map(\.id) + state.transfusionOrders.map(\.id),
                reason: .noLongerNeeded)
        }
        return events
    }

    /// What an absolute gate rests on and a statement can take back. A stated allergy cannot be: another is
    /// added to it (facts §4 ★).
    private func block(takenBackBy facts: [ClinicalFact], _ at: Instant) -> StandingBlock? {
        let known = state.facts.knownIronOverload.at(at)?.value == true
        return known && facts.contains(.knownIronOverload(false)) ? .knownIronOverload : nil
    }

    /// Contexts of which only one can be true.
    static let exclusiveContexts: [Set<ClinicalContext>] = [
        [.ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis],
        [.ibdActive, .ibdInactive],
    ]

    private func requireConsistent(_ contexts: Set<ClinicalContext>) throws(Refusal) {
        for group in Self.exclusiveContexts where contexts.intersection(group).count > 1 {
            throw .invalidValue(
                field: "contexts", problem: "name more than one stage of one condition",
                accepted: "one of " + group.map(\.rawValue).sorted().joined(separator: ", "))
        }
    }

    private func validate(_ fact: ClinicalFact, at: Instant, field: String) throws(Refusal) {
        switch fact {
        case .pregnancy(.pregnant(let dueDate?)):
            try requireDate(
                dueDate, field: field + ".estimatedDueDate", within: InfusionLimits.dueDateDays,
                of: at)
        case .planned(_, let date?):
            try requireDate(
                date, field: field + ".on", within: InfusionLimits.plannedEventDays, of: at)
        case .happened(_, let date?):
            try requireDate(
                date, field: field + ".on", within: InfusionLimits.pastEventDays, of: at)
        case .tested(_, let date?):
            try requireDate(
                date, field: field + ".on", within: InfusionLimits.namedTestDays, of: at)
        case .cancerInfusion(let infusion):
            let hours = InfusionLimits.cancerInfusionHours
            guard infusion.start <= infusion.end,
                infusion.end <= infusion.start.adding(hours: hours)
            else {
                throw .invalidValue(
                    field: field + ".end", problem: "is not within \(hours) h after the start",
                    accepted: "the start or up to \(hours) h later")
            }
        case .pregnancy(.pregnant(nil)), .pregnancy(.notPregnant), .pregnancy(.unknown),
            .infection, .ironAllergy, .knownIronOverload, .hypophosphatemiaRisk,
            .cardiovascularDisease, .therapy, .deceased, .condition, .symptom, .bleeding,
            .planned(_, on: nil), .happened(_, on: nil), .tested(_, on: nil):
            break
        }
    }

    /// A date so many days from the day of `instant`, both ends included.
    private func requireDate(
        _ date: CalendarDate, field: String, within days: ClosedRange<Int>, of instant: Instant
    ) throws(Refusal) {
        let day = localDate(instant)
        guard days.contains(date.days(since: day)) else {
            let first = day.adding(days: days.lowerBound)
            let last = day.adding(days: days.upperBound)
            throw .invalidValue(
                field: field, problem: "is \(date)", accepted: "\(first) to \(last)")
        }
    }

    /// Two different statements about one thing.
    private func contradicts(_ left: ClinicalFact, _ right: ClinicalFact) -> Bool {
        guard left != right, let topic = Topic(of: left) else { return false }
        return topic == Topic(of: right)
    }

    /// A fact that was told of this very moment already is no news. The same value at another moment
    /// is: what is told late in between must not outlive it, and answers age.
    private func saysSomethingNew(_ fact: ClinicalFact, at: Instant) -> Bool {
        let known = state.facts
        switch fact {
        case .infection(let active): return isNews(active, known.infection, at)
        case .pregnancy(let status): return isNews(status, known.pregnancy, at)
        case .ironAllergy(let allergy):
            return !known.ironAllergies.entries.contains {
                $0.value == allergy && $0.effectiveAt <= at
            }
        case .knownIronOverload(let value): return isNews(value, known.knownIronOverload, at)
        case .hypophosphatemiaRisk(let value):
            return isNews(value, known.hypophosphatemiaRisk, at)
        case .cardiovascularDisease(let value):
            return isNews(value, known.cardiovascularDisease, at)
        case .therapy(let therapy, let active): return isNews(active, known.therapies[therapy], at)
        case .deceased(let value): return isNews(value, known.deceased, at)
        case .condition(let condition, let value):
            return isNews(value, known.conditions[condition], at)
        case .symptom(let symptom, let value): return isNews(value, known.symptoms[symptom], at)
        case .bleeding(let source, let value): return isNews(value, known.bleeding[source], at)
        case .planned(let event, let date): return isNews(date, known.planned[event], at)
        case .cancerInfusion(let infusion):
            return !known.cancerInfusions.entries.contains { $0.value == infusion }
        case .happened(let event, let date): return isNews(date, known.happened[event], at)
        case .tested(let test, let date): return isNews(date, known.tested[test], at)
        }
    }

    private func isNews<Value>(_ value: Value, _ timeline: Timeline<Value>?, _ at: Instant) -> Bool
    {
        timeline?.at(at).map { $0.value != value || $0.effectiveAt != at } ?? true
    }
}

/// What a fact is about, where only one can hold at a time.
private enum Topic: Hashable {
    case infection, pregnancy, ironOverload, hypophosphatemiaRisk, cardiovascularDisease, death
    case therapy(Therapy)
    case condition(ClinicalCondition)
    case symptom(Symptom)
    case bleeding(BleedingSource)
    case planned(PlannedEvent)
    case happened(PastEvent)
    case tested(NamedTest)

    /// `nil` for what may be said several times over: an allergy, an infusion of a treatment.
    init?(of fact: ClinicalFact) {
        switch fact {
        case .infection: self = .infection
        case .pregnancy: self = .pregnancy
        case .knownIronOverload: self = .ironOverload
        case .hypophosphatemiaRisk: self = .hypophosphatemiaRisk
        case .cardiovascularDisease: self = .cardiovascularDisease
        case .deceased: self = .death
        case .therapy(let therapy, _): self = .therapy(therapy)
        case .condition(let condition, _): self = .condition(condition)
        case .symptom(let symptom, _): self = .symptom(symptom)
        case .bleeding(let source, _): self = .bleeding(source)
        case .planned(let event, _): self = .planned(event)
        case .happened(let event, _): self = .happened(event)
        case .tested(let test, _): self = .tested(test)
        case .ironAllergy, .cancerInfusion: return nil
        }
    }
}
