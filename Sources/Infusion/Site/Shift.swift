/// What the people of a shift may do.
public enum StaffRole: String, Hashable, Sendable, CaseIterable {
    /// Starts infusions and watches over them.
    case registeredNurse
    /// Trained and free to treat anaphylaxis at once: what the labels mean by "facilities for
    /// resuscitation".
    case resuscitation
    case healthcareAssistant
}

/// People on duty together, by what they may do and not by who they are.
public struct Shift: Hashable, Sendable {
    /// How many, or which one.
    public enum Staff: Hashable, Sendable {
        case people(Int)
        case person(StaffCode)
    }

    public let id: SiteEntryID
    /// All that each of them may do; one person may be both nurse and resuscitation cover.
    public let roles: Set<StaffRole>
    public let staff: Staff
    public let period: LocalPeriod

    public init(id: SiteEntryID, roles: Set<StaffRole>, staff: Staff, period: LocalPeriod) {
        self.id = id
        self.roles = roles
        self.staff = staff
        self.period = period
    }

    public var headcount: Int {
        switch staff {
        case .people(let count): count
        case .person: 1
        }
    }

    /// The same people in another time.
    func moved(to period: LocalPeriod) -> Shift {
        Shift(id: id, roles: roles, staff: staff, period: period)
    }
}

/// Why people are not there as planned.
public enum ShiftChangeReason: String, Hashable, Sendable, CaseIterable {
    case sickLeave, otherLeave, reassigned, planChanged, enteredInError
}
