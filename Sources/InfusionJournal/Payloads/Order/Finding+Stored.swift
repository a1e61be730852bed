import Infusion

extension Finding: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            gate: try object.read("gate"),
            ruleVersion: try object.read("ruleVersion"),
            severity: try object.read("severity"),
            verdict: try object.read("verdict"),
            predicates: try object.readArray("predicates"),
            nextStep: try object.readOptional("nextStep"),
            passesFrom: try object.readOptional("passesFrom"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("gate", gate)
        try json.write("ruleVersion", ruleVersion)
        try json.write("severity", severity)
        try json.write("verdict", verdict)
        try json.writeArray("predicates", predicates)
        try json.writeOptional("nextStep", nextStep)
        try json.writeOptional("passesFrom", passesFrom)
    }
}
