/// What became of a booked visit.
public enum AppointmentStatus: Hashable, Sendable {
    /// Kept without an answer until then.
    case held(until: Instant)
    case booked
    /// The patient is here; nothing has begun.
    case arrived
    /// The dose that was begun first; the others of the visit name it too.
    case attended(DoseID)
    /// The patient is in the chair for red cells, which nobody has recorded yet.
    case begun
    /// Red cells were given in it.
    case transfused(TransfusionID)
    case cancelled(CancellationReason)
    case missed
    /// Held, and not agreed to in time.
    case expired

    /// Whether the visit is still to come at `instant`: what counts against an order's doses, and what can be
    /// moved, cancelled or kept. A hold that has run out is not, whether or not that has been told.
    public func isToCome(at instant: Instant) -> Bool {
        switch self {
        case .held(let until): instant < until
        case .booked, .arrived: true
        case .attended, .begun, .transfused, .cancelled, .missed, .expired: false
        }
    }

    /// A stable word for messages and wire formats.
    public var name: String {
        switch self {
        case .held: "held"
        case .booked: "booked"
        case .arrived: "arrived"
        case .attended, .transfused: "attended"
        case .begun: "begun"
        case .cancelled: "cancelled"
        case .missed: "missed"
        case .expired: "expired"
        }
    }
}

/// A visit as it now stands.
public struct AppointmentRecord: Hashable, Sendable {
    public let id: AppointmentID
    public let order: OrderID
    public internal(set) var slot: AppointmentSlot
    public internal(set) var status: AppointmentStatus
    /// Every gate as it stood for the appointment's date when it was booked, or held and then confirmed.
    public internal(set) var findings: [Finding]
    /// Who answers for what the site's plan did not bear at the slot's time.
    public internal(set) var capacityOverride: CapacityOverride?
    /// The vials of its site that are kept for it.
    public internal(set) var stock: StockNeed?
    /// When the patient of a visit for red cells sat down. `nil` of iron, whose doses say so, and of red cells that
    /// were recorded before their visits were begun and left: those were over with them.
    public internal(set) var begun: Kept<AppointmentID>?
    /// When that patient left.
    public internal(set) var left: Kept<VisitLeft>?
    public let version: EventVersion

    init(_ appointment: Appointment, status: AppointmentStatus, version: EventVersion) {
        id = appointment.id
        order = appointment.order
        slot = appointment.slot
        findings = appointment.findings
        self.status = status
        self.version = version
    }

    mutating func attend(_ dose: DoseID) {
        switch status {
        case .attended: break
        case .held, .booked, .arrived, .begun, .transfused, .cancelled, .missed, .expired:
            status = .attended(dose)
        }
    }
}
