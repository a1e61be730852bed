import Foundation
import Infusion

extension GoldenEvents {
    private static let identity = Identity(
        name: PersonName(family: "Müller-Łuczak", given: ["Anna", "Zoë"]),
        birthDate: date("1984-02-29"),
        identifiers: [
            PatientIdentifier(system: "urn:oid:2.16.840.1.113883.4.1", value: "MRN-0042"),
            PatientIdentifier(system: "https://clinic.example/mrn", value: "77 12"),
        ])

    static let patient: [(name: String, fact: PatientFact)] = [
        (
            "patient-registered.v1",
            .patientRegistered(
                PatientRegistered(
                    patient: Fixtures.patient, identity: .present(identity), gender: .female,
                    site: SiteID("milano-1")))
        ),
        (
            "identity-corrected.v1",
            .identityCorrected(IdentityCorrected(identity: .present(identity), gender: .unknown))
        ),
        ("patient-erased.v1", .patientErased(.patientRequest)),
        ("weight-recorded.v1", .weightRecorded(Kilograms(decimal("70.5")))),
        ("height-recorded.v1", .heightRecorded(Centimeters(168))),
        (
            "clinical-context-set.v1",
            .clinicalContextSet([.oncology, .heartFailure, .preOperative])
        ),
        ("clinical-context-set.v1-none", .clinicalContextSet([])),
        ("transfusion-recorded.v1", .transfusionRecorded(Transfusion(id: id(1), units: 2))),
        ("clinical-fact-recorded.v1", .clinicalFactRecorded(.infection(active: true))),
        (
            "clinical-fact-recorded.v1-pregnant",
            .clinicalFactRecorded(.pregnancy(.pregnant(estimatedDueDate: date("2027-03-01"))))
        ),
        (
            "clinical-fact-recorded.v1-pregnant-undated",
            .clinicalFactRecorded(.pregnancy(.pregnant(estimatedDueDate: nil)))
        ),
        ("clinical-fact-recorded.v1-not-pregnant", .clinicalFactRecorded(.pregnancy(.notPregnant))),
        (
            "clinical-fact-recorded.v1-pregnancy-unknown",
            .clinicalFactRecorded(.pregnancy(.unknown))
        ),
        (
            "clinical-fact-recorded.v1-iron-allergy",
            .clinicalFactRecorded(.ironAllergy(IronAllergy(moiety: .ironDextran, serious: true)))
        ),
        (
            "clinical-fact-recorded.v1-iron-allergy-any",
            .clinicalFactRecorded(.ironAllergy(IronAllergy(moiety: nil, serious: false)))
        ),
        (
            "clinical-fact-recorded.v1-iron-overload",
            .clinicalFactRecorded(.knownIronOverload(true))
        ),
        (
            "clinical-fact-recorded.v1-phosphate-risk",
            .clinicalFactRecorded(.hypophosphatemiaRisk(present: true))
        ),
        ("clinical-fact-recorded.v1-heart", .clinicalFactRecorded(.cardiovascularDisease(false))),
        (
            "clinical-fact-recorded.v1-therapy",
            .clinicalFactRecorded(.therapy(.erythropoiesisStimulatingAgent, active: true))
        ),
        ("clinical-fact-recorded.v1-deceased", .clinicalFactRecorded(.deceased(true))),
        (
            "clinical-fact-recorded.v1-condition",
            .clinicalFactRecorded(.condition(.porphyriaWithRaisedTransaminases, present: true))
        ),
        (
            "clinical-fact-recorded.v1-symptom",
            .clinicalFactRecorded(.symptom(.restlessLegs, present: true))
        ),
        (
            "clinical-fact-recorded.v1-bleeding",
            .clinicalFactRecorded(.bleeding(.gastrointestinal, active: false))
        ),
        (
            "clinical-fact-recorded.v1-planned",
            .clinicalFactRecorded(
                .planned(.magneticResonanceImaging, on: CalendarDate(dayNumber: 20_530)))
        ),
        (
            "clinical-fact-recorded.v1-planned-no-more",
            .clinicalFactRecorded(.planned(.surgery, on: nil))
        ),
        (
            "clinical-fact-recorded.v1-cancer-infusion",
            .clinicalFactRecorded(
                .cancerInfusion(
                    CancerInfusion(
                        start: Instant(microsecondsSinceUnixEpoch: 1_772_442_000_000_000),
                        end: Instant(microsecondsSinceUnixEpoch: 1_772_449_200_000_000),
                        cardiotoxic: true)))
        ),
        (
            "clinical-fact-recorded.v1-happened",
            .clinicalFactRecorded(
                .happened(.heartFailureAdmission, on: CalendarDate(dayNumber: 20_530)))
        ),
        (
            "clinical-fact-recorded.v1-happened-not",
            .clinicalFactRecorded(.happened(.heartFailureAdmission, on: nil))
        ),
        (
            "clinical-fact-recorded.v1-tested",
            .clinicalFactRecorded(.tested(.peripheralSmear, on: CalendarDate(dayNumber: 20_530)))
        ),
        (
            "clinical-fact-recorded.v1-tested-not",
            .clinicalFactRecorded(.tested(.hemoglobinElectrophoresis, on: nil))
        ),
    ]

    static let laboratory: [(name: String, fact: PatientFact)] = [
        (
            "lab-recorded.v1",
            .labRecorded(
                LabResult(
                    id: id(2), analyte: .hemoglobin,
                    value: LabValue(
                        comparator: nil, reported: 102, reportedUnit: "g/L",
                        canonical: decimal("10.2")),
                    collectedAt: instant(-60), status: .final, referenceLow: decimal("12"),
                    source: SourceIdentifier(
                        system: "https://lab.example/results", value: "H/2026/1"))
            )
        ),
        (
            "lab-recorded.v1-minimal",
            .labRecorded(
                LabResult(
                    id: id(3), analyte: .ferritin,
                    value: LabValue(
                        comparator: .lessThan, reported: 15, reportedUnit: "ug/L", canonical: 15),
                    collectedAt: instant(-60), status: .preliminary, referenceLow: nil, source: nil)
            )
        ),
        (
            "lab-corrected.v1",
            .labCorrected(
                LabCorrected(
                    result: id(2),
                    value: LabValue(
                        comparator: nil, reported: decimal("10.4"), reportedUnit: "g/dL",
                        canonical: decimal("10.4")),
                    status: .corrected, collectedAt: instant(-60)))
        ),
        (
            "lab-retracted.v1",
            .labRetracted(LabRetracted(result: id(3), reason: .wrongPatient))
        ),
    ]
}
