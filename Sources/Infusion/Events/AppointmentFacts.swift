/// A chair kept for one visit of an order.
public struct Appointment: Hashable, Sendable {
    public let id: AppointmentID
    public let order: OrderID
    public let slot: AppointmentSlot
    /// Every gate as it stood for the appointment's date when it was booked; of red cells the one they
    /// are asked about, where it was overridden.
    public internal(set) var findings: [Finding]
    public init(id: AppointmentID, order: OrderID, slot: AppointmentSlot, findings: [Finding]) {
        self.id = id
        self.order = order
        self.slot = slot
        self.findings = findings
    }
}

/// A chair and a half-open interval of time: `[start, end)`.
public struct AppointmentSlot: Hashable, Sendable {
    public let site: SiteID
    public let chair: ChairID
    public let start: Instant
    public let end: Instant
    public init(site: SiteID, chair: ChairID, start: Instant, end: Instant) {
        self.site = site
        self.chair = chair
        self.start = start
        self.end = end
    }

    /// Whether only the chair differs, if anything.
    public func isSameTime(as other: AppointmentSlot) -> Bool {
        site == other.site && start == other.start && end == other.end
    }

    /// Whether only one visit can be in both.
    public func sharesChair(with other: AppointmentSlot) -> Bool {
        site == other.site && chair == other.chair && start < other.end && other.start < end
    }
}
