import Foundation
import Infusion
import Testing

/// What would open a gate, or shut it: named by trying it, and true when it is told by a real command.
@Suite struct `What would open or shut a gate` {
    private static let day = "2026-03-02"
    private static let time = "2026-03-02 12:00"

    /// A man with an order for ferric carboxymaltose, seen at the chair.
    private func seen(_ facts: [ClinicalFact] = []) -> Story {
        given {
            $0.patient(facts: facts, on: Self.day)
            $0.ordered(on: Self.day)
            $0.check(at: $0.clinic.at(Self.time), in: $0.clinic.at(Self.time))
        }
    }

    @Test func `every gate has an answer, shut or not`() throws {
        let story = seen([.condition(.atopy, present: true)])
        let review = try story.review(at: Self.time)
        let now = story.clinic.at(Self.time)
        let changes = try review.wouldChange(
            at: now, given: story.state, in: story.clinic.context(now: now))
        #expect(Set(changes.keys) == Set(review.findings.map(\.gate)))
        #expect(Set(review.findings.map(\.isShut)) == [true, false])
    }

    @Test func `the first fact that is named shuts a gate that lets the dose pass`() throws {
        let story = seen([.condition(.atopy, present: false)])
        let review = try story.review(at: Self.time)
        var named: [Gate: String] = [:]
        for finding in review.findings where !finding.isShut {
            guard let fact = try story.change(finding.gate, at: Self.time)?.fact else { continue }
            #expect(!fact.sentence.isEmpty)
            named[finding.gate] = fact.what
            if fact.code == .panel { continue }
            var told = story
            let then = try told.tells(fact, at: Self.time)
            let after = try told.review(dose: review.dose.value, at: then)
            #expect(
                after.findings.first { $0.gate == finding.gate }?.isShut == true,
                "\(finding.gate.rawValue): \(fact.sentence)")
        }
        let expected: [Gate: String] = [
            .infection: "active-infection", .overload: "known-iron-overload", .atopy: "atopy",
            .anaphylaxisSameProduct: "serious-iron-allergy",
            .cardiotoxicChemotherapy: "cancer-infusion",
            .transfusionSameDay: "transfusions-of-the-day", .transfusion: "hemoglobin",
            .vitals: "systolic", .staff: "staffed-for-anaphylaxis", .consent: "consent-recorded",
        ]
        for (gate, what) in expected { #expect(named[gate] == what, "\(gate.rawValue)") }
    }

