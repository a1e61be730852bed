import Foundation

/// The new facts that might change how a course is judged, the easiest to come by first.
struct ResponseCandidates {
    let assessment: ResponseAssessment
    let picture: ClinicalPicture
    let make: CandidateMaker
    private var policy: ClinicalPolicy { picture.context.site.policy }
    private var response: ClinicalPolicy.Response { policy.response }

    var all: [Candidate] { answers + results + panels + tests + waits }

    /// What stands in the way of a verdict, or is one, told to be so no more.
    private var answers: [Candidate] {
        let facts = picture.state.facts
        let symptoms = picture.presentSymptoms.map { make.no($0.symptom) }
        let bleeding = BleedingSource.allCases.filter {
            facts.bleeding[$0]?.at(picture.at)?.value == true
        }
        .map { make.answer($0.rawValue, "false", .bleeding($0, active: false)) }
        let therapies = ([.erythropoiesisStimulatingAgent] + ClinicalPicture.cancerTherapies)
            .filter(picture.isActive).map(make.no)
        let conditions = [ClinicalCondition.inflammation, .marrowInvolvement].filter {
            facts.conditions[$0]?.at(picture.at)?.value == true
        }
        .map(make.no)
        return symptoms + bleeding + therapies + conditions
    }

    private var results: [Candidate] {
        let wanting = assessment.missing.map {
            make.any($0, among: $0.choices(limits(of: $0), known: known($0)))
        }
        return wanting
            + read.flatMap { analyte in
                analyte.choices(limits(of: analyte), known: known(analyte))
                    .map { make.result(analyte, $0) }
            }
    }

    /// What is missing, and iron stores that are filled.
    private var panels: [Candidate] {
        let missing = assessment.missing.count > 1 ? [make.any(assessment.missing)] : []
        return missing + [
            make.panel([
                (.ferritin, response.repleteFerritinInflamed),
                (.transferrinSaturation, policy.iron[.lowSaturation].limit),
            ])
        ]
    }

    private var tests: [Candidate] {
        assessment.missingTests.map {
            make.answer($0.rawValue, "\(make.date)", .tested($0, on: make.date))
        }
    }

    private var waits: [Candidate] {
        [response.firstDays, response.finalDays]
            .map { assessment.lastDose.adding(days: $0) }
            .filter { $0 > make.date }.map(make.waiting)
    }

    private var read: [Analyte] {
        [
            .hemoglobin, .ferritin, .transferrinSaturation, .cReactiveProtein, .phosphate,
            .vitaminB12, .folate, .meanCorpuscularVolume, .estimatedGlomerularFiltrationRate,
        ]
    }

    private func known(_ analyte: Analyte) -> Decimal? {
        if analyte == .transferrinSaturation { return picture.saturations().last?.marker.value }
        return picture.latest(analyte)?.value.canonical
    }

    /// The thresholds that level and verdicts compare with, and for haemoglobin those that count from the
    /// baseline and from the peak (facts §7.1, R-30).
    private func limits(of analyte: Analyte) -> [Choice.Limit] {
        let predicates = assessment.predicates + assessment.verdicts.flatMap(\.predicates)
        var limits = predicates.filter { $0.name == analyte.predicateName }
            .compactMap { Choice.Limit($0) }
        switch analyte {
        case .hemoglobin:
            let course = ResponseCourse(assessment.order, picture)
            limits.append(Choice.Limit(.atLeast, picture.anemiaBelow(at: picture.at)))
            limits +=
                (course?.baseline).map { baseline in
                    [response.rise, response.partialRise, response.pendingRise].map {
                        Choice.Limit(.atLeast, baseline.value.canonical + $0)
                    }
                } ?? []
            limits += [course?.baseline, course?.peak].compactMap { highest in
                highest.map { Choice.Limit(.above, $0.value.canonical - response.lossFall) }
            }
        case .ferritin:
            limits += [response.repleteFerritin, response.repleteFerritinInflamed].map {
                Choice.Limit(.atLeast, $0)
            }
        case .transferrinSaturation:
            limits.append(Choice.Limit(.atLeast, policy.iron[.lowSaturation].limit))
        case .cReactiveProtein:
            limits.append(Choice.Limit(.above, policy.iron[.raisedProtein].limit))
        case .phosphate: limits.append(Choice.Limit(.atLeast, PhosphateLimit.lower))
        case .vitaminB12, .folate, .meanCorpuscularVolume, .estimatedGlomerularFiltrationRate,
            .hematocrit, .iron, .totalIronBindingCapacity, .transferrin, .creatinine,
            .reticulocyteHemoglobin:
            break
        }
        return limits
    }
}
