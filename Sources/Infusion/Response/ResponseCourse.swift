import Foundation

/// One course as its answer is judged: its iron, the haemoglobin before it and since, until the next
/// course begins. What is measured after that is as much the other iron's doing.
struct ResponseCourse {
    /// The patient at the end of what may answer: at the moment asked about, or at the first dose of
    /// the next course.
    let picture: ClinicalPicture
    /// The patient at the moment asked about, for what is asked always.
    let asked: ClinicalPicture
    /// One order; in the cohort report of heart failure all those of one anchored plan.
    let orders: [OrderRecord]
    let doses: [DoseRecord]
    let firstDose: DoseRecord
    let end: DoseRecord.End
    /// The first dose of the next course, of whatever product; `nil` where none has begun.
    let next: DoseRecord?

    /// The course of `order`, or the last one that iron was given in; `nil` before any was.
    init?(_ wanted: OrderID?, _ picture: ClinicalPicture) {
        let given = Self.given(picture)
        guard let last = given.last(where: { wanted == nil || $0.order == wanted }) else {
            return nil
        }
        self.init(of: [last.order], picture)
    }

    /// One course of several orders, the first order first; `nil` before iron was given in any.
    init?(of ids: [OrderID], _ picture: ClinicalPicture) {
        let orders = ids.compactMap { picture.state.order($0) }
        let doses = Self.given(picture).filter { ids.contains($0.order) }
        guard !orders.isEmpty, let first = doses.first, let last = doses.last, let end = last.end
        else { return nil }
        let next = picture.started.filter { dose in
            !ids.contains(dose.order) && dose.counted > .zero && dose.startedAt <= picture.at
                && dose.startedAt > last.startedAt
        }.min { ($0.startedAt, $0.version) < ($1.startedAt, $1.version) }
        asked = picture
        self.picture = next.map { picture.moved(to: $0.startedAt) } ?? picture
        self.orders = orders
        self.doses = doses
        firstDose = first
        self.end = end
        self.next = next
    }

    /// What put iron into the patient by the moment asked about.
    private static func given(_ picture: ClinicalPicture) -> [DoseRecord] {
        picture.administered.filter { ($0.end?.at ?? $0.startedAt) <= picture.at }
    }

    /// The one that the course is called by.
    var order: OrderRecord { orders[0] }

    var limits: ClinicalPolicy.Response { picture.context.site.policy.response }
    /// Who says a number, with its mark.
    func because(_ setting: PolicySetting) -> String {
        picture.context.site.policy.because(setting)
    }

    var iron: IronLimits { picture.context.site.policy.iron }
    var lastDose: CalendarDate { end.given.localDate }
    /// From then to the date asked about.
    var days: Int { asked.localDate(asked.at).days(since: lastDose) }
    var administered: Milligrams { doses.map(\.given).reduce(.zero, +) }
    /// The share of the total that the plan asked for (facts §7.2, row 3; R-1).
    var adequate: Milligrams {
        orders.map(\.order.plannedTotal).reduce(.zero, +)
            * (Decimal(limits.adequatePercent) / 100)
    }

    /// The newest valid haemoglobin before the course, on its first day no older than the plan may
    /// rest on.
    var baseline: LabFact? {
        let age = picture.moved(to: firstDose.startedAt)
            .hemoglobinAge(for: order.order.indication).days
        return picture.readings(.hemoglobin).last { lab in
            lab.collectedAt <= firstDose.startedAt && picture.flaw(of: lab) == nil
                && firstDose.started.localDate.days(since: lab.date) <= age
        }
    }

    /// Valid results since the first dose, the newest last.
    func since(_ analyte: Analyte) -> [LabFact] {
        picture.readings(analyte).filter {
            $0.collectedAt > firstDose.startedAt && picture.flaw(of: $0) == nil
        }
    }

    /// The day that the answer is of: the newest answering haemoglobin's, else the one asked about.
    private var dateOfAnswer: CalendarDate {
        answering(.hemoglobin).last?.date ?? picture.localDate(picture.at)
    }

    /// The newest result that explains the answer, drawn after it or no longer before it than a diagnosis
    /// may rest on (facts §3.1). The facts name no age for vitamins, red cells' volume and kidneys: the iron
    /// panel's holds, with which they are drawn (ED).
    func beside(_ analyte: Analyte) -> LabFact? {
        guard let last = picture.latest(analyte) else { return nil }
        let days =
            analyte == .cReactiveProtein
            ? picture.ironAge(for: order.order.indication).days
            : picture.context.site.policy.diagnosis.ironMaxAgeDays
        return dateOfAnswer.days(since: last.date) <= days ? last : nil
    }

    /// Whether a result of the date may answer.
    func answers(on date: CalendarDate) -> Bool {
        date.days(since: lastDose) >= limits.firstDays
    }

