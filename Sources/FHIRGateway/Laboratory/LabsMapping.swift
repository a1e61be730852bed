import Infusion
import InfusionJournal

/// Says what the columns of a laboratory file are; read from a JSON file, see `docs/import.md`.
public struct LabsMapping: Sendable {
    public struct MappingProblem: Error, CustomStringConvertible {
        public let description: String
    }
    struct Column: Sendable {
        enum Measure: Sendable {
            case analyte(Analyte, loinc: String)
            case weight, height
        }
        let name: String
        let measure: Measure
        /// As the file writes it, or as the laboratory says; there is no default.
        let unit: String
    }
    /// One result a line: the columns of its code, value, unit.
    struct LongLayout: Sendable {
        let code: String
        let value: String
        let unit: String
    }
    enum Birth: Sendable {
        case dateColumn(String)
        /// Completed years on a date: the birth date is taken as that date so many years before.
        case ageColumn(String, asOf: CalendarDate)
    }
    enum Collected: Sendable {
        case column(String)
        case constant(Instant)
    }

    /// The URI under which the file's patient and result numbers are unique.
    public let source: String
    let delimiter: UInt8
    let patientColumn: String
    let familyColumn: String?
    let birth: Birth
    let genderColumn: String?
    let genders: [String: AdministrativeGender]
    let collected: Collected
    let context: ClinicalContext?
    let columns: [Column]
    let long: LongLayout?
}

extension LabsMapping {
    /// - Throws: ``MappingProblem`` naming the member and what it should be.
    public init(json bytes: [UInt8]) throws(MappingProblem) {
        guard let value = try? JSONReader().read(bytes) else {
            throw MappingProblem(description: "the mapping file is not JSON")
        }
        let root = FHIRElement(value)
        source = try Self.text(root, "source", "a URI")
        let delimiter = root["delimiter"]?.string ?? ","
        guard delimiter.utf8.count == 1, let byte = delimiter.utf8.first else {
            throw MappingProblem(description: "delimiter: must be one ASCII character")
        }
        self.delimiter = byte
        guard let patient = root["patient"] else {
            throw MappingProblem(
                description: "patient: missing; an object with column, birthDate or age")
        }
        patientColumn = try Self.text(patient, "column", "the column of the patient's number")
        familyColumn = patient["family"]?.string
        birth = try Self.birth(patient)
        genderColumn = patient["gender"]?["column"]?.string
        genders = Self.genders(patient["gender"])
        collected = try Self.collected(root)
        context = try root["context"]?.string.map { (name) throws(MappingProblem) in
            guard let context = ClinicalContext(rawValue: name) else {
                let accepted = ClinicalContext.allCases.map(\.rawValue).joined(separator: ", ")
                throw MappingProblem(description: "context: one of \(accepted)")
            }
            return context
        }
        var columns: [Column] = []
        for element in root["columns"]?.elements ?? [] { columns.append(try Self.column(element)) }
        self.columns = columns
        long = try root["long"].map { (element) throws(MappingProblem) in
            LongLayout(
                code: try Self.text(element, "code", "the column of the LOINC code"),
                value: try Self.text(element, "value", "the column of the value"),
                unit: try Self.text(element, "unit", "the column of the unit"))
        }
        guard !columns.isEmpty || long != nil else {
            throw MappingProblem(
                description: "columns or long: one of them must say where the values are")
        }
    }

    private static func text(
        _ element: FHIRElement, _ key: String, _ expected: String
    ) throws(MappingProblem) -> String {
        guard let text = element[key]?.string, !text.isEmpty else {
            throw MappingProblem(description: "\(key): missing; \(expected)")
        }
        return text
    }

    private static func birth(_ patient: FHIRElement) throws(MappingProblem) -> Birth {
        if let column = patient["birthDate"]?.string { return .dateColumn(column) }
        guard let age = patient["age"] else {
            throw MappingProblem(
                description: "patient: birthDate (a column) or age (column, asOf) is needed")
        }
        let column = try text(age, "column", "the column of the age in completed years")
        guard let asOf = CalendarDate(try text(age, "asOf", "the date the age is of, YYYY-MM-DD"))
        else {
            throw MappingProblem(description: "asOf: not a date YYYY-MM-DD")
        }
        return .ageColumn(column, asOf: asOf)
    }

    private static func genders(_ element: FHIRElement?) -> [String: AdministrativeGender] {
        var genders: [String: AdministrativeGender] = [:]
        for gender in AdministrativeGender.allCases {
            for code in element?[gender.rawValue]?.elements ?? [] {
                if let code = code.string { genders[code] = gender }
            }
        }
        return genders
    }

    private static func collected(_ root: FHIRElement) throws(MappingProblem) -> Collected {
        if let column = root["collectedAt"]?["column"]?.string { return .column(column) }
        guard let text = root["collectedAt"]?["constant"]?.string,
            let instant = ImportDateTime.instant(text)
        else {
            throw MappingProblem(
                description:
                    "collectedAt: {\"column\": name} or {\"constant\": instant with offset}")
        }
        return .constant(instant)
    }

    private static func column(_ element: FHIRElement) throws(MappingProblem) -> Column {
        let name = try text(element, "column", "a column's heading")
        let unit = try text(element, "unit", "a UCUM unit; it is never guessed")
        if let loinc = element["loinc"]?.string {
            guard let analyte = Analyte(loinc: loinc) else {
                throw MappingProblem(description: "loinc: \(loinc) is no code the rules read")
            }
            return Column(name: name, measure: .analyte(analyte, loinc: loinc), unit: unit)
        }
        switch element["measure"]?.string {
        case "weight": return Column(name: name, measure: .weight, unit: unit)
        case "height": return Column(name: name, measure: .height, unit: unit)
        default:
            throw MappingProblem(
                description: "\(name): loinc, or measure weight or height, is needed")
        }
    }
}
