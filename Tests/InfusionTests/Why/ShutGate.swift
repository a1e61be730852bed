import Foundation
import Infusion
import Testing

/// A gate that is shut, and the first new fact that would open it.
struct ShutGate: Sendable, CustomTestStringConvertible {
    let gate: Gate
    /// What it is shut by.
    let by: String
    let code: NewFact.Code
    let what: String
    /// `nil` where the fact has none.
    let value: String?
    var dose: Decimal?
    var at = "2026-03-02 12:00"
    let story: @Sendable () -> Story

    var testDescription: String { "\(gate.rawValue), \(by)" }

    /// One for each gate and each of the ways in which it shuts, every fact worked out by hand.
    static let all: [ShutGate] = iron + days + circumstances + reactions

    private static let iron: [ShutGate] = [
        ShutGate(
            gate: .overload, by: "ferritin 900", code: .result, what: "ferritin", value: "800",
            story: { ordered(iron: 900, saturation: 15) }),
        ShutGate(
            gate: .overload, by: "known overload", code: .answer, what: "known-iron-overload",
            value: "false", story: { ordered([.knownIronOverload(true)]) }),
        // 100 is still sequestration.
        ShutGate(
            gate: .sequestration, by: "ferritin 150 with inflammation", code: .result,
            what: "ferritin", value: "99",
            story: { ordered(iron: 150, saturation: 15, protein: 40) }),
        ShutGate(
            gate: .metastaticBreastCancer, by: "replete iron", code: .result, what: "ferritin",
            value: "100", story: { ordered(in: .metastaticBreastCancer, iron: 300, saturation: 25) }
        ),
        ShutGate(
            gate: .heartFailureInformation, by: "ferritin 150", code: .result, what: "ferritin",
            value: "99", story: { inHeartFailure(iron: 150, saturation: 15) }),
        ShutGate(
            gate: .heartFailureHemoglobin, by: "a haemoglobin that rose to 15.2", code: .result,
            what: "hemoglobin", value: "14.9",
            story: {
                var story = inHeartFailure(iron: 60, saturation: 15)
                story.lab(.hemoglobin, decimal("15.2"), on: "2026-03-02 10:00")
                return story
            }),
    ]

    private static let days: [ShutGate] = [
        ShutGate(
            gate: .cumulativeDose, by: "1,000 mg three days ago", code: .date, what: "date",
            value: "2026-03-09", at: "2026-03-05 12:00",
            story: {
                given(.rome) {
                    $0.patient(on: "2026-03-02")
                    $0.ordered(
                        product: "ferinject", row: "FCM-EU-inf", prescribed: [1000, 1000],
                        method: .simplifiedTable, on: "2026-03-02")
                    $0.dose(1, 1000, on: "2026-03-02")
                }
            }),
        ShutGate(
            gate: .cumulativeDose, by: "a dose above the course", code: .override, what: "G-CUM",
            value: nil, dose: 1600, story: { ordered() }),
        ShutGate(
            gate: .magneticResonance, by: "imaging in a month", code: .answer,
            what: "planned-mri", value: "none",
            story: {
                ordered(
                    [.planned(.magneticResonanceImaging, on: date("2026-04-01"))],
                    product: "feraheme", row: "FMX-US", doses: [510, 510])
            }),
        ShutGate(
            gate: .chemotherapySpacing, by: "chemotherapy until a quarter of an hour before",
            code: .date, what: "date", value: "2026-03-03",
            story: {
                ordered(
                    [treatment("2026-03-02 11:00", "2026-03-02 11:45")], product: "feraheme",
                    row: "FMX-US", doses: [510, 510])
            }),
        ShutGate(
            gate: .cardiotoxicChemotherapy, by: "an anthracycline in the afternoon", code: .date,
            what: "date", value: "2026-03-03",
            story: { ordered([treatment("2026-03-02 14:00", "2026-03-02 15:00", true)]) }),
        ShutGate(
            gate: .cardiotoxicChemotherapy, by: "one of three days", code: .date, what: "date",
            value: "2026-03-05",
            story: {
                ordered([
                    treatment("2026-03-02 14:00", "2026-03-02 15:00", true),
                    treatment("2026-03-03 14:00", "2026-03-03 15:00", true),
                    treatment("2026-03-04 14:00", "2026-03-04 15:00", true),
                ])
            }),
    ]

