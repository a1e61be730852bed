import Foundation

extension GateCandidates {
    /// Results of the day, from the thresholds that the gate compares with.
    var results: [Candidate] {
        let analytes = read
        let single = analytes.flatMap { analyte in
            let choices = analyte.choices(limits(of: analyte), known: known(analyte))
            return [make.any(analyte, among: choices)]
                + choices.map { make.result(analyte, $0) }
        }
        return single + panels(of: analytes)
    }

    /// Everything that is wanting, drawn at once: the last value of each again, else the first that is tried
    /// alone.
    private func panels(of analytes: [Analyte]) -> [Candidate] {
        let values = analytes.filter { $0 != .cReactiveProtein }.compactMap { analyte in
            (known(analyte) ?? analyte.choices(limits(of: analyte), known: nil).first?.value)
                .map { (analyte: analyte, value: $0) }
        }
        return values.count > 1 ? [make.panel(values)] : []
    }

    /// What the gate reads.
    private var read: [Analyte] {
        switch gate {
        case .diagnosis, .overload, .notIronDeficiency, .sequestration, .metastaticBreastCancer:
            [.ferritin, .transferrinSaturation, .cReactiveProtein, .hemoglobin]
        case .heartFailureInformation: [.ferritin]
        case .transfusion, .erythropoiesisStimulation, .heartFailureHemoglobin, .weightAndAge,
            .cumulativeDose:
            [.hemoglobin]
        case .phosphate, .phosphateSymptoms: [.phosphate]
        case .order, .infection, .anaphylaxisSameProduct, .anaphylaxisAnyIron, .firstTrimester,
            .interval, .minorReaction, .atopy, .magneticResonance, .chemotherapySpacing,
            .cardiotoxicChemotherapy, .aceInhibitor, .liver, .oralIron, .transfusionSameDay,
            .vitals, .staff, .consent, .immunocompromised, .laterPregnancy:
            []
        }
    }

    private func known(_ analyte: Analyte) -> Decimal? {
        if analyte == .transferrinSaturation { return picture.saturations().last?.marker.value }
        return picture.latest(analyte)?.value.canonical
    }

    private func limits(of analyte: Analyte) -> [Choice.Limit] {
        let status = question.diagnosis.status.predicates
        var limits = (finding.predicates + status).filter { $0.name == analyte.predicateName }
            .compactMap { Choice.Limit($0) }
        switch analyte {
        case .phosphate: limits.append(Choice.Limit(.atLeast, PhosphateLimit.lower))
        case .cReactiveProtein:
            limits.append(Choice.Limit(.above, question.policy.gates.sequestrationProtein))
        case .hemoglobin:
            limits.append(Choice.Limit(.below, picture.anemiaBelow(at: picture.at)))
        case .hematocrit, .meanCorpuscularVolume, .ferritin, .iron, .totalIronBindingCapacity,
            .transferrin, .transferrinSaturation, .vitaminB12, .folate, .creatinine,
            .estimatedGlomerularFiltrationRate, .reticulocyteHemoglobin:
            break
        }
        return limits
    }
}
