import FHIRGateway
import Testing

@Suite struct `A mapping of a laboratory file` {
    private static let patient = "\"patient\":{\"column\":\"P\",\"birthDate\":\"B\"}"
    private static let time = "\"collectedAt\":{\"column\":\"T\"}"
    private static let column = "{\"column\":\"H\",\"loinc\":\"718-7\",\"unit\":\"g/dL\"}"

    private static func mapping(_ columns: String, _ extra: String = "") -> String {
        "{\"source\":\"u\",\(patient),\(time),\"columns\":[\(columns)]\(extra)}"
    }

    @Test(arguments: [
        ("[]", "source"), ("{\"source\":\"u\"}", "patient"),
        ("{\"source\":\"u\",\(patient)}", "collectedAt"),
        (mapping(""), "columns"),
        (mapping("{\"column\":\"H\",\"unit\":\"g\"}"), "columns[0].loinc or measure"),
        (mapping(column + "," + column), "columns[1].column"),
        (mapping(column, ",\"delimiter\":5"), "delimiter"),
        (mapping(column, ",\"delimiter\":\"\\\"\""), "delimiter"),
        (mapping(column, ",\"context\":3"), "context"),
    ])
    func `is told what is missing or wrong`(json: String, member: String) {
        #expect {
            try LabsMapping(json: Array(json.utf8))
        } throws: { "\($0)".contains(member) }
    }

    @Test(arguments: [
        (mapping(column, ",\"contxt\":\"general\""), "contxt"),
        (mapping("{\"column\":\"H\",\"loinc\":\"718-7\",\"units\":\"g/dL\"}"), "columns[0].units"),
        (
            mapping(column).replacing("\"birthDate\"", with: "\"sex\":\"S\",\"birthDate\""),
            "patient.sex"
        ),
        (
            mapping(column).replacing(
                "\"birthDate\"", with: "\"gender\":{\"column\":\"S\",\"men\":[]},\"birthDate\""),
            "patient.gender.men"
        ),
    ])
    func `with a member that nobody knows is refused by its name`(json: String, member: String) {
        #expect {
            try LabsMapping(json: Array(json.utf8))
        } throws: { "\($0)".hasPrefix("\(member): unknown") }
    }

    @Test(arguments: [
        // Misspelt.
        ("P,B,T,HB\n", ["H"]),
        // Another delimiter.
        ("P;B;T;H\n", ["P", "B", "T", "H", "of 1 columns"]),
        // No patient, twice the value.
        ("B,T,H,H\n", ["P"]),
        ("P,B,T,H,H\n", ["H", "more than once"]),
        // No heading at all: nothing of the first line is repeated.
        ("7,1970-02-03,2026-01-05T08:00:00Z,9.1\n", ["P", "B", "T", "H"]),
    ])
    func `whose columns are not all in the heading is refused with their names`(
        text: String, words: [String]
    ) throws {
        let mapping = try LabsMapping(json: Array(Self.mapping(Self.column).utf8))
        #expect {
            try LabsFile(Array(text.utf8), name: "f.csv", isTorn: false, mapping: mapping)
        } throws: { problem in
            words.allSatisfy("\(problem)".contains) && !"\(problem)".contains("1970")
        }
    }

    @Test func `finds its columns in a heading with space around the names`() throws {
        let mapping = try LabsMapping(json: Array(Self.mapping(Self.column).utf8))
        _ = try LabsFile(
            Array("P, B ,\" T\",H,X,X\n".utf8), name: "f.csv", isTorn: false, mapping: mapping)
    }
}