    private static let circumstances: [ShutGate] = [
        ShutGate(
            gate: .erythropoiesisStimulation, by: "curative intent", code: .answer,
            what: "curativeIntent", value: "false",
            story: {
                ordered(
                    [
                        .therapy(.erythropoiesisStimulatingAgent, active: true),
                        .therapy(.chemotherapy, active: true),
                        .condition(.curativeIntent, present: true),
                        .condition(.thromboembolismRisk, present: false),
                    ], in: .oncology)
            }),
        ShutGate(
            gate: .erythropoiesisStimulation, by: "a haemoglobin of 11", code: .answer,
            what: "erythropoiesisStimulatingAgent", value: "false",
            story: {
                var story = ordered(
                    [
                        .therapy(.erythropoiesisStimulatingAgent, active: true),
                        .therapy(.chemotherapy, active: true),
                        .condition(.curativeIntent, present: false),
                    ], in: .oncology)
                story.lab(.hemoglobin, 11, on: "2026-03-02 10:00")
                return story
            }),
        ShutGate(
            gate: .liver, by: "decompensated liver disease", code: .answer,
            what: "decompensatedLiverDisease", value: "false",
            story: { monofer([.condition(.decompensatedLiverDisease, present: true)]) }),
        ShutGate(
            gate: .liver, by: "porphyria with raised transaminases", code: .answer,
            what: "porphyriaWithRaisedTransaminases", value: "false",
            story: {
                monofer([
                    .condition(.decompensatedLiverDisease, present: false),
                    .condition(.porphyriaWithRaisedTransaminases, present: true),
                ])
            }),
        ShutGate(
            gate: .aceInhibitor, by: "an ACE inhibitor", code: .answer,
            what: "angiotensinConvertingEnzymeInhibitor", value: "false",
            story: {
                ordered(
                    [.therapy(.angiotensinConvertingEnzymeInhibitor, active: true)],
                    product: "infed", row: "LMWID-US", doses: [100, 100], method: .ganzoni)
            }),
    ]

    private static let reactions: [ShutGate] = [
        ShutGate(
            gate: .phosphateSymptoms, by: "bone pain", code: .answer, what: "bonePain",
            value: "false", at: "2026-03-09 12:00", story: { aching([.bonePain]) }),
        ShutGate(
            gate: .phosphateSymptoms, by: "two symptoms", code: .result, what: "phosphate",
            value: "2.5", at: "2026-03-09 12:00", story: { aching([.bonePain, .weakness]) }),
        ShutGate(
            gate: .minorReaction, by: "a mild reaction a week ago", code: .override,
            what: "G-MINOR-RX", value: nil, at: "2026-03-09 12:00",
            story: {
                var story = treated()
                story.does(
                    .logReaction(
                        Act.reaction(1, .fishbane, .ctcae(1)),
                        at: story.clinic.at("2026-03-02 10:31")), at: "2026-03-02 10:31")
                return story
            }),
    ]

    // MARK: Patients

    private static let day = "2026-03-02"

    /// A man with iron deficiency, or with the iron that is named, and an order.
    private static func ordered(
        _ facts: [ClinicalFact] = [], in context: ClinicalContext = .general,
        iron ferritin: Decimal = 12, saturation: Decimal = 8, protein: Decimal = 2,
        product: String = "injectafer", row: String = "FCM-US-2",
        doses: [Decimal] = [750, 750], method: NeedMethod = .labelCourse,
        hemoglobin: Decimal = 9, clinic: Clinic = .newYork
    ) -> Story {
        given(clinic) { story in
            story.register(on: day)
            story.has([context], [.infection(active: false)] + facts, on: day)
            story.weighs(80, on: day)
            story.lab(.hemoglobin, hemoglobin, on: day)
            story.lab(.ferritin, ferritin, on: day)
            story.lab(.transferrinSaturation, saturation, on: day)
            story.lab(.cReactiveProtein, protein, on: day)
            story.ordered(
                product: product, row: row, indication: context, prescribed: doses,
                method: method, on: day)
        }
    }

    private static func inHeartFailure(iron ferritin: Decimal, saturation: Decimal) -> Story {
        ordered(
            in: .heartFailure, iron: ferritin, saturation: saturation, row: "FCM-US-HF",
            doses: [1000, 500], method: .heartFailureTable, hemoglobin: 12)
    }

    private static func monofer(_ facts: [ClinicalFact]) -> Story {
        ordered(
            facts, product: "monofer", row: "FDI-EU", doses: [1000], method: .simplifiedTable,
            clinic: .rome)
    }

    /// The first of two doses of ferric carboxymaltose was given.
    private static func treated() -> Story {
        var story = ordered()
        story.dose(1, 750, on: day)
        return story
    }

    private static func aching(_ symptoms: [Symptom]) -> Story {
        var story = treated()
        story.has([.general], symptoms.map { .symptom($0, present: true) }, on: "2026-03-05")
        return story
    }

    /// An infusion of cancer treatment, in New York's time.
    private static func treatment(
        _ start: String, _ end: String, _ isCardiotoxic: Bool = false
    ) -> ClinicalFact {
        .cancerInfusion(
            CancerInfusion(
                start: Clinic.newYork.at(start), end: Clinic.newYork.at(end),
                cardiotoxic: isCardiotoxic))
    }
}
