/// How a course of iron was answered, and where it was not, what may be why (clinical facts §7; SEED-B).
public struct ResponseAssessment: Hashable, Sendable {
    public let order: OrderID
    /// The clinic-local date of the last milligram of the course: everything counts from it.
    public let lastDose: CalendarDate
    /// From then to the date asked about.
    public let days: Int
    public let level: ResponseLevel
    /// Before day 42 no level is final.
    public let isProvisional: Bool
    /// Haemoglobin up by 1.0 g/dL or more within two to four weeks: a sign and no verdict.
    public let isEarlyTrend: Bool
    /// Ferritin and saturation filled up, by results of day 28 and later; `nil` where they are missing.
    public let isIronReplete: Bool?
    /// What the level rests on.
    public let predicates: [Predicate]
    /// In the order of R-30; several may be true at once.
    public let verdicts: [ResponseVerdict]
    /// What somebody would have to measure for the rest to be told; in the order of ``Analyte``.
    public let missing: [Analyte]
    /// What a haematologist will ask for and nobody has told as done; in the order of ``NamedTest``.
    public let missingTests: [NamedTest]

    public init(
        order: OrderID, lastDose: CalendarDate, days: Int, level: ResponseLevel,
        isProvisional: Bool, isEarlyTrend: Bool, isIronReplete: Bool?, predicates: [Predicate],
        verdicts: [ResponseVerdict], missing: [Analyte], missingTests: [NamedTest] = []
    ) {
        self.order = order
        self.lastDose = lastDose
        self.days = days
        self.level = level
        self.isProvisional = isProvisional
        self.isEarlyTrend = isEarlyTrend
        self.isIronReplete = isIronReplete
        self.predicates = predicates
        self.verdicts = verdicts
        self.missing = missing
        self.missingTests = missingTests
    }
}

/// Facts §7.1, R-31.
public enum ResponseLevel: String, Hashable, Sendable, CaseIterable {
    /// Up by 2.0 g/dL or more, or normal for the context.
    case responder
    /// Up by 1.0 to below 2.0.
    case partial
    /// Up by less than 1.0, from day 42 on.
    case nonResponder
    /// Up by less than 0.5 on days 28 to 41.
    case pending
    /// No haemoglobin of day 28 or later yet.
    case tooEarly
    /// A transfusion, an ESA, a bleed or a missing baseline stands between the two values.
    case notAssessable
}

/// The rows of facts §7.2, in the order in which R-30 asks them.
public enum ResponseCause: String, Hashable, Sendable, CaseIterable {
    /// Row 11.
    case severeSymptomatic
    /// Row 2.
    case hypophosphatemia
    /// haemoglobin 1.0 g/dL or more below the baseline or the peak.
    case acuteLoss
    /// Row 1.
    case tooEarly
    /// Row 3.
    case inadequateDose
    /// Row 4.
    case ongoingLoss
    /// Row 5.
    case inflammation
    /// Row 6.
    case kidneyDisease
    /// Row 7.
    case vitaminDeficiency
    /// Row 8.
    case marrowOrTreatment
    /// Row 9.
    case misdiagnosis
    /// Row 10: stands beside any row whose inputs are missing.
    case needsData
}

/// One reason, with what it rests on and what comes next.
public struct ResponseVerdict: Hashable, Sendable {
    public let cause: ResponseCause
    public let predicates: [Predicate]
    /// A stable code: `check-phosphate-and-another-product`, …
    public let nextStep: String
    /// Whether it speaks for more iron; inflammation takes that back.
    public let proposesIron: Bool
    /// The tests that its row names and nobody has told as done; in the order of ``NamedTest``.
    public let tests: [NamedTest]

    public init(
        cause: ResponseCause, predicates: [Predicate], nextStep: String, proposesIron: Bool = false,
        tests: [NamedTest] = []
    ) {
        self.cause = cause
        self.predicates = predicates
        self.nextStep = nextStep
        self.proposesIron = proposesIron
        self.tests = tests
    }
}

extension ResponseCause {
    /// The tests that the row names besides the analytes that it reads (facts §7.2; SEED-B).
    public var tests: [NamedTest] {
        switch self {
        case .ongoingLoss:
            [.fecalImmunochemicalTest, .gastrointestinalEndoscopy, .celiacSerology]
        case .inflammation: [.hepcidin, .solubleTransferrinReceptor, .autoimmuneSerology]
        case .marrowOrTreatment: [.reticulocyteCount]
        case .misdiagnosis:
            [
                .peripheralSmear, .hemoglobinElectrophoresis, .reticulocyteCount,
                .lactateDehydrogenase, .haptoglobin,
            ]
        case .severeSymptomatic, .hypophosphatemia, .acuteLoss, .tooEarly, .inadequateDose,
            .kidneyDisease, .vitaminDeficiency, .needsData:
            []
        }
    }

    /// Whether its tests are data that the row has to have (facts §7.2, "exact data needed"), and not what
    /// may help to find the source.
    var needsTests: Bool {
        switch self {
        case .marrowOrTreatment, .misdiagnosis: true
        case .ongoingLoss, .inflammation, .severeSymptomatic, .hypophosphatemia, .acuteLoss,
            .tooEarly, .inadequateDose, .kidneyDisease, .vitaminDeficiency, .needsData:
            false
        }
    }
}
