public import Foundation

/// What a nurse looks at and asks before an infusion begins (facts §4: G-VITALS, G-STAFF, G-CONSENT).
/// What was not looked at is `nil`, and never as good as done.
public struct ChairsideCheck: Hashable, Sendable {
    public let vitals: VitalSigns?
    /// Somebody trained for anaphylaxis, resuscitation equipment and a prescriber within reach, for the
    /// whole slot and the observation after it (labels).
    public let isStaffed: Bool?
    /// Consent is recorded, the leaflet given, staining by extravasation spoken of.
    public let hasConsent: Bool?

    public init(vitals: VitalSigns?, isStaffed: Bool?, hasConsent: Bool?) {
        self.vitals = vitals
        self.isStaffed = isStaffed
        self.hasConsent = hasConsent
    }
}

/// Measured on arrival; an absent one was not measured.
public struct VitalSigns: Hashable, Sendable {
    /// mm[Hg], LOINC 8480-6.
    public let systolic: Int?
    /// mm[Hg], LOINC 8462-4.
    public let diastolic: Int?
    /// /min, LOINC 8867-4.
    public let heartRate: Int?
    /// /min, LOINC 9279-1.
    public let respiratoryRate: Int?
    /// %, LOINC 59408-5.
    public let oxygenSaturation: Int?
    /// Cel, LOINC 8310-5.
    public let temperature: Decimal?

    public init(
        systolic: Int?, diastolic: Int?, heartRate: Int?, respiratoryRate: Int?,
        oxygenSaturation: Int?, temperature: Decimal?
    ) {
        self.systolic = systolic
        self.diastolic = diastolic
        self.heartRate = heartRate
        self.respiratoryRate = respiratoryRate
        self.oxygenSaturation = oxygenSaturation
        self.temperature = temperature
    }
}
