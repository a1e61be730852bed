import ChairPlanning
import InfusionWire

extension PlanViolation {
    /// What is wrong, in words: who, in which chair, at what time of the wall clock, and what would be right.
    func text(in plan: ChairPlan, of instance: PlanInstance) -> String {
        switch place {
        case .plan(let text): "the plan is not of this instance: \(text)"
        case .visit(let id, let other):
            PlacedVisit(id, in: plan, of: instance).map {
                $0.text(rule, other.flatMap { PlacedVisit($0, in: plan, of: instance) })
            } ?? description
        case .minutes(let minutes, let count, let allowed):
            "\(DayHours.text(minutes)): " + Self.text(rule, count, allowed)
        case .product(let product, let used, let left):
            "\(product): the visits use \(used), and \(left.counted("is", "are")) left"
        }
    }

    private static func text(_ rule: Rule, _ count: Int, _ allowed: Int) -> String {
        switch rule {
        case .hands: "the hands of \(count.counted("nurse")) are needed; on shift: \(allowed)"
        case .patientsPerNurse:
            count.counted("patient is in a chair", "patients are in chairs")
                + "; the nurses on shift look after \(allowed)"
        case .startsPerNurse:
            count.counted("visit starts", "visits start")
                + "; the nurses on shift start \(allowed)"
        case .shape, .started, .window, .past, .hours, .cover, .equipment, .availability,
            .chair, .patient, .stock:
            "\(count), and \(allowed.counted("is", "are")) allowed"
        }
    }

    var json: JSON {
        var members: [JSON.Member] = [JSON.Member(name: "rule", value: .name(rule))]
        func add(_ name: String, _ value: JSON) {
            members.append(JSON.Member(name: name, value: value))
        }
        switch place {
        case .plan(let text): add("plan", .string(text))
        case .visit(let id, let other):
            add("visit", .string(id))
            if let other { add("other", .string(other)) }
        case .minutes(let minutes, let count, let allowed):
            add("from", .integer(minutes.lowerBound))
            add("until", .integer(minutes.upperBound))
            add("count", .integer(count))
            add("allowed", .integer(allowed))
        case .product(let product, let used, let left):
            add("product", .string(product))
            add("count", .integer(used))
            add("allowed", .integer(left))
        }
        return .object(members)
    }
}

/// A visit where the plan has it, or without a booking.
private struct PlacedVisit {
    let instance: PlanInstance
    let visit: PlannedVisit
    let booking: Booking?

    init?(_ id: String, in plan: ChairPlan, of instance: PlanInstance) {
        guard let index = instance.visits.firstIndex(where: { $0.id == id }) else { return nil }
        self.instance = instance
        visit = instance.visits[index]
        booking = plan.bookings[index]
    }

    private var chair: Chair? { booking.map { instance.chairs[$0.chair] } }
    private var leaves: Int? { booking.map { $0.start + visit.chairMinutes } }

    /// `v3 in c1, 9:00 to 10:10`.
    private var name: String {
        guard let booking, let chair, let leaves else { return visit.id }
        return "\(visit.id) in \(chair.id), \(DayHours.text(booking.start..<leaves))"
    }

    func text(_ rule: PlanViolation.Rule, _ other: PlacedVisit?) -> String {
        switch rule {
        case .started: "\(name): \(begun)"
        case .window: "\(name): \(window)"
        case .past:
            "\(name): it is \(DayHours.text(instance.now ?? 0)) already, and the visit has not started"
        case .hours:
            "\(name): the patient has to come and leave in opening hours, and leave "
                + "\(instance.rules.bufferMinutes) min before closing\(closing)"
        case .cover: "\(name): nobody who can treat anaphylaxis is there all that time"
        case .equipment:
            "\(name): the chair has no "
                + visit.needs.subtracting(chair?.tags ?? []).sorted().joined(separator: ", ")
        case .availability:
            "\(name): the chair cannot be used all that time and for "
                + "\(visit.turnoverMinutes) min of turnover"
        case .chair:
            "\(name): the chair is also held for \(other?.name ?? "another visit"), and turnover"
        case .patient:
            "\(name): the patient \(visit.patient) is also in \(other?.name ?? "another visit")"
        case .shape, .hands, .patientsPerNurse, .startsPerNurse, .stock: name
        }
    }

    private var begun: String {
        guard case .started(let start, let chair) = visit.timing else { return "is not under way" }
        return "is under way in \(chair) since \(DayHours.text(start)) and stays there"
            + (booking == nil ? "; the plan leaves it out" : "")
    }

    private var window: String {
        let grid = "on a multiple of \(instance.startGridMinutes) min of the clock"
        return switch visit.timing {
        case .requested(let earliest, _, let latest):
            "has to start from \(DayHours.text(earliest)) to \(DayHours.text(latest)), \(grid)"
        case .promised(let start, 0, 0): "is promised \(DayHours.text(start))"
        case .promised(let start, let earlier, let later):
            "is promised \(DayHours.text(start)), and may be moved to a start from "
                + "\(DayHours.text(max(0, start - earlier))) to \(DayHours.text(start + later)), \(grid)"
        case .started(let start, _): "started at \(DayHours.text(start))"
        }
    }

    private var closing: String {
        guard let start = booking?.start,
            let day = instance.days.first(where: { $0.opens <= start && start < $0.closes })
        else { return "" }
        return " at \(DayHours.text(day.closes))"
    }
}

extension DayHours {
    /// From and until; the day is said once where it is one.
    static func text(_ minutes: Range<Int>) -> String {
        let (from, until) = (minutes.lowerBound, minutes.upperBound)
        let isOneDay = from / 1_440 == until / 1_440
        return "\(text(from)) to \(text(isOneDay ? until % 1_440 : until))"
    }
}
