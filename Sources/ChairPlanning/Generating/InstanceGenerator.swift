/// Makes instances of infusion centres that do not exist: the same numbers give the same instance for
/// ever, so that results can be compared.
public struct InstanceGenerator: Hashable, Sendable {
    public static let visits = 1...1_000
    public static let chairs = 1...200
    public static let loadPercent = 20...150
    /// A generated day's regular hours, minutes; a load that needs more or less is refused.
    static let regularMinutes = 240...780
    /// A busy centre: the upper end of facts §9.2 for starts.
    private static let rules = StaffingRules(
        startsPerNurse: 2, patientsPerNurse: 4, bufferMinutes: 15)

    let visits: Int
    let chairs: Int
    let loadPercent: Int
    let seed: UInt64

    /// - Parameters:
    ///   - loadPercent: Chair time and turnover that is asked for, of what the chairs have in regular
    ///     hours.
    public init(visits: Int, chairs: Int, loadPercent: Int, seed: UInt64) throws(PlanProblems) {
        self.visits = visits
        self.chairs = chairs
        self.loadPercent = loadPercent
        self.seed = seed
        let wrong = [
            ("/visits", visits, Self.visits), ("/chairs", chairs, Self.chairs),
            ("/load", loadPercent, Self.loadPercent),
        ].filter { !$0.2.contains($0.1) }
        guard wrong.isEmpty else {
            throw PlanProblems(
                wrong.map {
                    PlanProblem(
                        $0.0, "is \($0.1)", accepted: "\($0.2.lowerBound) to \($0.2.upperBound)")
                })
        }
    }

    /// The instance.
    /// - Throws: Where no day has that load with so many visits and chairs.
    public func instance() throws(PlanProblems) -> PlanInstance {
        var random = PlanningRandom(seed: seed &* 0x9E37_79B9 &+ UInt64(visits * 1_000 + chairs))
        let (kinds, regular) = try mix(&random)
        let opens = 480
        let overtimeFrom = opens + regular
        let longest = kinds.map(\.chairMinutes).max() ?? 0
        // Nobody asks for what no day has room for.
        let closes = max(overtimeFrom + 90, opens + longest + 30)
        let chairs = generatedChairs(kinds, opens..<closes, &random)
        let nurses = generatedNurses(opens..<closes, overtimeFrom)
        var visits: [PlannedVisit] = []
        for kind in kinds {
            visits.append(
                visit(visits.count, kind, opens, closes, visits.last?.patient, &random))
        }
        return try PlanInstance(
            days: [DayHours(opens: opens, overtimeFrom: overtimeFrom, closes: closes)],
            rules: Self.rules, chairs: chairs, nurses: nurses, visits: visits)
    }

    // MARK: - Visits

    /// Kinds of all visits, and the regular hours that give the load: first by the usual mix; where its
    /// day would be too long or too short, by a mix with shorter or longer visits.
    private func mix(_ random: inout PlanningRandom) throws(PlanProblems) -> ([VisitKind], Int) {
        for leaning in [0, 1, 2, 3, 4, 5, 6, 7, 8] {
            var found: [(kinds: [VisitKind], regular: Int)] = []
            for direction in leaning == 0 ? [0] : [-leaning, leaning] {
                let kinds = drawn(leaning: direction, &random)
                let demand = kinds.reduce(0) { $0 + $1.chairMinutes + 10 }
                let regular = demand * 100 / (chairs * loadPercent)
                found.append((kinds, (regular + 7) / 15 * 15))
            }
            if let fitting = found.first(where: { Self.regularMinutes.contains($0.regular) }) {
                return fitting
            }
        }
        throw PlanProblems([
            PlanProblem(
                "/load",
                "no day of 4 to 13 hours has \(loadPercent) % with \(visits) visits on \(chairs) chairs",
                accepted: "about 2 to 8 visits for each chair, fewer at a high load")
        ])
    }

