public import Faults
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
        var defaults = base
        defaults.source = try map.optional("source")?.text()
        defaults.site = map.optional("site")
        defaults.patient = map.optional("patient")
        defaults.others = map.optional("others")
        defaults.formulary = try map.optional("formulary")?.text()
        defaults.given = map.optional("given")
        try map.finish()
        return try list.list { (value) throws(YAMLProblems) in
            try Self.case(value, defaults, file: file)
        }
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
        let name = try map.required("case").text()
        let shows = try map.optional("shows")?.texts() ?? []
        let source = try map.optional("source")?.text() ?? defaults.source
        let site = try SiteReader.read(
            map.optional("site") ?? defaults.site, defaults.pathways)
        let formulary = try map.optional("formulary")?.text() ?? defaults.formulary
        let patient = try patient(map.optional("patient") ?? defaults.patient)
        let others = try others(map.optional("others") ?? defaults.others)
        let times = CaseTimes(zone: site.site.timeZone)
        let steps = StepReader(times: times, others: others.map(\.name))
        let shared = try defaults.given.map(steps.steps) ?? []
        let given = shared + (try map.optional("given").map(steps.steps) ?? [])
        let when = try map.optional("when").map(steps.steps) ?? []
        let then = try ExpectationReader.read(try map.required("then"), times)
        try map.finish()
        guard let first = (given + when).first else {
            throw value.problem("has neither `given` nor `when`: nothing happens")
        }
        return ClinicalCase(
            name: name, shows: shows, source: source, file: file, site: site.site,
            plan: try site.plan(asOf: first.told), pathways: site.pathways, formulary: formulary,
            patient: patient,
            others: others, given: given, when: when, then: then)
    }

    /// Other patients by name.
    private static func others(
        _ value: YAMLValue?
    ) throws(YAMLProblems) -> [(name: String, patient: CasePatient)] {
        guard let value else { return [] }
        var others: [(name: String, patient: CasePatient)] = []
        for (name, member) in try value.mapping(
            accepted: "patients by name, such as {second: {sex: male}}"
        ).all {
            if name == CasePatient.own {
                throw member.problem("is what the case's own patient is called")
            }
            others.append((name, try patient(member)))
        }
        return others
    }

    /// Somebody of whom nothing is said is a woman born in 1980, whom every label admits.
    private static func patient(_ value: YAMLValue?) throws(YAMLProblems) -> CasePatient {
        let birthDate =
            CalendarDate(year: 1980, month: 5, day: 17) ?? CalendarDate(dayNumber: 3_789)
        guard let value else { return CasePatient(gender: .female, birthDate: birthDate) }
        var map = try value.mapping(accepted: "a patient, such as {sex: female, born: 1980-05-17}")
        let patient = CasePatient(
            gender: try map.optional("sex")?.oneOf(AdministrativeGender.self) ?? .female,
            birthDate: try map.optional("born")?.date() ?? birthDate)
        try map.finish()
        return patient
    }
}

extension YAMLValue {
    func texts() throws(YAMLProblems) -> [String] {
        if !isList { return [try text()] }
        return try list { (value) throws(YAMLProblems) in try value.text() }
    }
}
