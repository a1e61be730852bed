/// A visit under way that a changed instance no longer allows.
public struct StartedConflict: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// Its chair cannot be used all the time that the patient is in it.
        case chairUnavailable
        /// Another patient, named earlier, is in its chair as well.
        case chairHeldTwice
        /// More patients are in chairs than the nurses on shift look after.
        case tooFewNurses
        /// In its phases that need a nurse more hands are needed than nurses are on shift.
        case tooFewHands
        /// Nobody is there who can treat anaphylaxis.
        case noCover
    }

    public let visit: String
    public let reason: Reason

    /// By visit, in the instance's order. Minutes that have passed are nobody's to mend: where the
    /// instance says what time it is, only those from then on are judged.
    static func all(of instance: PlanInstance) -> [StartedConflict] {
        let started = instance.visits.compactMap { UnderWay($0, from: instance.now ?? 0) }
        let patients = MinuteCounts(started.map(\.stay))
        let hands = MinuteCounts(started.flatMap(\.hands))
        let nurses = MinuteCounts(instance.nurses.flatMap(\.shifts))
        let covered = MinuteCounts(instance.cover)
        var found: [StartedConflict] = []
        for (index, one) in started.enumerated() {
            func report(_ reason: Reason, if isSo: Bool) {
                if isSo { found.append(StartedConflict(visit: one.visit, reason: reason)) }
            }
            let available = instance.chairs.first { $0.id == one.chair }?.available ?? []
            report(
                .chairUnavailable,
                if: one.stay.contains { minute in !available.contains { $0.contains(minute) } })
            report(
                .chairHeldTwice,
                if: started[..<index].contains {
                    $0.chair == one.chair && $0.stay.overlaps(one.stay)
                })
            report(
                .tooFewNurses,
                if: one.stay.contains {
                    patients[$0] > nurses[$0] * instance.rules.patientsPerNurse
                })
            report(.tooFewHands, if: one.hands.joined().contains { hands[$0] > nurses[$0] })
            report(.noCover, if: one.stay.contains { covered[$0] == 0 })
        }
        return found
    }
}

/// What is still to come of a visit that has started.
private struct UnderWay {
    let visit: String
    let chair: String
    let stay: Range<Int>
    /// When it needs a nurse's hands.
    private(set) var hands: [Range<Int>] = []

    init?(_ visit: PlannedVisit, from now: Int) {
        guard case .started(let start, let chair) = visit.timing else { return nil }
        func toCome(_ minutes: Range<Int>) -> Range<Int> {
            max(now, minutes.lowerBound)..<max(now, minutes.upperBound)
        }
        self.visit = visit.id
        self.chair = chair
        stay = toCome(start..<(start + visit.chairMinutes))
        var begins = start
        for phase in visit.phases {
            if phase.needsNurse { hands.append(toCome(begins..<(begins + phase.minutes))) }
            begins += phase.minutes
        }
    }
}

/// Of how many intervals each minute is.
private struct MinuteCounts {
    private var counts: [Int: Int] = [:]

    init(_ intervals: [Range<Int>]) {
        for minute in intervals.joined() { counts[minute, default: 0] += 1 }
    }

    subscript(minute: Int) -> Int { counts[minute, default: 0] }
}
