import Foundation

extension ClinicalPicture {
    /// Below which haemoglobin somebody looks the same day, g/dL, and what raises it.
    typealias TransfusionThreshold = (limit: Decimal, because: String, reasons: [Predicate])

    /// As it is at the moment.
    var transfusionThreshold: TransfusionThreshold { transfusionThreshold(since: at) }

    /// As it was at `instant` or became until the moment: what was there when a specimen was drawn, or
    /// was told after that, raises what the specimen is held against.
    func transfusionThreshold(since instant: Instant) -> TransfusionThreshold {
        let policy = context.site.policy
        let limits = policy.gates
        let atRisk = policy.because(.transfusionHemoglobinAtRisk)
        let reasons = transfusionRisks(
            since: instant, source: "below \(limits.transfusionHemoglobinAtRisk) g/dL: \(atRisk)")
        return reasons.isEmpty
            ? (limits.transfusionHemoglobin, policy.because(.transfusionHemoglobin), [])
            : (limits.transfusionHemoglobinAtRisk, atRisk, reasons)
    }

    /// Cardiovascular disease, symptoms, or oncology on treatment.
    private func transfusionRisks(since instant: Instant, source: String) -> [Predicate] {
        var reasons: [Predicate] = []
        func because(_ name: String, _ value: String, _ evidence: [EventVersion]) {
            reasons.append(
                .fact(
                    name, value, "present", name, holds: true, source: source, evidence: evidence))
        }
        func told(_ timeline: Timeline<Bool>?) -> Kept<Bool>? {
            timeline?.first(from: instant, to: at) { $0 }
        }
        if let heart = told(state.facts.cardiovascularDisease) {
            because("cardiovascular-disease", "true", [heart.version])
        } else if let failing = state.contexts.first(
            from: instant, to: at, where: { $0.contains(.heartFailure) })
        {
            because("cardiovascular-disease", "heart failure", [failing.version])
        }
        for symptom in Symptom.allCases {
            guard let told = told(state.facts.symptoms[symptom]) else { continue }
            because("symptom", symptom.rawValue, [told.version])
        }
        let cancer = state.contexts.first(from: instant, to: at) {
            $0.contains(where: \.isOncology)
        }
        if let cancer {
            for therapy in Self.cancerTherapies {
                guard let told = told(state.facts.therapies[therapy]) else { continue }
                because("cancer-treatment", therapy.rawValue, [cancer.version, told.version])
            }
        }
        return reasons
    }

    /// What the patient complains of at the moment, by name.
    var presentSymptoms: [(symptom: Symptom, told: Kept<Bool>)] {
        Symptom.allCases.compactMap { symptom in
            guard let told = state.facts.symptoms[symptom]?.at(at), told.value else { return nil }
            return (symptom, told)
        }
    }
}
