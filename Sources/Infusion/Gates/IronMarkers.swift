import Foundation

/// The results that may carry a diagnosis on a date: the newest valid ones, and why newer ones do
/// not count.
struct IronMarkers {
    /// A result, and how it was judged.
    struct Judged {
        let marker: IronMarker
        let date: CalendarDate
    }

    let ferritin: Judged?
    let saturation: Judged?
    let cReactiveProtein: Judged?
    let hemoglobin: Judged?
    /// One predicate for each marker: how old it is, or that it is missing and why.
    let predicates: [Predicate]
    /// Ferritin's and saturation's alone.
    let storesPredicates: [Predicate]

    var isComplete: Bool { ferritin != nil && saturation != nil && hemoglobin != nil }

    /// Whether there is no result of it that counts.
    func lacks(_ analyte: Analyte) -> Bool {
        switch analyte {
        case .ferritin: ferritin == nil
        case .transferrinSaturation: saturation == nil
        case .cReactiveProtein: cReactiveProtein == nil
        case .hemoglobin: hemoglobin == nil
        case .hematocrit, .meanCorpuscularVolume, .iron, .totalIronBindingCapacity, .transferrin,
            .phosphate, .vitaminB12, .folate, .creatinine, .estimatedGlomerularFiltrationRate,
            .reticulocyteHemoglobin:
            false
        }
    }

    init(_ question: GateQuestion) {
        let ages = MarkerAges(question)
        let picture = question.picture
        func lab(_ analyte: Analyte) -> some BidirectionalCollection<Candidate> {
            picture.readings(analyte).lazy.map { lab in
                Candidate(
                    marker: IronMarker(lab.value, evidence: [lab.evidence]),
                    collectedAt: lab.collectedAt, date: lab.date, flaw: picture.flaw(of: lab))
            }
        }
        let saturations = picture.saturations().lazy.map {
            Candidate(
                marker: $0.marker, collectedAt: $0.collectedAt, date: $0.date,
                flaw: picture.flaw(of: $0))
        }
        let choices = [
            Choice("ferritin", lab(.ferritin), ages.iron, from: ages.planDate, ages, picture),
            Choice(
                "transferrin-saturation", saturations, ages.iron, from: ages.planDate, ages,
                picture),
            Choice(
                "c-reactive-protein", lab(.cReactiveProtein), ages.iron, from: ages.planDate, ages,
                picture),
            Choice(
                "hemoglobin", lab(.hemoglobin), ages.hemoglobin, from: question.date, ages,
                picture),
        ]
        ferritin = choices[0].chosen
        saturation = choices[1].chosen
        cReactiveProtein = choices[2].chosen
        hemoglobin = choices[3].chosen
        // Where C-reactive protein is needed the classification says so itself.
        storesPredicates = [choices[0], choices[1]].map(\.predicate)
        predicates =
            storesPredicates + [choices[3].predicate]
            + (cReactiveProtein == nil ? [] : [choices[2].predicate])
    }

    struct Candidate {
        let marker: IronMarker
        let collectedAt: Instant
        let date: CalendarDate
        let flaw: SpecimenFlaw?
    }

    /// The newest valid candidate, and the predicate that says so or says why there is none.
    private struct Choice {
        let chosen: Judged?
        let predicate: Predicate

        /// Labs of an earlier course plan no new one.
        private static let ofEarlierCourse = "clinical facts R-2 (ED M)"

        /// Results of an earlier course have stopped counting.
        init(
            _ name: String, _ candidates: some BidirectionalCollection<Candidate>,
            _ maximumAge: MaximumAge, from date: CalendarDate, _ ages: MarkerAges,
            _ picture: ClinicalPicture
        ) {
            let maximum = maximumAge.days
            let source = maximumAge.because
            let newest = candidates.last { candidate in
                candidate.flaw == nil && candidate.date <= date
                    && (ages.earlierCourseEnd.map { candidate.collectedAt > $0 } ?? true)
            }
            if let newest {
                let age = date.days(since: newest.date)
                chosen =
                    age <= maximum ? Judged(marker: newest.marker, date: newest.date) : nil
                predicate = .fact(
                    "\(name)-age", age, unit: "d", "<=", maximum, holds: age <= maximum,
                    source: source, evidence: newest.marker.evidence)
                return
            }
            chosen = nil
            guard let last = candidates.last else {
                predicate = .missing("\(name)-age", "<=", maximum, source: source)
                return
            }
            predicate = .fact(
                "\(name)-age", last.flaw?.rawValue ?? "before-last-course", "<=", maximum,
                holds: false,
                source: last.flaw.map { picture.because($0, on: last.date) }
                    ?? Self.ofEarlierCourse,
                evidence: last.marker.evidence)
        }
    }
}

/// How old results may be for one question (facts §3.1).
struct MarkerAges {
    let iron: MaximumAge
    let hemoglobin: MaximumAge
    /// Ferritin and saturation are judged for the day the course began: the diagnosis is made with
    /// the plan, and a later dose of the same course cannot renew it, because iron given
    /// spoils them.
    let planDate: CalendarDate
    /// The end of the last dose of an earlier course, whose results count no more.
    let earlierCourseEnd: Instant?

    init(_ question: GateQuestion) {
        let policy = question.policy.diagnosis
        let picture = question.picture
        let indication = question.terms.indication
        let maintenance = HeartFailurePlan.isMaintenance(question)
        func age(_ days: Int, _ setting: PolicySetting) -> MaximumAge {
            MaximumAge(days: days, because: question.policy.because(setting))
        }
        let ofMaintenance =
            maintenance ? [age(policy.maintenanceMaxAgeDays, .maintenanceMaxAgeDays)] : []
        iron = MaximumAge.shortest(picture.ironAge(for: indication), ofMaintenance)
        hemoglobin = MaximumAge.shortest(
            picture.hemoglobinAge(for: indication), ofMaintenance)

        planDate = maintenance ? question.date : question.courseStart
        let start = question.courseDoses.map(\.startedAt).min() ?? picture.at
        let others = picture.administered.filter { dose in
            maintenance
                ? dose.startedAt < picture.at
                : dose.order != question.terms.id && dose.startedAt < start
        }
        earlierCourseEnd = others.compactMap { $0.end?.at }.max()
    }
}
