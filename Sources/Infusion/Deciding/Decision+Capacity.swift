/// Visits beyond what their site plans for, on somebody's responsibility.
extension Decision {
    func validate(_ override: CapacityOverride, at site: SiteID) throws(Refusal) {
        guard Overrides.suffices(role: override.role, coSigner: nil, for: .soft) else {
            throw .capacityOverrideNotAllowed(override.role)
        }
        guard !override.rules.isEmpty else {
            throw .invalidValue(
                field: "override.rules", problem: "names no rule",
                accepted: CapacityRule.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard context.visitSite != nil else {
            throw .invalidValue(
                field: "override", problem: "nothing is planned at \(site)",
                accepted: "a booking without an override")
        }
    }

    /// Told after the visit that it is of.
    func overridden(_ override: CapacityOverride?, of id: AppointmentID) -> [PatientEvent] {
        override.map { [happensNow(.capacityOverridden(id, $0))] } ?? []
    }
}
