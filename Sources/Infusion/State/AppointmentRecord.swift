/// What became of a booked visit.
public enum AppointmentStatus: Hashable, Sendable {
    case booked
    case attended(DoseID)
    /// Red cells were given in it.
    case transfused(TransfusionID)
    case cancelled(CancellationReason)
    case missed

    /// A stable word for messages and wire formats.
    public var name: String {
        switch self {
        case .booked: "booked"
        case .attended, .transfused: "attended"
        case .cancelled: "cancelled"
        case .missed: "missed"
        }
    }
}

/// A visit as it now stands.
public struct AppointmentRecord: Hashable, Sendable {
    public let id: AppointmentID
    public let order: OrderID
    public internal(set) var slot: AppointmentSlot
    public internal(set) var status: AppointmentStatus = .booked
    /// Every gate as it stood for the appointment's date when it was booked.
    public let findings: [Finding]
    public let version: EventVersion

    init(_ appointment: Appointment, version: EventVersion) {
        id = appointment.id
        order = appointment.order
        slot = appointment.slot
        findings = appointment.findings
        self.version = version
    }
}