    /// Nothing is told, and yet the haemoglobin of the plan grows old.
    @Test func `where no fact shuts a gate sooner, the day does`() throws {
        let story = seen()
        for finding in try story.review(at: Self.time).findings where !finding.isShut {
            guard let fact = try story.change(finding.gate, at: Self.time)?.fact,
                fact.code == .date
            else { continue }
            let dayBefore = fact.on.adding(days: -1)
            let before = try story.review(
                dose: try story.review(at: Self.time).dose.value, at: "\(dayBefore) 12:00")
            #expect(
                before.findings.first { $0.gate == finding.gate }?.isShut == false,
                "\(finding.gate.rawValue) is shut on \(dayBefore) already")
        }
    }

    @Test(arguments: ShutGate.all)
    func `the first fact that is named opens the gate`(_ shut: ShutGate) throws {
        let fact = try opens(
            shut.gate, by: shut.code, shut.story(), dose: shut.dose, at: shut.at)
        #expect(fact.what == shut.what)
        #expect(fact.value == shut.value)
    }

    @Test func `an answer opens the gates that ask`() throws {
        try opens(.infection, by: .answer, seen([.condition(.atopy, present: true)]).infected)
        try opens(.atopy, by: .answer, seen([.condition(.atopy, present: true)]))
        try opens(.oralIron, by: .answer, seen([.therapy(.oralIron, active: true)]))
        try opens(
            .immunocompromised, by: .answer, seen([.condition(.immunocompromised, present: true)]))
        try opens(
            .laterPregnancy, by: .answer,
            seen([.pregnancy(.pregnant(estimatedDueDate: date("2026-07-20")))]))
        let woman = given {
            $0.patient(.female, on: Self.day)
            $0.ordered(on: Self.day)
        }
        try opens(.firstTrimester, by: .answer, woman)
    }

    @Test func `a pregnancy without a date is dated, and one with a date waits`() throws {
        let undated = given {
            $0.patient(
                .female, facts: [.pregnancy(.pregnant(estimatedDueDate: nil))], on: Self.day)
            $0.ordered(on: Self.day)
        }
        try opens(.firstTrimester, by: .answer, undated)
        #expect(
            try undated.change(.firstTrimester, at: Self.time)?.fact?.what == "estimated-due-date")
        let early = given {
            $0.patient(
                .female,
                facts: [.pregnancy(.pregnant(estimatedDueDate: date("2026-09-30")))], on: Self.day)
            $0.ordered(on: Self.day)
        }
        try opens(.firstTrimester, by: .date, early)
    }

    @Test func `a pregnancy that only the context states is dated`() throws {
        let stated = given {
            $0.patient(.female, [.general, .pregnancy], on: Self.day)
            $0.ordered(on: Self.day)
        }
        try opens(.firstTrimester, by: .answer, stated)
        #expect(
            try stated.change(.firstTrimester, at: Self.time)?.fact?.what == "estimated-due-date")
    }

    @Test func `a look at the chair opens the gates of the day`() throws {
        let unseen = given {
            $0.patient(on: Self.day)
            $0.ordered(on: Self.day)
        }
        for gate in [Gate.vitals, .staff, .consent] {
            try opens(gate, by: .chairsideCheck, unseen)
        }
        var feverish = unseen
        let hot = VitalSigns(
            systolic: 120, diastolic: 75, heartRate: 72, respiratoryRate: 14, oxygenSaturation: 98,
            temperature: 39)
        feverish.does(
            .recordChairsideCheck(
                ChairsideCheck(vitals: hot, isStaffed: true, hasConsent: true),
                at: feverish.clinic.at(Self.time)), at: Self.time)
        let fact = try feverish.change(.vitals, at: "2026-03-02 12:30")?.fact
        #expect(fact?.what == "temperature")
        #expect(fact?.value == "37.9")
        #expect(fact?.threshold == "38")
    }

    @Test func `a weight of today opens the gate of weight`() throws {
        try opens(
            .weightAndAge, by: .measurement, seen(), at: "2026-04-20 12:00")
    }

    @Test func `a result just on the right side opens the gate that reads it`() throws {
        var low = seen()
        low.lab(.hemoglobin, decimal("6.5"), on: "2026-03-02 09:30")
        try opens(.transfusion, by: .result, low)
        let fact = try low.change(.transfusion, at: Self.time)?.fact
        #expect(fact?.value == "7")
        #expect(fact?.comparison == ">=")
        #expect(fact?.unit == "g/dL")
        var phosphate = seen()
        phosphate.lab(.phosphate, 2, on: "2026-03-02 09:30")
        try opens(.phosphate, by: .result, phosphate)
        #expect(try phosphate.change(.phosphate, at: Self.time)?.fact?.value == "2.5")
    }

    @Test func `a saturation that nobody has measured opens the diagnosis`() throws {
        let story = given {
            $0.register(on: Self.day)
            $0.has([.general], [.infection(active: false)], on: Self.day)
            $0.weighs(80, on: Self.day)
            $0.lab(.hemoglobin, 9, on: Self.day)
            $0.lab(.ferritin, 12, on: Self.day)
            $0.ordered(on: Self.day)
        }
        try opens(.diagnosis, by: .result, story)
        let fact = try story.change(.diagnosis, at: Self.time)?.fact
        #expect(fact?.analytes == [.transferrinSaturation])
    }

    private func ordered(_ labs: [(Analyte, Decimal)], sex: AdministrativeGender = .male) -> Story {
        given { story in
            story.register(sex, on: Self.day)
            story.has([.general], [.infection(active: false)], on: Self.day)
            story.weighs(80, on: Self.day)
            for (analyte, value) in labs { story.lab(analyte, value, on: Self.day) }
            story.ordered(on: Self.day)
        }
    }

    /// Ferritin 29, saturation 19: absolute (facts §3). Without C-reactive protein, which `general` does not ask for.
    @Test(arguments: [Gate.diagnosis, .overload])
    func `where nothing was drawn, the smallest panel opens, and no override is advised`(
        _ gate: Gate
    ) throws {
        let story = ordered([])
        let fact = try opens(gate, by: .panel, story)
        let both: [Analyte] = [.ferritin, .transferrinSaturation]
        #expect(fact.analytes == (gate == .diagnosis ? both + [.hemoglobin] : both))
        #expect(fact.value?.hasPrefix("ferritin 29 ng/mL, transferrin-saturation 19 %") == true)
        #expect(
            fact.sentence.hasPrefix("Collected on \(Self.day), of one specimen: ferritin 29 ng/mL"))
    }

    @Test func `of two results that are missing both are named, and no third`() throws {
        let fact = try opens(.diagnosis, by: .panel, ordered([(.hemoglobin, 9)]))
        #expect(fact.analytes == [.ferritin, .transferrinSaturation])
    }

    /// Ferritin 50 with saturation 15 waits for C-reactive protein (facts §3, R-12).
    @Test func `a missing C-reactive protein comes before another ferritin`() throws {
        let story = ordered([(.hemoglobin, 9), (.ferritin, 50), (.transferrinSaturation, 15)])
        let fact = try opens(.diagnosis, by: .result, story)
        #expect(fact.analytes == [.cReactiveProtein])
        #expect(fact.value == "5.1")
        #expect(fact.comparison == ">")
    }

    @Test func `results that are too old are drawn again`() throws {
        let story = ordered([
            (.hemoglobin, 9), (.ferritin, 50), (.transferrinSaturation, 15),
            (.cReactiveProtein, 12),
        ])
        let fact = try opens(.diagnosis, by: .panel, story, at: "2026-05-11 12:00")
        #expect(
            fact.analytes == [
                .ferritin, .transferrinSaturation, .hemoglobin, .cReactiveProtein,
            ])
        #expect(fact.value?.hasPrefix("ferritin 50 ng/mL, transferrin-saturation 15 %") == true)
    }

    /// Neither alone: 900 is above the ceiling, and 50 % beside any ferritin of 100 or more shuts.
    @Test func `two results that are known may both have to be new`() throws {
        let story = ordered([
            (.hemoglobin, 9), (.ferritin, 900), (.transferrinSaturation, 50),
            (.cReactiveProtein, 2),
        ])
        let fact = try opens(.diagnosis, by: .panel, story)
        #expect(fact.analytes == [.ferritin, .transferrinSaturation, .hemoglobin])
    }

    /// A ferritin of 0 and one of 100,000 open this gate, and 300 does not: no value is any value.
    @Test func `replete iron is opened by a ferritin of today`() throws {
        let story = given {
            $0.register(on: Self.day)
            $0.has([.general], [.infection(active: false)], on: Self.day)
            $0.weighs(80, on: Self.day)
            $0.lab(.hemoglobin, 9, on: Self.day)
            $0.lab(.ferritin, 300, on: Self.day)
            $0.lab(.transferrinSaturation, 30, on: Self.day)
            $0.lab(.cReactiveProtein, 2, on: Self.day)
            $0.ordered(on: Self.day)
        }
        try opens(.notIronDeficiency, by: .result, story)
        try opens(.diagnosis, by: .result, story)
    }

    @Test func `a held order is released, and a cancelled one stays`() throws {
        var held = seen()
        held.does(.holdOrder(id(1), reason: .awaitingLabs), at: "2026-03-02 11:00")
        try opens(.order, by: .release, held)
        var cancelled = seen()
        cancelled.does(
            .cancelOrder(id(1), reason: .clinicianDecision), at: "2026-03-02 11:00")
        #expect(try cancelled.change(.order, at: Self.time) == .nothing(.never))
    }

    @Test func `an interval waits for its day`() throws {
        let story = given {
            $0.patient(on: Self.day)
            $0.ordered(on: Self.day)
            $0.dose(1, 750, on: Self.day)
        }
        let at = "2026-03-05 12:00"
        try opens(.interval, by: .date, story, at: at)
        #expect(try story.change(.interval, at: at)?.fact?.on == date("2026-03-09"))
    }

    @Test func `a transfusion of the day waits for the next`() throws {
        var story = seen()
        story.does(
            .recordTransfusion(
                Transfusion(id: id(70), units: 1), at: story.clinic.at("2026-03-02 09:00")),
            at: "2026-03-02 09:00")
        try opens(.transfusionSameDay, by: .date, story)
    }

    @Test func `what no fact opens is overridden where it may be, and never where it may not`()
        throws
    {
        let some = seen([.ironAllergy(IronAllergy(moiety: .ironDextran, serious: true))])
        try opens(.anaphylaxisAnyIron, by: .override, some)
        var same = seen()
        let allergy = IronAllergy(moiety: .ferricCarboxymaltose, serious: true)
        same.does(
            .setClinicalContext(
                [.general], facts: [.ironAllergy(allergy)],
                at: same.clinic.at("2026-03-02 11:00")), at: "2026-03-02 11:00")
        #expect(try same.change(.anaphylaxisSameProduct, at: Self.time) == .nothing(.never))
    }
}

extension Story {
    /// The same patient, infected since.
    fileprivate var infected: Story {
        var story = self
        story.does(
            .setClinicalContext(
                [.general], facts: [.infection(active: true)], at: clinic.at("2026-03-02 10:00")),
            at: "2026-03-02 10:00")
        return story
    }
}
