public import Infusion

/// A row of the recheck queue by its id, `<patient>.R3-17`: unique within its tenant, as a recheck is
/// within its patient.
public struct RecheckReference: Hashable, Sendable, CustomStringConvertible {
    public let patient: PatientID
    public let recheck: RecheckID
    public var description: String { "\(patient).\(recheck)" }

    public init(patient: PatientID, recheck: RecheckID) {
        self.patient = patient
        self.recheck = recheck
    }

    /// `nil` for what is no row's id.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let patient = PatientID(String(parts[0])) else { return nil }
        let name = parts[1].split(separator: "-", omittingEmptySubsequences: false)
        guard name.count == 2, let rule = RecheckRule(rawValue: String(name[0])),
            name[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let anchor = Int64(name[1])
        else { return nil }
        self.init(patient: patient, recheck: RecheckID(rule: rule, anchor: EventVersion(anchor)))
    }
}
