import Foundation

extension GateCandidates {
    /// Results of the day, from the thresholds that the gate compares with: what is not there first.
    var results: [Candidate] { singleResults + panels(of: neededAlone + neededWithProtein) }

    /// Those, and more than one of what is there drawn again.
    var openingResults: [Candidate] {
        singleResults + panels(of: neededAlone + neededWithProtein + [needed, read])
    }

    private var singleResults: [Candidate] {
        let wanting = wanting
        return (wanting + read.filter { !wanting.contains($0) }).flatMap { analyte in
            let choices = analyte.choices(limits(of: analyte), known: known(analyte))
            return [make.any(analyte, among: choices)]
                + choices.map { make.result(analyte, $0) }
        }
    }

    // MARK: Several results of one specimen

    /// What of the gate's results is not there, or does not count.
    private var wanting: [Analyte] {
        read.count > 1 ? read.filter(question.diagnosis.markers.lacks) : []
    }

    /// What the gate tells nothing without, alone of what it reads.
    private var needed: [Analyte] {
        let stores: [Analyte] = [.ferritin, .transferrinSaturation]
        return gate == .overload ? stores : stores + [.hemoglobin]
    }

    private var neededAlone: [[Analyte]] { [needed.filter(wanting.contains)] }

    private var neededWithProtein: [[Analyte]] {
        let protein = Analyte.cReactiveProtein
        return wanting.contains(protein) ? neededAlone.map { $0 + [protein] } : []
    }

    /// The panels of `sets`, the fewest results first: at first what was found before is found again, and what was
    /// never looked for has any value; then all of it is new.
    private func panels(of sets: [[Analyte]]) -> [Candidate] {
        guard read.count > 1 else { return [] }
        var tried: [[Analyte]] = []
        for set in sets where set.count > 1 && !tried.contains(set) { tried.append(set) }
        let again = tried.flatMap { panels(of: $0, anew: false) }
        let anew = tried.filter { $0.contains { known($0) != nil } }
            .flatMap { panels(of: $0, anew: true) }
        return Array((again + anew).prefix(WhyLimits.panels))
    }

    private func panels(of set: [Analyte], anew: Bool) -> [Candidate] {
        let choices = set.map { values(of: $0, anew: anew) }
        let combined = choices.reduce(into: [[Decimal]()]) { combined, values in
            combined = combined.flatMap { first in values.map { first + [$0] } }
        }
        return combined.prefix(WhyLimits.panelsOfOneSet).map { values in
            make.panel(zip(set, values).map { (analyte: $0, value: $1) })
        }
    }

    /// What was never measured is low where iron is wanting. Of haemoglobin these gates ask no more than that it
    /// was measured.
    private func values(of analyte: Analyte, anew: Bool) -> [Decimal] {
        let known = known(analyte)
        if let known, !anew { return [known] }
        let choices = analyte.choices(limits(of: analyte), known: known)
            .map(\.value)
        let ordered = known == nil ? choices.sorted() : choices
        return analyte == .hemoglobin ? Array(ordered.prefix(1)) : ordered
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
