import Infusion

extension GoldenEvents {
    static let merges: [(name: String, fact: PatientFact)] = [
        (
            "patient-merged.v1",
            .patientMerged(PatientMerged(patient: id(1), version: EventVersion(41)))
        ),
        (
            "history-carried.v1",
            .historyCarried(
                CarriedFact(
                    source: id(1), version: EventVersion(17),
                    fact: .reactionRegraded(id(8), to: .ctcae(3))))
        ),
        (
            "history-carried.v1-weight",
            .historyCarried(
                CarriedFact(
                    source: id(1), version: EventVersion(2),
                    fact: .weightRecorded(Kilograms(decimal("70.5")))))
        ),
        ("patient-merged-into.v1", .patientMergedInto(Fixtures.patient)),
        ("patient-unmerged.v1", .patientUnmerged(id(1), reason: .differentPersons)),
        (
            "patient-unmerged-from.v1",
            .patientUnmergedFrom(Fixtures.patient, reason: .enteredInError)
        ),
        (
            "record-attributed.v1",
            .recordAttributed(
                RecordAttribution(patient: id(1), event: EventVersion(52), owner: .otherPatient))
        ),
    ]
}
