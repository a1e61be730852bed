/// Red cells prescribed and signed: one unit, then a haemoglobin before the next.
public struct TransfusionOrder: Hashable, Sendable {
    /// Of the same space as the orders of iron: booked, cancelled and looked up like them.
    public let id: OrderID
    /// Units of red cells; more than one only while bleeding or in an emergency.
    public let units: Int
    public let indication: ClinicalContext
    public let signature: Signature
    /// Whether haemoglobin is below the threshold of R-18; `nil` where it cannot be told. Shown and
    /// kept; the prescriber decides.
    public let isIndicated: Bool?
    /// What that was read from, and what raised the threshold or let the unit go without a recheck.
    public let predicates: [Predicate]

    public init(
        id: OrderID, units: Int, indication: ClinicalContext, signature: Signature,
        isIndicated: Bool?, predicates: [Predicate]
    ) {
        self.id = id
        self.units = units
        self.indication = indication
        self.signature = signature
        self.isIndicated = isIndicated
        self.predicates = predicates
    }

    /// What placed it.
    var command: OrderTransfusion {
        OrderTransfusion(id: id, units: units, indication: indication, signature: signature)
    }
}

/// The patient of a visit for red cells left the chair.
public struct VisitLeft: Hashable, Sendable {
    public let appointment: AppointmentID
    /// From the end of the red cells; `nil` where none were given.
    public let observedMinutes: Int?
    /// Whether the patient was.
    public let stable: Bool
    public init(appointment: AppointmentID, observedMinutes: Int?, stable: Bool) {
        self.appointment = appointment
        self.observedMinutes = observedMinutes
        self.stable = stable
    }
}

/// The red cells of an order were given.
public struct TransfusionOrderFilled: Hashable, Sendable {
    public let order: OrderID
    public let transfusion: TransfusionID
    /// The visit it was given in, where one was booked for its day.
    public let appointment: AppointmentID?
    public init(order: OrderID, transfusion: TransfusionID, appointment: AppointmentID?) {
        self.order = order
        self.transfusion = transfusion
        self.appointment = appointment
    }
}
