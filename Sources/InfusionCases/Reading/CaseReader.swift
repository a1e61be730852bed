public import Faults
import Foundation
public import Infusion
import InfusionApplication
public import InfusionKnowledge
public import YAMLReader

/// Cases out of their YAML form, which `docs/cases.md` describes.
public enum CaseReader {
    /// - Parameters:
    ///   - file: What problems and reports call the file.
    ///   - pathways: What a site goes by where the case sets nothing of its own.
    public static func read(
        _ text: String, file: String, pathways: ClinicalPathways = .standard
    ) throws(YAMLProblems) -> [ClinicalCase] {
        var cases: [ClinicalCase] = []
        var problems: [YAMLProblem] = []
        for document in try YAMLDocument.readAll(text, file: file) {
            do throws(YAMLProblems) {
                cases += try read(document, CaseDefaults(pathways: pathways), file: file)
            } catch {
                problems += error.all
            }
        }
        var names: Set<String> = []
        for found in cases where !names.insert(found.name).inserted {
            problems.append(
                YAMLProblem(
                    file: file, line: nil, column: nil, path: "",
                    message: "has two cases of the name '\(found.name)'"))
        }
        guard problems.isEmpty else { throw YAMLProblems(problems) }
        return cases
    }

    /// One case, or a list of them under `cases`, with what they have in common beside it.
    private static func read(
        _ document: YAMLValue, _ base: CaseDefaults, file: String
    ) throws(YAMLProblems) -> [ClinicalCase] {
        var map = try document.mapping(accepted: "a case, or `cases: [...]`")
        guard let list = map.optional("cases") else {
            return [try Self.case(document, base, file: file)]
        }
        let source = reading(try map.optional("source")?.text())
        let formulary = reading(try map.optional("formulary")?.text())
        var defaults = base
        defaults.source = try? source.get()
        defaults.site = map.optional("site")
        defaults.patient = map.optional("patient")
        defaults.others = map.optional("others")
        defaults.formulary = try? formulary.get()
        defaults.given = map.optional("given")
        let shared = defaults
        let cases = reading(
            try list.list { (value) throws(YAMLProblems) in
                try Self.case(value, shared, file: file)
            })
        return try allRead(source, formulary, cases, reading(try map.finish())).2
    }

    /// What the cases of one file share.
    private struct CaseDefaults {
        let pathways: ClinicalPathways
        var source: String?
        var site: YAMLValue?
        var patient: YAMLValue?
        var others: YAMLValue?
        var formulary: String?
        var given: YAMLValue?
    }

    private static func `case`(
        _ value: YAMLValue, _ defaults: CaseDefaults, file: String
    ) throws(YAMLProblems) -> ClinicalCase {
        var map = try value.mapping(accepted: "a case")
        let words = reading(try Self.words(&map, defaults))
        let place = map.optional("site") ?? defaults.site
        let site = reading(try SiteReader.read(place, defaults.pathways))
        let patient = reading(try patient(map.optional("patient") ?? defaults.patient))
        let named = map.optional("others") ?? defaults.others
        let others = reading(try others(named))
        // A site or a patient that is wrong says nothing of the steps.
        let times = CaseTimes(zone: (try? site.get())?.site.timeZone ?? .gmt)
        let steps = StepReader(times: times, others: (try? named?.mapping().keys) ?? [])
        let histories = [defaults.given, map.optional("given")]
        let question = map.optional("when")
        let given = reading(
            try histories.allRead { (value) throws(YAMLProblems) in
                try value.map(steps.steps) ?? []
            }.flatMap(\.self))
        let when = reading(try question.map(steps.steps) ?? [])
        let begins = (histories + [question]).lazy.compactMap { $0.flatMap(steps.beginning) }.first
        let plan = reading(
            try begins.flatMap { (now) throws(YAMLProblems) in
                try SiteReader.plan(place, in: (try? site.get())?.zoneName, now: now)
            })
        let then = reading(try ExpectationReader.read(try map.required("then"), times))
        let told = try allRead(
            words, site, plan, patient, others, given, when, then, reading(try map.finish()))
        guard !told.5.isEmpty || !told.6.isEmpty else {
            throw value.problem("has neither `given` nor `when`: nothing happens")
        }
        return ClinicalCase(
            name: told.0.name, shows: told.0.shows, source: told.0.source, file: file,
            site: told.1.site, plan: told.2, pathways: told.1.pathways,
            formulary: told.0.formulary, patient: told.3, others: told.4, given: told.5,
            when: told.6, then: told.7)
    }

    private typealias Words = (
        name: String, shows: [String], source: String?, formulary: String?
    )

    private static func words(
        _ map: inout YAMLMapping, _ defaults: CaseDefaults
    ) throws(YAMLProblems) -> Words {
        let told = try allRead(
            reading(try map.required("case").text()),
            reading(try map.optional("shows")?.texts() ?? []),
            reading(try map.optional("source")?.text() ?? defaults.source),
            reading(try map.optional("formulary")?.text() ?? defaults.formulary))
        return (told.0, told.1, told.2, told.3)
    }

    /// Other patients by name.
    private static func others(
        _ value: YAMLValue?
    ) throws(YAMLProblems) -> [(name: String, patient: CasePatient)] {
        guard let value else { return [] }
        return try value.members(accepted: "patients by name, such as {second: {sex: male}}") {
            (name, member) throws(YAMLProblems) in
            if name == CasePatient.own {
                throw member.problem("is what the case's own patient is called")
            }
            return (name, try patient(member))
        }
    }

    /// Somebody of whom nothing is said is a woman born in 1980, whom every label admits.
    private static func patient(_ value: YAMLValue?) throws(YAMLProblems) -> CasePatient {
        let birthDate =
            CalendarDate(year: 1980, month: 5, day: 17) ?? CalendarDate(dayNumber: 3_789)
        guard let value else { return CasePatient(gender: .female, birthDate: birthDate) }
        var map = try value.mapping(accepted: "a patient, such as {sex: female, born: 1980-05-17}")
        let told = try allRead(
            reading(try map.optional("sex")?.oneOf(AdministrativeGender.self) ?? .female),
            reading(try map.optional("born")?.date() ?? birthDate), reading(try map.finish()))
        return CasePatient(gender: told.0, birthDate: told.1)
    }
}

extension YAMLValue {
    func texts() throws(YAMLProblems) -> [String] {
        if !isList { return [try text()] }
        return try list { (value) throws(YAMLProblems) in try value.text() }
    }
}
