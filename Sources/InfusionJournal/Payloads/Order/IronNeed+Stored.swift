import Infusion

extension IronNeed: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            method: try object.read("method"),
            milligrams: try object.read("needMilligrams"),
            weight: try object.read("weightKilograms"),
            hemoglobin: try object.read("hemoglobinGramsPerDeciliter"),
            targetHemoglobin: try object.readOptional("targetHemoglobinGramsPerDeciliter"),
            stores: try object.readOptional("storesMilligrams"),
            formula: try object.read("formula"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("method", method)
        try json.write("needMilligrams", milligrams)
        try json.write("weightKilograms", weight)
        try json.write("hemoglobinGramsPerDeciliter", hemoglobin)
        try json.writeOptional("targetHemoglobinGramsPerDeciliter", targetHemoglobin)
        try json.writeOptional("storesMilligrams", stores)
        try json.write("formula", formula)
    }
}
