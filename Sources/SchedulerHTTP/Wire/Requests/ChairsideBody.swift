import Faults
import Foundation
import Infusion
import InfusionWire

/// `POST /v1/patients/{id}/chairside-checks`: what was looked at before an infusion of the day.
struct ChairsideBody: WireBody {
    static let members: BodyMembers = [
        "at": "checkedAt", "check": "", "check.vitals.temperature": "vitals.temperature",
    ]
    let check: ChairsideCheck
    let checkedAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let vitals: VitalSigns?
        let isStaffed: Bool?
        let hasConsent: Bool?
        (vitals, isStaffed, hasConsent, checkedAt) = try allRead(
            reading(try reader.optional("vitals", .object(VitalsBody.self))?.vitals),
            reading(try reader.optional("staffed", .boolean)),
            reading(try reader.optional("consent", .boolean)),
            reading(try reader.required("checkedAt", .instant)))
        check = ChairsideCheck(vitals: vitals, isStaffed: isStaffed, hasConsent: hasConsent)
    }
}

/// Whole numbers in mm[Hg], /min and %; the temperature in Cel.
private struct VitalsBody: WireBody {
    let vitals: VitalSigns

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let told = try allRead(
            reading(try reader.optional("systolic", .integer(InfusionLimits.bloodPressure))),
            reading(try reader.optional("diastolic", .integer(InfusionLimits.bloodPressure))),
            reading(try reader.optional("heartRate", .integer(InfusionLimits.heartRate))),
            reading(
                try reader.optional("respiratoryRate", .integer(InfusionLimits.respiratoryRate))),
            reading(
                try reader.optional("oxygenSaturation", .integer(InfusionLimits.oxygenSaturation))),
            reading(try reader.optional("temperature", .decimal)))
        vitals = VitalSigns(
            systolic: told.0, diastolic: told.1, heartRate: told.2, respiratoryRate: told.3,
            oxygenSaturation: told.4, temperature: told.5)
    }
}
