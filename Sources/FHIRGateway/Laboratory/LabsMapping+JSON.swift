import Infusion
import InfusionJournal

extension LabsMapping {
    /// - Throws: ``MappingProblem`` naming the member and what it should be.
    public init(json bytes: [UInt8]) throws(MappingProblem) {
        guard let value = try? JSONReader().read(bytes) else {
            throw MappingProblem(description: "the mapping file is not JSON")
        }
        let root = try MappingObject(
            value, at: "",
            members: [
                "source", "delimiter", "patient", "collectedAt", "specimen", "context", "columns",
                "long",
            ])
        source = try root.text("source", "a URI")
        delimiter = try Self.delimiter(root)
        let patient = try root.object(
            "patient", members: ["column", "family", "birthDate", "age", "gender"])
        guard let patient else {
            throw root.problem("patient", "missing; an object with column, birthDate or age")
        }
        patientColumn = try patient.text("column", "the column of the patient's number")
        familyColumn = try patient.optionalText("family", "the column of the family name")
        birth = try Self.birth(patient)
        gender = try Self.gender(patient)
        collected = try Self.collected(root)
        specimenColumn = try root.optionalText("specimen", "the column of the specimen's number")
        context = try Self.context(root)
        columns = try Self.columns(root)
        long = try Self.long(root)
        guard !columns.isEmpty || long != nil else {
            throw root.problem("columns or long", "one of them must say where the values are")
        }
    }

    private static func delimiter(_ root: MappingObject) throws(MappingProblem) -> UInt8 {
        let expected = "one ASCII character that is no quote and no line break"
        guard let text = try root.optionalText("delimiter", expected) else {
            return UInt8(ascii: ",")
        }
        guard text.utf8.count == 1, let byte = text.utf8.first, !"\"\r\n".utf8.contains(byte) else {
            throw root.problem("delimiter", expected)
        }
        return byte
    }

    private static func birth(_ patient: MappingObject) throws(MappingProblem) -> Birth {
        let column = try patient.optionalText("birthDate", "the column of the birth date")
        let age = try patient.object("age", members: ["column", "asOf"])
        switch (column, age) {
        case (let column?, nil): return .dateColumn(column)
        case (nil, let age?):
            let years = try age.text("column", "the column of the age in completed years")
            let asOf = try age.text("asOf", "the date the age is of, YYYY-MM-DD")
            guard let date = CalendarDate(asOf) else {
                throw age.problem("asOf", "not a date YYYY-MM-DD")
            }
            return .ageColumn(years, asOf: date)
        case (nil, nil), (_?, _?):
            throw patient.problem("birthDate or age", "one of them, and not both")
        }
    }

    private static func gender(_ patient: MappingObject) throws(MappingProblem) -> GenderColumn? {
        let genders = AdministrativeGender.allCases
        let element = try patient.object(
            "gender", members: ["column"] + genders.map(\.rawValue))
        guard let element else { return nil }
        var codes: [String: AdministrativeGender] = [:]
        for gender in genders {
            for code in try element.texts(gender.rawValue) {
                if let other = codes.updateValue(gender, forKey: code), other != gender {
                    throw element.problem(gender.rawValue, "\(code) is \(other.rawValue) already")
                }
            }
        }
        return GenderColumn(
            name: try element.text("column", "the column of the gender"), codes: codes)
    }

    private static func collected(_ root: MappingObject) throws(MappingProblem) -> Collected {
        let element = try root.object("collectedAt", members: ["column", "constant"])
        let column = try element?.optionalText("column", "the column of the collection time")
        let constant = try element?.optionalText("constant", "an instant with an offset")
        switch (column, constant) {
        case (let column?, nil): return .column(column)
        case (nil, let text?):
            guard text.contains("T"), let instant = ImportDateTime.instant(text) else {
                throw root.problem("collectedAt.constant", "an instant with an offset")
            }
            return .constant(instant)
        case (nil, nil), (_?, _?):
            throw root.problem(
                "collectedAt", "{\"column\": name} or {\"constant\": instant with offset}")
        }
    }

    private static func context(_ root: MappingObject) throws(MappingProblem) -> ClinicalContext? {
        let accepted = ClinicalContext.allCases.map(\.rawValue).joined(separator: ", ")
        guard let name = try root.optionalText("context", "one of \(accepted)") else { return nil }
        guard let context = ClinicalContext(rawValue: name) else {
            throw root.problem("context", "one of \(accepted)")
        }
        return context
    }

    private static func columns(_ root: MappingObject) throws(MappingProblem) -> [Column] {
        let members = ["column", "loinc", "measure", "unit"]
        var columns: [Column] = []
        for element in try root.objects("columns", members: members) {
            let column = Column(
                name: try element.text("column", "a column's heading"),
                measure: try measure(element),
                unit: try element.text("unit", "a UCUM unit; it is never guessed"))
            guard !columns.contains(where: { $0.name == column.name }) else {
                throw element.problem("column", "\(column.name) is a column already")
            }
            columns.append(column)
        }
        return columns
    }

    private static func measure(_ element: MappingObject) throws(MappingProblem) -> Measure {
        let loinc = try element.optionalText("loinc", "a LOINC code")
        let measure = try element.optionalText("measure", "weight or height")
        switch (loinc, measure) {
        case (let loinc?, nil):
            guard let analyte = Analyte(loinc: loinc) else {
                throw element.problem("loinc", "\(loinc) is no code the rules read")
            }
            return .analyte(analyte, loinc: loinc)
        case (nil, "weight"): return .weight
        case (nil, "height"): return .height
        case (nil, _), (_?, _?):
            throw element.problem("loinc or measure", "a LOINC code, or else weight or height")
        }
    }

    private static func long(_ root: MappingObject) throws(MappingProblem) -> LongLayout? {
        guard let element = try root.object("long", members: ["code", "value", "unit"]) else {
            return nil
        }
        return LongLayout(
            code: try element.text("code", "the column of the LOINC code"),
            value: try element.text("value", "the column of the value"),
            unit: try element.text("unit", "the column of the unit"))
    }
}
