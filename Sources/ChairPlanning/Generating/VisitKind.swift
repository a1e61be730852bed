/// A product and dose as infusion centres book it.
struct VisitKind: Sendable {
    let product: String
    let infusionMinutes: Int
    let observationMinutes: Int
    /// How often, of a thousand visits (engineering defaults).
    let share: Int
    let needs: Set<String>

    init(
        _ product: String, _ infusion: Int, _ observation: Int, _ share: Int,
        needs: Set<String> = []
    ) {
        self.product = product
        infusionMinutes = infusion
        observationMinutes = observation
        self.share = share
        self.needs = needs
    }

    /// Check-in, vital signs and access 20, flush 5, discharge 5 (facts §9.1).
    static let handsMinutes = 30

    var chairMinutes: Int { infusionMinutes + observationMinutes + Self.handsMinutes }

    var phases: [VisitPhase] {
        [
            VisitPhase(minutes: 20, needsNurse: true),
            VisitPhase(minutes: infusionMinutes, needsNurse: false),
            VisitPhase(minutes: 5, needsNurse: true),
            VisitPhase(minutes: observationMinutes, needsNurse: false),
            VisitPhase(minutes: 5, needsNurse: true),
        ]
    }

    /// Infusion and observation as facts §9.1 has them; the shorter first.
    static let all = [
        VisitKind("ferric-carboxymaltose", 15, 30, 260),
        VisitKind("ferumoxytol", 15, 30, 110),
        VisitKind("ferric-derisomaltose", 30, 30, 220),
        VisitKind("iron-sucrose-200", 30, 30, 150),
        VisitKind("ferric-gluconate-125", 60, 30, 60),
        VisitKind("iron-sucrose-300", 90, 30, 60),
        VisitKind("iron-dextran-total", 65, 45, 50),
        VisitKind("iron-sucrose-400", 150, 30, 30),
        VisitKind("red-cells", 150, 30, 40, needs: ["bed"]),
        VisitKind("iron-dextran-total-slow", 240, 30, 20, needs: ["bed"]),
    ]
}
