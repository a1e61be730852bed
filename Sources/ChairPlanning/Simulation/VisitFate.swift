/// What happens to one patient on one simulated day. Drawn from the visit, the day and the seed alone,
/// so that every schedule meets the same patients.
struct VisitFate: Sendable {
    let comes: Bool
    let lateMinutes: Int
    /// The phases as they really are.
    let phases: [VisitPhase]

    init(_ visit: PlannedVisit, _ rates: SimulationRates, _ random: inout PlanningRandom) {
        let isAway =
            random.happens(rates.noShow.share) || random.happens(rates.sameDayCancel.share)
        let isLate = random.happens(rates.late.share)
        let late = Self.draw(SimulationRates.lateMinutes, &random)
        let runsOver = random.happens(rates.overRun.share)
        let more = Self.draw(SimulationRates.overRunMinutes, &random)
        let reaction = random.share()
        let moment = random.share()
        comes = visit.hasStarted || !isAway
        lateMinutes = visit.hasStarted || !isLate ? 0 : late
        var phases = visit.phases
        // The first part without hands is the infusion; the next is the observation.
        if let place = phases.firstIndex(where: { !$0.needsNurse }) {
            let infusion = phases[place].minutes
            let begun = Int(Double(infusion) * moment)
            let watch = SimulationRates.watchMinutes
            let real: [VisitPhase] =
                if reaction < rates.moderateReaction.share {
                    [
                        VisitPhase(minutes: max(1, begun), needsNurse: false),
                        VisitPhase(minutes: watch, needsNurse: true),
                        VisitPhase(
                            minutes: SimulationRates.treatmentMinutes - watch, needsNurse: false),
                    ]
                } else if reaction < rates.moderateReaction.share + rates.mildReaction.share {
                    [
                        VisitPhase(minutes: max(1, begun), needsNurse: false),
                        VisitPhase(minutes: watch, needsNurse: true),
                        VisitPhase(minutes: max(1, (infusion - begun) * 2), needsNurse: false),
                    ]
                } else {
                    [VisitPhase(minutes: infusion + (runsOver ? more : 0), needsNurse: false)]
                }
            phases.replaceSubrange(place...place, with: real)
        }
        self.phases = phases
    }

    private static func draw(_ range: ClosedRange<Int>, _ random: inout PlanningRandom) -> Int {
        range.lowerBound + random.below(range.count)
    }
}
