import Foundation
import Infusion

/// `POST /v1/patients/{id}/chairside-checks`: what was looked at before an infusion of the day.
struct ChairsideBody: WireBody {
    static let members: BodyMembers = [
        "at": "checkedAt", "check": "", "check.vitals.temperature": "vitals.temperature",
    ]
    let check: ChairsideCheck
    let checkedAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        check = ChairsideCheck(
            vitals: try reader.optional("vitals", .object(VitalsBody.self))?.vitals,
            isStaffed: try reader.optional("staffed", .boolean),
            hasConsent: try reader.optional("consent", .boolean))
        checkedAt = try reader.required("checkedAt", .instant)
    }
}

/// Whole numbers in mm[Hg], /min and %; the temperature in Cel.
private struct VitalsBody: WireBody {
    let vitals: VitalSigns

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        vitals = VitalSigns(
            systolic: try reader.optional("systolic", .integer(InfusionLimits.bloodPressure)),
            diastolic: try reader.optional("diastolic", .integer(InfusionLimits.bloodPressure)),
            heartRate: try reader.optional("heartRate", .integer(InfusionLimits.heartRate)),
            respiratoryRate: try reader.optional(
                "respiratoryRate", .integer(InfusionLimits.respiratoryRate)),
            oxygenSaturation: try reader.optional(
                "oxygenSaturation", .integer(InfusionLimits.oxygenSaturation)),
            temperature: try reader.optional("temperature", .decimal))
    }
}