    private func drawn(leaning: Int, _ random: inout PlanningRandom) -> [VisitKind] {
        let all = VisitKind.all
        let shares = all.enumerated().map { place, kind in
            let rank = leaning < 0 ? all.count - place : place + 1
            var share = kind.share
            for _ in 0..<abs(leaning) { share = share * rank / 3 + 1 }
            return share
        }
        let total = shares.reduce(0, +)
        return (0..<visits).map { _ in
            var left = random.below(total)
            for (kind, share) in zip(all, shares) {
                if left < share { return kind }
                left -= share
            }
            return all[0]
        }
    }

    private func visit(
        _ number: Int, _ kind: VisitKind, _ opens: Int, _ closes: Int, _ before: String?,
        _ random: inout PlanningRandom
    ) -> PlannedVisit {
        let last = (closes - kind.chairMinutes - 15) / 5 * 5
        let latest = max(opens, last)
        // Six of ten ask for the first part of the day, most of them for its middle.
        let span = latest - opens + 1
        let offset =
            random.happens(0.6)
            ? (random.below(span) + random.below(span)) * 35 / 100 : random.below(span)
        let ready = opens + offset / 5 * 5
        let end = random.happens(0.3) ? min(latest, ready + 60 + random.below(19) * 10) : latest
        let flexible = random.happens(0.25) ? max(opens, ready - 30 - random.below(7) * 10) : ready
        let urgency: VisitUrgency =
            switch random.below(100) {
            case 0..<2: .emergency
            case 2..<12: .urgent
            case 12..<35: .soon
            case _: .routine
            }
        var needs = kind.needs
        if random.happens(0.05) { needs.insert("isolation") }
        if needs.isEmpty, random.happens(0.05) { needs.insert("bed") }
        let isSecond = before != nil && random.happens(0.02)
        return PlannedVisit(
            id: "v\(number + 1)", patient: isSecond ? before ?? "" : "p\(number + 1)",
            urgency: urgency, phases: kind.phases, turnoverMinutes: 10, needs: needs,
            timing: .requested(earliest: flexible, ready: ready, latest: max(ready, end)))
    }

    // MARK: - Chairs and nurses

    /// Beds and isolation in proportion to who needs them; one chair in ten is there for half a day.
    private func generatedChairs(
        _ kinds: [VisitKind], _ open: Range<Int>, _ random: inout PlanningRandom
    ) -> [Chair] {
        let lying = kinds.count { $0.needs.contains("bed") }
        let beds = min(
            chairs,
            max(
                1, (chairs * (lying * 2 + kinds.count / 10) + kinds.count - 1) / max(1, kinds.count)
            ))
        let rooms = max(1, (chairs + 6) / 12)
        return (0..<chairs).map { number in
            var tags: Set<String> = []
            if number >= chairs - beds { tags.insert("bed") }
            if number % max(1, chairs / rooms) == 0 || number == chairs - 1 {
                tags.insert("isolation")
            }
            let isHalf = tags.isEmpty && random.happens(0.1)
            let noon = open.lowerBound + (open.count / 2 + 14) / 15 * 15
            let hours =
                !isHalf
                ? open : random.happens(0.5) ? open.lowerBound..<noon : noon..<open.upperBound
            return Chair(id: "c\(number + 1)", tags: tags, available: [hours])
        }
    }

    /// A nurse for three chairs (facts §9.2: 2.1 to 3.6); half begin an hour later and stay to the end.
    /// Breaks of half an hour follow each other around noon.
    private func generatedNurses(_ open: Range<Int>, _ overtimeFrom: Int) -> [NurseOnShift] {
        let count = max(2, (chairs + 2) / 3)
        return (0..<count).map { number in
            let isLate = number % 2 == 1
            let from =
                isLate && number > 1
                ? min(open.lowerBound + 60, open.upperBound - 60) : open.lowerBound
            let until = isLate || number == 0 ? open.upperBound : overtimeFrom
            let middle = (open.lowerBound + open.count / 2) / 30 * 30
            let pause = middle - 60 + (number % 4) * 30
            let shifts =
                pause > from && pause + 30 < until
                ? [from..<pause, (pause + 30)..<until] : [from..<until]
            return NurseOnShift(id: "n\(number + 1)", shifts: shifts)
        }
    }
}
