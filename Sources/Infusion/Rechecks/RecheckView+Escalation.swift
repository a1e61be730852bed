/// Something seen that cannot wait for its rule's own day.
private struct Alarm {
    let anchor: RecheckAnchor
    let urgency: Urgency
    let predicates: [Predicate]
    let reason: String
    /// The result it came from; a later statement about the same specimen does not answer it. `nil` of
    /// what the patient said: a specimen of that moment answers it too.
    let lab: LabResultID?

    func isAnswered(by result: LabFact) -> Bool {
        lab == nil
            ? result.collectedAt >= anchor.at
            : result.collectedAt > anchor.at && result.lab != lab
    }
}

extension RecheckView {
    /// Haemoglobin below 8 urgent, below 7 or below the patient's own threshold of transfusion emergency;
    /// down by 2 urgent; a symptom that makes it an emergency: another look, at once (facts §6, urgency
    /// ladder; §4 G-TX; ).
    func hemoglobinEscalation(_ rule: RecheckRule) -> RecheckOutcome {
        let low = alarms(.hemoglobin, reason: "low-hemoglobin", judge: { lowHemoglobin($0) })
        let emergencies = symptomAlarms(
            Symptom.allCases.filter(\.isEmergency), test: .hemoglobin, urgency: .emergency,
            reason: "emergency-symptom", source: UrgencyRule.emergencySymptoms
        ) { _ in true }
        return escalate(rule, low + fallAlarms(rule) + emergencies, test: .hemoglobin)
    }

    /// Phosphate below 2.0 urgent, below 1.0 emergency, and symptoms of it urgent (facts §6 R5,
    ///
    func phosphateEscalation() -> RecheckOutcome {
        let values = alarms(.phosphate, reason: "low-phosphate") {
            ladders.phosphate.low($0.value, evidence: $0.version)
        }
        let reactions = state.reactions.filter { $0.reaction.kind == .hypophosphatemia }.map {
            record in
            Alarm(
                anchor: RecheckAnchor(
                    kind: .reaction, version: record.version, at: record.at,
                    date: picture.localDate(record.at)),
                urgency: .urgent,
                predicates: [
                    .fact(
                        "symptoms", record.reaction.kind.rawValue, "present",
                        "symptoms of low phosphate", holds: true,
                        source: UrgencyRule.phosphateSymptoms.line, evidence: record.evidence)
                ],
                reason: "phosphate-symptoms", lab: nil)
        }
        let symptoms = symptomAlarms(
            Symptom.allCases.filter(\.suggestsLowPhosphate), test: .phosphate, urgency: .urgent,
            reason: "phosphate-symptoms", source: UrgencyRule.phosphateSymptoms,
            counts: isSoonAfterCarboxymaltose)
        return escalate(.phosphate, values + reactions + symptoms, test: .phosphate)
    }

    /// Whether a symptom of the moment may be of the phosphate that the last ferric carboxymaltose
    /// before it took.
    private func isSoonAfterCarboxymaltose(_ instant: Instant) -> Bool {
        let last = picture.administered.compactMap { dose -> DoseRecord.End? in
            guard dose.moiety == .ferricCarboxymaltose, let end = dose.end, end.at < instant
            else { return nil }
            return end
        }.last
        guard let last else { return false }
        return picture.localDate(instant).days(since: last.given.localDate)
            <= policy.phosphate.symptomDays
    }

    /// Every result that alarmed when it was told, by its worst statement: a correction or a
    /// retraction never closes an escalation.
    private func alarms(
        _ analyte: Analyte, reason: String, judge: (LabRecord.Statement) -> LowResult?
    ) -> [Alarm] {
        var alarms: [Alarm] = []
        for index in state.labs.indices where state.labs[index].analyte == analyte {
            let lab = state.labs[index]
            let told = lab.chain.filter { $0.status != .preliminary }.compactMap { statement in
                judge(statement).map { (statement: statement, low: $0) }
            }
            let worst = told.min { left, right in
                let (first, second) = (left.statement, right.statement)
                return (right.low.urgency.rank, first.value.canonical, first.version) < (
                    left.low.urgency.rank, second.value.canonical, second.version
                )
            }
            guard let worst else { continue }
            alarms.append(
                Alarm(
                    anchor: anchor(worst.statement), urgency: worst.low.urgency,
                    predicates: worst.low.predicates, reason: reason, lab: lab.id))
        }
        return alarms
    }

