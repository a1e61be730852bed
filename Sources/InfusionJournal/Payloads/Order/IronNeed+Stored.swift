import Infusion

/// Of a method that replaces a known loss, the loss; of every other, what it knew of the patient.
extension IronNeed: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        let method: NeedMethod = try object.read("method")
        let milligrams: Milligrams = try object.read("needMilligrams")
        switch method {
        case .unitsLost:
            self.init(
                replacing: .units(try object.read("unitsLost")), milligrams: milligrams,
                formula: try object.read("formula"))
        case .infedBloodLoss:
            self.init(
                replacing: .volume(
                    try object.read("millilitersLost"),
                    hematocrit: try object.read("hematocritPercent")),
                milligrams: milligrams, formula: try object.read("formula"))
        case .labelCourse, .heartFailureTable, .simplifiedTable, .ganzoni, .eccoTable,
            .infedFormula:
            self.init(
                method: method, milligrams: milligrams,
                weight: try object.read("weightKilograms"),
                hemoglobin: try object.read("hemoglobinGramsPerDeciliter"),
                targetHemoglobin: try object.readOptional("targetHemoglobinGramsPerDeciliter"),
                stores: try object.readOptional("storesMilligrams"),
                formula: try object.read("formula"))
        }
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("method", method)
        try json.write("needMilligrams", milligrams)
        switch loss {
        case .units(let units): try json.write("unitsLost", units)
        case .volume(let volume, let hematocrit):
            try json.write("millilitersLost", volume)
            try json.write("hematocritPercent", hematocrit)
        case nil:
            try json.writeOptional("weightKilograms", weight)
            try json.writeOptional("hemoglobinGramsPerDeciliter", hemoglobin)
            try json.writeOptional("targetHemoglobinGramsPerDeciliter", targetHemoglobin)
            try json.writeOptional("storesMilligrams", stores)
        }
        try json.write("formula", formula)
    }
}
