import Foundation
import Infusion
import Testing

@Suite struct `Registering a patient` {
    let nobody = given()
    let somebody = given { $0.register(on: "2026-03-01") }

    @Test func `a new patient is registered once`() {
        nobody.when(Act.register(), at: "2026-03-01").then([
            .patientRegistered(
                PatientRegistered(
                    patient: id(1), identity: .present(Act.person), gender: .male,
                    site: SiteID("north")))
        ])
        somebody.when(Act.register(), at: "2026-03-02").refused(.patientAlreadyRegistered)
    }

    @Test func `nothing is decided about a stranger`() {
        nobody.when(.correctIdentity(Act.person, .male), at: "2026-03-01")
            .refused(.patientNotRegistered)
        nobody.when(.recordLabs([]), at: "2026-03-01").refused(.patientNotRegistered)
        nobody.when(.cancelOrder(id(1), reason: .patientRequest), at: "2026-03-01")
            .refused(.patientNotRegistered)
    }

    @Test func `a corrected identity restates the whole of it, and the same one is no news`() {
        let other = Identity(
            name: PersonName(family: "Rossi", given: ["Ada", "M."]), birthDate: date("1971-05-17"),
            identifiers: [])
        somebody.when(.correctIdentity(other, .female), at: "2026-03-02").then([
            .identityCorrected(IdentityCorrected(identity: .present(other), gender: .female))
        ])
        somebody.when(.correctIdentity(Act.person, .male), at: "2026-03-02").thenNothing()
    }

    @Test(arguments: [
        ("", "1970-05-17", "identity.name.family"),
        (String(repeating: "x", count: 201), "1970-05-17", "identity.name.family"),
        ("Ros\u{0}si", "1970-05-17", "identity.name.family"),
        ("Ros\u{1B}si", "1970-05-17", "identity.name.family"),
        ("Rossi", "1895-03-01", "identity.birthDate"),
    ])
    func `an impossible identity is refused`(_ family: String, _ born: String, _ field: String) {
        let identity = Identity(
            name: PersonName(family: family, given: []), birthDate: date(born), identifiers: [])
        somebody.when(.correctIdentity(identity, .male), at: "2026-03-02").refused(field: field)
    }

    @Test func `nobody is born tomorrow`() {
        let identity = Identity(
            name: Act.person.name, birthDate: date("2026-03-03"), identifiers: [])
        somebody.when(.correctIdentity(identity, .male), at: "2026-03-02")
            .refused(.inTheFuture(field: "identity.birthDate"))
    }

    @Test func `an identifier is not told twice, and never empty`() {
        let one = PatientIdentifier(system: "urn:x", value: "1")
        func with(_ identifiers: [PatientIdentifier]) -> PatientCommand {
            .correctIdentity(
                Identity(
                    name: Act.person.name, birthDate: Act.person.birthDate, identifiers: identifiers
                ),
                .male)
        }
        somebody.when(with([one, one]), at: "2026-03-02")
            .refused(.duplicateIdentifier(field: "identity.identifiers"))
        somebody.when(with([PatientIdentifier(system: "urn:x", value: " ")]), at: "2026-03-02")
            .refused(field: "identity.identifiers[0].value")
        let many = (1...21).map { PatientIdentifier(system: "urn:x", value: "\($0)") }
        somebody.when(with(many), at: "2026-03-02").refused(field: "identity.identifiers")
    }

    @Test(arguments: ["", "North", "a b", String(repeating: "a", count: 65)])
    func `a site has a site's name`(_ name: String) {
        nobody.when(
            .registerPatient(
                RegisterPatient(
                    patient: id(1), identity: Act.person, gender: .female, site: SiteID(name))),
            at: "2026-03-01"
        ).refused(field: "site")
    }
}

@Suite struct `Measurements, contexts and facts` {
    let patient = given { $0.register(on: "2026-03-01") }
    var noon: Instant { patient.clinic.at("2026-03-02") }

    @Test func `weight and height are kept with the time they were taken`() {
        patient.when(
            .recordMeasurements(weight: Kilograms(80), height: Centimeters(180), at: noon),
            at: "2026-03-02 12:01"
        ).then([.weightRecorded(Kilograms(80)), .heightRecorded(Centimeters(180))])
    }

