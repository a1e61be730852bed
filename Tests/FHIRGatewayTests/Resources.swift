/// FHIR resources of one patient, as text.
enum Resources {
    static let patient = """
        {"resourceType":"Patient","id":"p1","name":[{"use":"official","family":"Bianchi","given":["Ada"]}],\
        "gender":"female","birthDate":"1980-04-12","identifier":[{"system":"urn:mrn","value":"77"}]}
        """

    static func observation(
        id: String? = "o1", code: String = "718-7", value: String = "9.8", unit: String? = "g/dL",
        comparator: String? = nil, time: String = "2026-02-01T08:30:00+01:00",
        status: String = "final", subject: String = "p1", extra: String = ""
    ) -> String {
        let idMember = id.map { "\"id\":\"\($0)\"," } ?? ""
        let unitMember = unit.map { ",\"code\":\"\($0)\"" } ?? ""
        let comparatorMember = comparator.map { ",\"comparator\":\"\($0)\"" } ?? ""
        return """
            {"resourceType":"Observation",\(idMember)"status":"\(status)",\(extra)\
            "code":{"coding":[{"system":"http://loinc.org","code":"\(code)"}]},\
            "subject":{"reference":"Patient/\(subject)"},"effectiveDateTime":"\(time)",\
            "valueQuantity":{"value":\(value)\(unitMember)\(comparatorMember)}}
            """
    }

    static func weight(_ value: String, id: String = "w1", status: String = "final") -> String {
        observation(id: id, code: "29463-7", value: value, unit: "kg", status: status)
    }
}
