/// A visit to be planned.
public struct PlannedVisit: Hashable, Sendable {
    public let id: String
    /// Visits of one patient never overlap.
    public let patient: String
    public let urgency: VisitUrgency
    /// In their order, without gaps; together the chair time.
    public let phases: [VisitPhase]
    /// The chair is held so long after the patient has left it.
    public let turnoverMinutes: Int
    /// Tags the chair must have.
    public let needs: Set<String>
    public let timing: VisitTiming
    /// Taken from the day's stock.
    public let uses: ProductUse?

    public init(
        id: String, patient: String, urgency: VisitUrgency, phases: [VisitPhase],
        turnoverMinutes: Int, needs: Set<String> = [], timing: VisitTiming, uses: ProductUse? = nil
    ) {
        self.id = id
        self.patient = patient
        self.urgency = urgency
        self.phases = phases
        self.turnoverMinutes = turnoverMinutes
        self.needs = needs
        self.timing = timing
        self.uses = uses
    }

    /// From sitting down to leaving; the observation counts.
    public var chairMinutes: Int { phases.reduce(0) { $0 + $1.minutes } }
    /// Chair time and turnover.
    public var holdMinutes: Int { chairMinutes + turnoverMinutes }

    public var hasStarted: Bool {
        switch timing {
        case .started: true
        case .requested, .promised: false
        }
    }

    public var isPromised: Bool {
        switch timing {
        case .promised: true
        case .requested, .started: false
        }
    }
}

/// Units of a product, as the stock counts them.
public struct ProductUse: Hashable, Sendable {
    public let product: String
    public let units: Int

    public init(product: String, units: Int) {
        self.product = product
        self.units = units
    }
}