    @Test func `an impossible measurement is refused`() {
        func measure(_ weight: Decimal?, _ height: Decimal?) -> PatientCommand {
            .recordMeasurements(
                weight: weight.map { Kilograms($0) }, height: height.map { Centimeters($0) },
                at: noon)
        }
        let now = "2026-03-02 12:01"
        patient.when(measure(nil, nil), at: now).refused(field: "measurements")
        patient.when(measure(decimal("1.9"), nil), at: now).refused(field: "weight")
        patient.when(measure(decimal("350.1"), nil), at: now).refused(field: "weight")
        patient.when(measure(nil, 39), at: now).refused(field: "height")
        patient.when(measure(nil, 251), at: now).refused(field: "height")
        patient.when(measure(80, nil), at: "2026-03-02 11:54")
            .refused(.inTheFuture(field: "at"))
        patient.when(measure(80, nil), at: "2026-03-02 11:55").accepted()
    }

    @Test func `the same of the same moment is no news`() {
        let facts: [ClinicalFact] = [.infection(active: false), .knownIronOverload(false)]
        let set = PatientCommand.setClinicalContext([.oncology], facts: facts, at: noon)
        var story = patient
        story.does(set, at: "2026-03-02")
        story.when(set, at: "2026-03-03").thenNothing()
    }

    @Test func `the same of another moment is news, so that nothing told late outlives it`() {
        func known(
            _ overload: Bool, _ day: String, signOff: GivenSignOff? = nil
        ) -> PatientCommand {
            .setClinicalContext(
                [.general], facts: [.knownIronOverload(overload)], at: patient.clinic.at(day),
                signOff: signOff)
        }
        var story = patient
        story.does(known(true, "2026-03-02"), at: "2026-03-02")
        story.when(known(true, "2026-03-06"), at: "2026-03-06").then([
            .clinicalContextSet([.general]), .clinicalFactRecorded(.knownIronOverload(true)),
        ])
        story.does(known(true, "2026-03-06"), at: "2026-03-06")
        story.does(known(false, "2026-03-04", signOff: Act.signOff()), at: "2026-03-07")
        let facts = story.state.facts.knownIronOverload
        #expect(facts.at(patient.clinic.at("2026-03-05"))?.value == false)
        #expect(facts.latest?.value == true)
    }

    @Test func `contexts and facts do not contradict each other`() {
        func set(_ contexts: Set<ClinicalContext>, _ facts: [ClinicalFact]) -> PatientCommand {
            .setClinicalContext(contexts, facts: facts, at: noon)
        }
        let now = "2026-03-02"
        patient.when(set([.ckdNonDialysis, .ckdHemodialysis], []), at: now).refused(
            field: "contexts")
        patient.when(set([.ibdActive, .ibdInactive], []), at: now).refused(field: "contexts")
        patient.when(
            set([], [.infection(active: true), .infection(active: false)]), at: now
        ).refused(field: "facts[1]")
        patient.when(
            set([], [.therapy(.oralIron, active: true), .therapy(.oralIron, active: false)]),
            at: now
        ).refused(field: "facts[1]")
        patient.when(
            set([], Array(repeating: .infection(active: false), count: 51)), at: now
        ).refused(field: "facts")
    }

    @Test func `a due date lies within a pregnancy's length`() {
        func due(_ text: String) -> PatientCommand {
            .setClinicalContext(
                [.pregnancy],
                facts: [.pregnancy(.pregnant(estimatedDueDate: date(text)))], at: noon)
        }
        patient.when(due("2026-12-28"), at: "2026-03-02").refused(
            field: "facts[0].estimatedDueDate")
        patient.when(due("2026-12-27"), at: "2026-03-02").accepted()
        patient.when(due("2026-01-18"), at: "2026-03-02").refused(
            field: "facts[0].estimatedDueDate")
    }

    @Test func `when a patient has died the bookings are given back and everything due stops`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
        story.does(
            .bookAppointment(id(9), order: id(1), slot: Act.slot(story.clinic.at("2026-03-10"))),
            at: "2026-03-03")
        let died = story.when(
            .setClinicalContext(
                [.general], facts: [.deceased(true)], at: story.clinic.at("2026-03-04")),
            at: "2026-03-04")
        died.then([
            .clinicalContextSet([.general]), .clinicalFactRecorded(.deceased(true)),
            .appointmentCancelled(id(9), reason: .noLongerNeeded),
        ])
        #expect(Set(died.closed.map(\.reason)) == [.noLongerNeeded])
        #expect(died.after.openRechecks.isEmpty)
        story.does(
            .setClinicalContext(
                [.general], facts: [.deceased(true)], at: story.clinic.at("2026-03-04")),
            at: "2026-03-04")
        story.when(Act.start(2, 750, at: story.clinic.at("2026-03-09")), at: "2026-03-09")
            .refused(.patientDeceased)
        story.when(Act.order(2, signed: story.clinic.at("2026-03-09")), at: "2026-03-09")
            .refused(.patientDeceased)
    }
}