    /// Valid results of the first day that answers, and later.
    func answering(_ analyte: Analyte) -> [LabFact] {
        since(analyte).filter { answers(on: $0.date) }
    }

    /// The newest saturation of those days.
    var saturation: SaturationReading? {
        picture.saturations().last {
            picture.flaw(of: $0) == nil && answers(on: $0.date)
                && $0.collectedAt > firstDose.startedAt
        }
    }

    var ferritin: LabFact? { answering(.ferritin).last }

    /// The highest valid haemoglobin since the first dose.
    var peak: LabFact? {
        since(.hemoglobin).max { $0.value.canonical < $1.value.canonical }
    }

    /// A raised C-reactive protein, or inflammation known clinically; `nil` if not known.
    var inflammation: Predicate {
        if let known = picture.state.facts.conditions[.inflammation]?.at(picture.at), known.value {
            return .fact(
                "inflammation", true, "=", "true", holds: true,
                source: ResponseCause.inflammation.because,
                evidence: [known.version])
        }
        let (raised, source) = (iron[.raisedProtein].limit, iron[.raisedProtein].source)
        guard let last = beside(.cReactiveProtein) else {
            return .missing(
                "c-reactive-protein", unit: Analyte.cReactiveProtein.canonicalUnit, ">", raised,
                source: source)
        }
        return comparison(
            "c-reactive-protein", last, ">", raised,
            ReportedRange(last.value.canonical, last.value.comparator).isAbove(raised), source)
    }

    /// From which ferritin on a low saturation is inflammation's and no deficiency any more (facts §7.2 row
    /// 5): where the course's own context has an upper limit of deficiency, above that one (facts §3).
    var heldBack: IronThreshold {
        switch order.order.indication {
        case .general, .pregnancy, .ibdInactive:
            IronThreshold(
                .ferritin, .atLeast, limits.heldBackFerritin, because(.heldBackFerritin))
        case .heartFailure: iron[.heartFailureFerritinFunctional].opposite
        case .ckdNonDialysis, .ckdPeritonealDialysis: iron[.kidneyStartFerritin].opposite
        case .ckdHemodialysis: iron[.hemodialysisStartFerritin].opposite
        case .ibdActive: iron[.bowelDiseaseFerritinMixed].opposite
        case .preOperative: iron[.preOperativeFerritinFunctional].opposite
        case .oncology, .metastaticBreastCancer: iron[.oncologyFerritinCeiling]
        }
    }

    /// Ferritin is filled up, further where there is inflammation, and saturation is not low.
    var isIronReplete: Bool? {
        guard let ferritin, let saturation else { return nil }
        let inflamed = inflammation.holds ?? true
        let low = inflamed ? limits.repleteFerritinInflamed : limits.repleteFerritin
        let stores = ReportedRange(ferritin.value.canonical, ferritin.value.comparator)
            .isAtLeast(low)
        let transport = ReportedRange(saturation.marker.value, saturation.marker.comparator)
            .isAtLeast(iron[.lowSaturation].limit)
        guard let stores, let transport else { return nil }
        return stores && transport
    }

    func comparison(
        _ name: String, _ lab: LabFact, _ comparison: String, _ limit: Decimal, _ holds: Bool?,
        _ source: String
    ) -> Predicate {
        Predicate(
            name: name, value: lab.value.text, unit: lab.analyte.canonicalUnit,
            comparison: comparison, threshold: "\(limit)", holds: holds, source: source,
            evidence: [lab.evidence])
    }
}

extension ClinicalPicture {
    /// Whether a haemoglobin shows anaemia; what a comparator leaves open does not.
    func isAnemic(_ hemoglobin: LabFact) -> Bool {
        ReportedRange(hemoglobin.value.canonical, hemoglobin.value.comparator)
            .isBelow(anemiaBelow(at: hemoglobin.collectedAt)) == true
    }

    /// WHO, sea level, adults, g/dL (facts §3, V). Where the sex is not known the higher limit holds:
    /// it asks for a look more, not for one less.
    func anemiaBelow(at instant: Instant) -> Decimal { anemiaLimit(at: instant).below }

    /// The same, and who says so.
    func anemiaLimit(at instant: Instant) -> (below: Decimal, because: String) {
        let policy = context.site.policy
        switch state.facts.pregnancy.at(instant)?.value {
        case .pregnant:
            return (policy.anemia.belowPregnant, policy.because(.anemiaBelowPregnant))
        case .notPregnant, .unknown, nil: break
        }
        switch state.registration?.gender ?? .unknown {
        case .female: return (policy.anemia.belowWomen, policy.because(.anemiaBelowWomen))
        case .male, .other, .unknown: return (policy.anemia.below, policy.because(.anemiaBelow))
        }
    }
}
