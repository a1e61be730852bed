import Foundation
import Infusion
import Testing

/// What a finding lists: what the gate wants, then what its answer was worked out from.
@Suite struct `What a finding says` {
    func patient(ferritin: String, comparator: Infusion.Comparator? = nil, saturation: String)
        -> Story
    {
        given { story in
            story.register(on: "2026-02-01")
            story.has([.general], [.infection(active: false)], on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.lab(.hemoglobin, 9, on: "2026-03-01")
            story.lab(.ferritin, decimal(ferritin), on: "2026-03-01", comparator: comparator)
            story.lab(.transferrinSaturation, decimal(saturation), on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
    }

    let now = "2026-03-02 10:00"

    func said(_ finding: Finding?) -> [String] {
        (finding?.predicates ?? []).map { predicate in
            "\(predicate.name) \(predicate.value ?? "?") \(predicate.comparison) "
                + "\(predicate.threshold)"
        }
    }

    @Test func `an overload gate that passed lists ceilings that are kept`() {
        let finding = patient(ferritin: "250", saturation: "15").finding(.overload, at: now)
        #expect(finding?.verdict == .passed)
        #expect(
            said(finding) == [
                "iron-status indeterminate not-in overload", "ferritin-age 1 <= 56",
                "transferrin-saturation-age 1 <= 56", "ferritin 250 <= 800",
                "transferrin-saturation 15 <= 45",
            ])
        #expect(finding?.predicates.allSatisfy { $0.holds == true } == true)
    }

    @Test func `an overload gate that is shut says what was wanted, and above which ceiling`() {
        let finding = patient(ferritin: "900", saturation: "15").finding(.overload, at: now)
        #expect(finding?.verdict == .blocked)
        #expect(
            finding?.predicates.filter { $0.holds == false }.map(\.threshold) == ["overload"])
        #expect(said(finding).contains("ferritin 900 > 800"))
    }

    @Test func `a comparator that may hide an overload leaves the gate open to no one`() {
        func verdict(_ ferritin: String, _ comparator: Infusion.Comparator) -> Verdict? {
            patient(ferritin: ferritin, comparator: comparator, saturation: "15")
                .verdict(.overload, at: now)
        }
        #expect(verdict("500", .greaterThan) == .indeterminate)
        #expect(verdict("800", .greaterThan) == .blocked)
        #expect(verdict("40", .lessThan) == .passed)
    }

    @Test func `a diagnosis states the markers the way they are`() {
        let proven = patient(ferritin: "12", saturation: "8").finding(.diagnosis, at: now)
        #expect(proven?.verdict == .passed)
        #expect(proven?.predicates.allSatisfy { $0.holds == true } == true)
        #expect(said(proven).contains("ferritin 12 < 30"))
        let replete = patient(ferritin: "420", saturation: "34").finding(.diagnosis, at: now)
        #expect(replete?.verdict == .blocked)
        #expect(replete?.predicates.filter { $0.holds == false }.map(\.name) == ["iron-status"])
        #expect(said(replete).contains("ferritin 420 >= 30"))
        #expect(said(replete).contains("transferrin-saturation 34 >= 20"))
    }

    /// Facts §3.1 asks for C-reactive protein in oncology and in `general` not, and says nothing of going without.
    @Test func `a required result that is missing is named, and shuts nothing`() {
        func asked(_ context: ClinicalContext, protein: Bool) -> Finding? {
            given { story in
                story.register(on: "2026-02-01")
                story.has([context], [.infection(active: false)], on: "2026-03-01")
                story.weighs(80, on: "2026-03-01")
                story.lab(.hemoglobin, 9, on: "2026-03-01")
                story.lab(.ferritin, 12, on: "2026-03-01")
                story.lab(.transferrinSaturation, 8, on: "2026-03-01")
                if protein { story.lab(.cReactiveProtein, 2, on: "2026-03-01") }
                story.ordered(indication: context, on: "2026-03-02")
            }.finding(.diagnosis, at: now)
        }
        let name = "required-result-missing"
        let without = asked(.oncology, protein: false)
        #expect(without?.verdict == .passed)
        let named = without?.predicates.first { $0.name == name }
        #expect(named?.value == "c-reactive-protein")
        #expect(named?.source == "clinical facts §3.1 (ED L)")
        #expect(
            asked(.oncology, protein: true)?.predicates.contains { $0.name == name } == false)
        #expect(asked(.general, protein: false)?.predicates.contains { $0.name == name } == false)
    }

    /// Ten years, 30 kg, ferritin 8: the label allows the row from one year on, the general row is for adults (R-12).
    @Test func `the diagnosis of a child names the age, and asks a clinician and no laboratory`() {
        let child = given { story in
            story.register(born: "2016-01-15", on: "2026-02-01")
            story.has([.general], [.infection(active: false)], on: "2026-03-01")
            story.weighs(30, on: "2026-03-01")
            story.lab(.hemoglobin, 9, on: "2026-03-01")
            story.lab(.ferritin, 8, on: "2026-03-01")
            story.lab(.transferrinSaturation, 5, on: "2026-03-01")
            story.ordered(row: "FCM-US-lt50", prescribed: [450, 450], on: "2026-03-02")
        }
        let finding = child.finding(.diagnosis, dose: 450, at: now)
        #expect(finding?.verdict == .indeterminate)
        #expect(finding?.severity == .hard)
        #expect(finding?.predicates.filter { $0.holds == false }.map(\.name) == ["age"])
        let age = finding?.predicates.first { $0.name == "age" }
        #expect(age?.value == "121 months")
        #expect(age?.threshold == "18 years")
        #expect(age?.source.contains("clinician's decision (ED M)") == true)
        #expect(finding?.nextStep == "clinician-decision")
        let adult = patient(ferritin: "8", saturation: "5").finding(.diagnosis, at: now)
        #expect(adult?.predicates.contains { $0.name == "age" } == false)
    }

    @Test func `the phosphate gate of another iron says that it is another`() {
        let finding = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "monoferric", row: "FDI-US", prescribed: [1000], on: "2026-03-02")
        }.finding(.phosphate, dose: 1000, at: now)
        #expect(said(finding) == ["moiety ferricDerisomaltose not-in ferricCarboxymaltose"])
        #expect(finding?.predicates.map(\.holds) == [true])
    }
}