    private func lowHemoglobin(_ statement: LabRecord.Statement) -> LowResult? {
        lowHemoglobin(
            statement.value, collectedAt: statement.collectedAt, evidence: statement.version)
    }

    private func anchor(_ statement: LabRecord.Statement) -> RecheckAnchor {
        RecheckAnchor(
            kind: .result, version: statement.version, at: statement.collectedAt,
            date: picture.localDate(statement.collectedAt))
    }

    /// Haemoglobin down by much: of the results that nothing has answered yet, or whose row is open.
    private func fallAlarms(_ rule: RecheckRule) -> [Alarm] {
        let newest = picture.latest(.hemoglobin)?.collectedAt
        let open = Set(state.openRechecks.keys.filter { $0.rule == rule }.map(\.anchor))
        return state.labs.compactMap { lab in
            guard lab.analyte == .hemoglobin,
                newest.map({ lab.collectedAt >= $0 }) ?? true
                    || lab.chain.contains(where: { open.contains($0.version) }),
                let fall = hemoglobinFall(to: lab),
                lowHemoglobin(fall.to) == nil
            else { return nil }
            return Alarm(
                anchor: anchor(fall.to), urgency: .urgent,
                predicates: [fall.predicate(by: policy)],
                reason: "hemoglobin-fall", lab: lab.id)
        }
    }

    /// What the patient said to be there, once: told again while it lasts it is the same, until a
    /// result of `test` has come between.
    private func symptomAlarms(
        _ symptoms: [Symptom], test: Analyte, urgency: Urgency, reason: String,
        source: ClinicalSource,
        counts: (Instant) -> Bool
    ) -> [Alarm] {
        let results = picture.readings(test)
        return symptoms.flatMap { symptom -> [Alarm] in
            var alarms: [Alarm] = []
            var isPresent = false
            for told in state.facts.symptoms[symptom]?.entries ?? [] {
                let wasPresent = isPresent
                isPresent = told.value && counts(told.effectiveAt)
                guard isPresent else { continue }
                let alarm = Alarm(
                    anchor: RecheckAnchor(
                        kind: .symptom, version: told.version, at: told.effectiveAt,
                        date: picture.localDate(told.effectiveAt)),
                    urgency: urgency,
                    predicates: [
                        .fact(
                            "symptom", symptom.rawValue, "present", reason, holds: true,
                            source: source.line, evidence: [told.version])
                    ],
                    reason: reason, lab: nil)
                if wasPresent, let last = alarms.last,
                    !results.contains(where: {
                        last.isAnswered(by: $0) && $0.collectedAt < told.effectiveAt
                    })
                {
                    continue
                }
                alarms.append(alarm)
            }
            return alarms
        }
    }

    /// Of the alarms that nothing has answered, neither a readable result since nor a person, the worst;
    /// of these the oldest: what comes after it puts nothing off.
    private func escalate(
        _ rule: RecheckRule, _ alarms: [Alarm], test: Analyte
    ) -> RecheckOutcome {
        var outcome = RecheckOutcome.nothing
        if alarms.isEmpty { return outcome }
        let answers = picture.readings(test)
        let worstLast = alarms.sorted { left, right in
            (left.urgency.rank, right.anchor.at, right.anchor.version) < (
                right.urgency.rank, left.anchor.at, left.anchor.version
            )
        }
        for alarm in worstLast {
            let look = recheck(
                rule, from: alarm.anchor, window: windows.escalation(alarm.urgency), tests: [test],
                reason: alarm.reason, urgency: alarm.urgency, predicates: alarm.predicates
            ) { _ in
                answers.first(where: alarm.isAnswered(by:)).map { [$0.evidence] }
            }
            outcome.satisfied.merge(look.satisfied) { base, _ in base }
            outcome.required = look.required ?? outcome.required
        }
        return outcome
    }
}

extension Urgency {
    /// From routine, 0, to emergency, 3.
    var rank: Int {
        switch self {
        case .routine: 0
        case .soon: 1
        case .urgent: 2
        case .emergency: 3
        }
    }
}
