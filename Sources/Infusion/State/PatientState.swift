/// Everything known of one patient: the fold of the patient's stream, cached and never judged here.
///
/// 1. Events are folded in stream order; each kept fact remembers when it was true (`effectiveAt`)
///    and which event said so (`version`), and rules read facts in *effective* order.
/// 2. Nothing is forgotten that an explanation could need: corrected results keep their chain,
///    retracted ones stay, preliminary ones wait; no rule decides on the last two.
/// 3. Folding is total: an event that refers to something unknown changes nothing but the version,
///    so a part of a history (see ``fold(_:effectiveAt:)``) folds like the whole.
public struct PatientState: Hashable, Sendable {
    /// The number of events folded, which is the stream's version.
    public internal(set) var version: EventVersion = .none
    public internal(set) var registration: Registration?
    /// Nothing is asked of an erased patient any more.
    public internal(set) var erasure: Kept<ErasureReason>?
    /// Who goes on with this record's history; `nil` where it stands for itself.
    public internal(set) var mergedInto: Kept<PatientID>?
    /// The records that were merged into this one, those taken back too: in the order of the stream.
    public internal(set) var merges: [MergeRecord] = []
    /// What stands here of other records' histories, in the order of the stream.
    public internal(set) var carried: [CarriedRecord] = []

    /// In the order the log learned them.
    public internal(set) var labs: [LabRecord] = []
    var labIndex: [LabResultID: Int] = [:]

    public internal(set) var weights = Timeline<Kilograms>()
    public internal(set) var heights = Timeline<Centimeters>()
    public internal(set) var contexts = Timeline<Set<ClinicalContext>>()
    public internal(set) var facts = ClinicalFacts()
    public internal(set) var chairsideChecks = Timeline<ChairsideCheck>()

    /// Orders, appointments, doses, reactions, transfusions and overrides: in the order of the
    /// stream.
    public internal(set) var orders: [OrderRecord] = []
    public internal(set) var appointments: [AppointmentRecord] = []
    public internal(set) var doses: [DoseRecord] = []
    public internal(set) var reactions: [ReactionRecord] = []
    public internal(set) var transfusionOrders: [TransfusionOrderRecord] = []
    public internal(set) var transfusions: [Kept<Transfusion>] = []
    public internal(set) var overrides: [OverrideRecord] = []
    /// The visits that wait for a time, and those that did: in the order of the stream.
    public internal(set) var waitlist: [WaitlistRecord] = []

    /// The rechecks that wait, at most one for each rule.
    public internal(set) var openRechecks: [RecheckID: Kept<RecheckOpened>] = [:]
    /// Rechecks that a person closed: they do not open again by themselves.
    public internal(set) var rechecksClosedByPerson: Set<RecheckID> = []
    /// The reviews that people closed, in the order of the stream.
    public internal(set) var reviews: [Kept<DecisionReviewed>] = []

    public init() {}
}

/// Who the patient is and where followed.
public struct Registration: Hashable, Sendable {
    public let patient: PatientID
    public let site: SiteID
    public internal(set) var identity: Sealed<Identity>
    public internal(set) var gender: AdministrativeGender
    public let registeredAt: Instant
    /// The event that last stated the identity.
    public internal(set) var version: EventVersion
}

/// Facts that hold from their event until another says otherwise, one timeline each.
public struct ClinicalFacts: Hashable, Sendable {
    public internal(set) var infection = Timeline<Bool>()
    public internal(set) var pregnancy = Timeline<PregnancyStatus>()
    /// Allergies add up; none is ever replaced by another.
    public internal(set) var ironAllergies = Timeline<IronAllergy>()
    public internal(set) var knownIronOverload = Timeline<Bool>()
    public internal(set) var hypophosphatemiaRisk = Timeline<Bool>()
    public internal(set) var cardiovascularDisease = Timeline<Bool>()
    public internal(set) var therapies: [Therapy: Timeline<Bool>] = [:]
    public internal(set) var deceased = Timeline<Bool>()
    public internal(set) var conditions: [ClinicalCondition: Timeline<Bool>] = [:]
    public internal(set) var symptoms: [Symptom: Timeline<Bool>] = [:]
    public internal(set) var bleeding: [BleedingSource: Timeline<Bool>] = [:]
    public internal(set) var planned: [PlannedEvent: Timeline<CalendarDate?>] = [:]
    /// Every one of them, by its start.
    public internal(set) var cancerInfusions = Timeline<CancerInfusion>()
    public internal(set) var happened: [PastEvent: Timeline<CalendarDate?>] = [:]
    public internal(set) var tested: [NamedTest: Timeline<CalendarDate?>] = [:]
    public init() {}

    mutating func insert(_ fact: ClinicalFact, at: Instant, version: EventVersion) {
        switch fact {
        case .infection(let active):
            infection.insert(Kept(active, effectiveAt: at, version: version))
        case .pregnancy(let status):
            pregnancy.insert(Kept(status, effectiveAt: at, version: version))
        case .ironAllergy(let allergy):
            ironAllergies.insert(Kept(allergy, effectiveAt: at, version: version))
        case .knownIronOverload(let known):
            knownIronOverload.insert(Kept(known, effectiveAt: at, version: version))
        case .hypophosphatemiaRisk(let present):
            hypophosphatemiaRisk.insert(Kept(present, effectiveAt: at, version: version))
        case .cardiovascularDisease(let present):
            cardiovascularDisease.insert(Kept(present, effectiveAt: at, version: version))
        case .therapy(let therapy, let active):
            therapies[therapy, default: Timeline()].insert(
                Kept(active, effectiveAt: at, version: version))
        case .deceased(let deceased):
            self.deceased.insert(Kept(deceased, effectiveAt: at, version: version))
        case .condition(let condition, let present):
            conditions[condition, default: Timeline()].insert(
                Kept(present, effectiveAt: at, version: version))
        case .symptom(let symptom, let present):
            symptoms[symptom, default: Timeline()].insert(
                Kept(present, effectiveAt: at, version: version))
        case .bleeding(let source, let active):
            bleeding[source, default: Timeline()].insert(
                Kept(active, effectiveAt: at, version: version))
        case .planned(let event, let date):
            planned[event, default: Timeline()].insert(
                Kept(date, effectiveAt: at, version: version))
        case .cancerInfusion(let infusion):
            cancerInfusions.insert(Kept(infusion, effectiveAt: at, version: version))
        case .happened(let event, let date):
            happened[event, default: Timeline()].insert(
                Kept(date, effectiveAt: at, version: version))
        case .tested(let test, let date):
            tested[test, default: Timeline()].insert(
                Kept(date, effectiveAt: at, version: version))
        }
    }
}
