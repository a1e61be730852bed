import Foundation

extension Decision {
    func record(_ check: ChairsideCheck, at: Instant) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        try requirePast(at, field: "at")
        if check == ChairsideCheck(vitals: nil, isStaffed: nil, hasConsent: nil) {
            throw .invalidValue(
                field: "check", problem: "says nothing", accepted: "vitals, staffed or consent")
        }
        if let vitals = check.vitals { try validate(vitals) }
        let known = state.chairsideChecks.at(at)
        if known?.value == check, known?.effectiveAt == at { return [] }
        return [happened(.chairsideChecked(check), at: at)]
    }

    private func validate(_ vitals: VitalSigns) throws(Refusal) {
        try require(vitals.systolic, "systolic", InfusionLimits.bloodPressure, "mm[Hg]")
        try require(vitals.diastolic, "diastolic", InfusionLimits.bloodPressure, "mm[Hg]")
        try require(vitals.heartRate, "heartRate", InfusionLimits.heartRate, "/min")
        try require(
            vitals.respiratoryRate, "respiratoryRate", InfusionLimits.respiratoryRate, "/min")
        try require(
            vitals.oxygenSaturation, "oxygenSaturation", InfusionLimits.oxygenSaturation, "%")
        if let temperature = vitals.temperature {
            try requireRange(
                temperature, field: "check.vitals.temperature",
                accepted: InfusionLimits.temperature, unit: "Cel")
        }
    }

    private func require(
        _ value: Int?, _ name: String, _ accepted: ClosedRange<Int>, _ unit: String
    ) throws(Refusal) {
        guard let value else { return }
        try requireRange(
            Decimal(value), field: "check.vitals.\(name)", accepted: accepted, unit: unit)
    }
}
