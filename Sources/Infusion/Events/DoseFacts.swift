/// An infusion began: from here on it counts as exposure, whatever is given.
public struct DoseStarted: Hashable, Sendable {
    public let id: DoseID
    public let order: OrderID
    public let appointment: AppointmentID?
    public let product: ProductKey
    public let moiety: Moiety
    public let planned: Milligrams
    /// The clinic-local date, by which intervals are counted.
    public let localDate: CalendarDate
    /// Every gate as it stood at the chair, overrides included.
    public internal(set) var findings: [Finding]
    public let formularyVersion: String

    public init(
        id: DoseID, order: OrderID, appointment: AppointmentID?, product: ProductKey,
        moiety: Moiety,
        planned: Milligrams, localDate: CalendarDate, findings: [Finding], formularyVersion: String
    ) {
        self.id = id
        self.order = order
        self.appointment = appointment
        self.product = product
        self.moiety = moiety
        self.planned = planned
        self.localDate = localDate
        self.findings = findings
        self.formularyVersion = formularyVersion
    }
}

/// The end of an infusion, complete or not; its event's effective time is the end of the last milligram.
public struct DoseGiven: Hashable, Sendable {
    public let id: DoseID
    /// What the patient received, not what was planned.
    public let given: Milligrams
    public let lot: LotNumber
    /// The vial's expiry date.
    public let expiry: CalendarDate
    /// The clinic-local date of the end.
    public let localDate: CalendarDate

    public init(
        id: DoseID, given: Milligrams, lot: LotNumber, expiry: CalendarDate, localDate: CalendarDate
    ) {
        self.id = id
        self.given = given
        self.lot = lot
        self.expiry = expiry
        self.localDate = localDate
    }
}

/// A paused infusion runs again: the same dose, in the same visit.
public struct DoseResumed: Hashable, Sendable {
    public let id: DoseID
    /// Of the rate the infusion began with, 1 to 50 % (R-4); up to 100 % in events of earlier releases,
    /// which allowed it where there was no reaction.
    public let ratePercent: Int
    /// What it was paused for has gone completely, as far as that can be said of it.
    public let isResolved: Bool
    /// Of the person who decided it.
    public let role: ClinicalRole

    public init(id: DoseID, ratePercent: Int, isResolved: Bool, role: ClinicalRole) {
        self.id = id
        self.ratePercent = ratePercent
        self.isResolved = isResolved
        self.role = role
    }
}

/// A manufacturer's lot, 1 to 40 printable characters.
public struct LotNumber: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    public init(_ text: String) { self.text = text }
    public var description: String { text }
}

/// Why an infusion was interrupted, for a while or for good.
public enum StopReason: String, Hashable, Sendable, CaseIterable {
    case reaction, extravasation, accessLost, patientRequest, equipment, clinicianDecision
}

/// The patient left the chair, observed and stable.
public struct Discharge: Hashable, Sendable {
    public let dose: DoseID
    /// From the end of the infusion to discharge.
    public let observedMinutes: Int
    public let stable: Bool
    public init(dose: DoseID, observedMinutes: Int, stable: Bool) {
        self.dose = dose
        self.observedMinutes = observedMinutes
        self.stable = stable
    }
}
