import ChairPlanning

/// A day for the terminal: a line for each chair, a column for each quarter of an hour.
struct DayDrawing {
    private static let quarterMinutes = 15
    private let instance: PlanInstance
    private let plan: ChairPlan

    init(_ instance: PlanInstance, _ plan: ChairPlan) {
        self.instance = instance
        self.plan = plan
    }

    static let legend = """
        ▐ start   █ in the chair   ░ turnover   · free   (blank) not available; nurses: hands needed, \
        at most, in the quarter
        """

    func lines(of day: DayHours) -> [String] {
        let width = max(6, instance.chairs.map(\.id.count).max() ?? 0)
        let quarters = stride(from: day.opens, to: day.closes, by: Self.quarterMinutes)
        func line(_ name: String, _ cells: String) -> String {
            "\(name)\(String(repeating: " ", count: width - name.count))  \(cells)"
        }
        var hours = ""
        for minute in quarters where hours.count <= (minute - day.opens) / Self.quarterMinutes {
            let isHour = minute % 60 < Self.quarterMinutes
            hours += isHour ? Self.padded("\(minute % 1_440 / 60)", 2) : " "
        }
        var lines = [line("", hours)]
        for (index, chair) in instance.chairs.enumerated() {
            lines.append(
                line(chair.id, String(quarters.map { cell(index, chair, $0) })))
        }
        lines.append(line("nurses", String(quarters.map(hands))))
        return lines
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func cell(_ index: Int, _ chair: Chair, _ quarter: Int) -> Character {
        let minutes = quarter..<(quarter + Self.quarterMinutes)
        var cell: Character =
            chair.available.contains { $0.overlaps(minutes) } ? "·" : " "
        for (visit, booking) in zip(instance.visits, plan.bookings) {
            guard let booking, booking.chair == index else { continue }
            let stay = booking.start..<(booking.start + visit.chairMinutes)
            if minutes.contains(booking.start) { return "▐" }
            if stay.overlaps(minutes) {
                cell = "█"
            } else if booking.start < minutes.upperBound,
                stay.upperBound + visit.turnoverMinutes > minutes.lowerBound, cell != "█"
            {
                cell = "░"
            }
        }
        return cell
    }

    private func hands(_ quarter: Int) -> Character {
        var most = 0
        for minute in quarter..<(quarter + Self.quarterMinutes) {
            let busy = zip(instance.visits, plan.bookings).count { visit, booking in
                booking.map { Self.needsHands(visit, minute - $0.start) } ?? false
            }
            most = max(most, busy)
        }
        return most == 0 ? "·" : most < 10 ? Character("\(most)") : "+"
    }

    private static func needsHands(_ visit: PlannedVisit, _ offset: Int) -> Bool {
        guard offset >= 0 else { return false }
        var left = offset
        for phase in visit.phases {
            if left < phase.minutes { return phase.needsNurse }
            left -= phase.minutes
        }
        return false
    }
}

extension DayHours {
    /// Minutes from the first midnight as people read them; from the second day on with its number.
    static func text(_ minute: Int) -> String {
        let (day, rest) = minute.quotientAndRemainder(dividingBy: 1_440)
        let clock = "\(rest / 600)\(rest / 60 % 10):\(rest % 60 / 10)\(rest % 10)"
        return day == 0 ? clock : "day \(day + 1) \(clock)"
    }
}
