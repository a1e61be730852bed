import ArgumentParser
import EventStore
import Infusion
import InfusionApplication
import InfusionWire

struct OpeningsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openings",
        abstract:
            "Where a site has room: for an order's next visit, a whole course, or a kind of visit.",
        discussion: """
            Best first: by the date on which the visit is due, by what suits the patient, and by how full the \
            site is. Dates without an opening come with what rules them out. docs/openings.md says how.
            """)
    @OptionGroup var options: TenantOptions
    @Argument(help: "The site's name.") var site: String
    @Option(help: "The order whose next visit is looked for.", transform: Arguments.order)
    var order: OrderID?
    @Option(
        help: "The order's visit that is to be moved: its own time counts as free.",
        transform: Arguments.appointment)
    var moving: AppointmentID?
    @Option(
        help: "Minutes of the visit, where it is nobody's or is to be longer than its dose takes.",
        transform: Arguments.visitMinutes)
    var visit: Int?
    @Option(help: "A product of the formulary: for a visit of nobody's, with its --dose.")
    var product: String?
    @Option(help: "The product's milligrams.", transform: Arguments.milligrams)
    var dose: Milligrams?
    @Option(
        help: "The dosing row; default: the product's one that takes longest over the dose.")
    var row: String?
    @Flag(help: "Not the patient's first visit for the product, which takes longer.")
    var later = false
    @Option(help: "Units of red cells: for a visit of nobody's.", transform: Arguments.units)
    var units: Int?
    @Flag(help: "All visits that the order still needs, which go with each other.")
    var course = false
    @Option(help: "The first date; default: today at the site.", transform: Arguments.date)
    var from: CalendarDate?
    @Option(
        help: "The last date; default: \(InfusionLimits.openingDates) dates in all.",
        transform: Arguments.date)
    var to: CalendarDate?
    @Option(
        help: "The date on which the visit is due; default: by the order, or the first that goes.",
        transform: Arguments.date)
    var due: CalendarDate?
    @Option(
        help: "Days of the week that suit the patient; one or more.",
        transform: { try Arguments.name($0) as Weekday })
    var weekday: [Weekday] = []
    @Option(
        help: "Within which the visit should begin: 08:00-12:00.", transform: Arguments.clockSpan)
    var hours: ClockSpan?
    @Option(
        help: "Within which the whole visit should lie: when the patient can travel.",
        transform: Arguments.clockSpan)
    var transport: ClockSpan?
    @Option(
        help: "A chair of this kind: \(Self.names(ChairKind.self)).",
        transform: { try Arguments.name($0) as ChairKind })
    var kind: ChairKind?
    @Option(
        help: "What the chair needs to have, one or more: \(Self.names(ChairEquipment.self)).",
        transform: { try Arguments.name($0) as ChairEquipment })
    var equipment: [ChairEquipment] = []
    @Flag(help: "A chair that stands in a room of its own.") var isolated = false
    @Flag(help: "Also dates for which results have to be drawn anew, and nobody was asked to yet.")
    var freshLabs = false
    @Option(help: "How many.", transform: Arguments.openings)
    var limit = InfusionLimits.openingsUsual
    @Option(help: "At most so many of one date.", transform: Arguments.openings)
    var perDay = InfusionLimits.openingsPerDayUsual
    @Flag(help: "Also every date without any, and why.") var days = false
    @Flag(help: "Answer in JSON, as GET /v1/sites/{id}/openings does.") var json = false

    func validate() throws {
        let isOfNobody = product != nil || units != nil
        guard order != nil || visit != nil || isOfNobody else {
            throw ValidationError(
                "name an --order, a --product and its --dose, --units, or the minutes of a --visit")
        }
        guard !isOfNobody || order == nil && visit == nil && (product == nil || units == nil) else {
            throw ValidationError("--product and --units stand alone: a kind of visit is nobody's")
        }
        guard (product == nil) == (dose == nil), product != nil || row == nil && !later else {
            throw ValidationError("a --product has its --dose; --row and --later are a product's")
        }
        guard !course || order != nil && visit == nil else {
            throw ValidationError("--course is of an --order, and takes as long as its doses do")
        }
        guard moving == nil || order != nil && !course else {
            throw ValidationError("--moving is one visit of an --order, and no --course")
        }
    }

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let answer = try await backend.useCases().openings(
                OpeningsQuestion(
                    site: SiteID(site), visit: asked, first: from, last: to, due: due,
                    wishes: PatientWishes(
                        weekdays: Set(weekday), hours: hours, transport: transport),
                    needs: ChairNeeds(
                        kind: kind, equipment: Set(equipment), isIsolated: isolated),
                    allowsFreshLabs: freshLabs, limit: limit, perDay: perDay),
                actor: backend.actor)
            if json { Console.out(answer.json) } else { show(answer) }
        }
    }

    private var asked: OpeningQuestion.Visit {
        if let product, let dose {
            return .kind(
                .iron(
                    ProductKey(product), row: row.map { DosingRowID($0) }, dose: dose,
                    isFirst: !later))
        }
        if let units { return .kind(.redCells(units: units)) }
        return switch (order, visit) {
        case (let order?, let minutes):
            course ? .course(order) : .order(order, moving: moving, minutes: minutes)
        case (nil, let minutes): .minutes(minutes ?? 0)
        }
    }

    private static func names<Value: CaseIterable & RawRepresentable<String>>(
        _ type: Value.Type
    ) -> String {
        type.allCases.map(\.rawValue).joined(separator: ", ")
    }

    private func show(_ answer: OpeningsAnswer) {
        let found = answer.openings
        let row = found.row.map { " by \($0)" } ?? ""
        let dose = found.dose.map { ", for \($0)\(row)" } ?? ""
        let due = found.due.map { ", due on \($0)" } ?? ", due on no date of the period"
        Console.out(
            "\(answer.site), \(answer.first) to \(answer.last): \(found.minutes) min\(dose)\(due)")
        let clock = ZoneClock(answer.timeZone)
        if course {
            for (number, course) in found.courses.enumerated() {
                Console.out("\ncourse \(number + 1), \(course.points) points")
                Console.out(table(course.visits, by: clock))
            }
            if found.courses.isEmpty { Console.out("no dates for all visits") }
        } else if found.openings.isEmpty {
            Console.out("no opening")
        } else {
            Console.out(table(found.openings, by: clock))
        }
        if days { showDays(answer.days) }
        if let over = answer.past.last { Console.note("over, and not looked at: up to \(over)") }
        if !found.notJudged.isEmpty {
            Console.note("not judged: " + found.notJudged.map(\.rawValue).joined(separator: ", "))
        }
        Console.note("as known at position \(answer.position)")
    }

    private func table(_ openings: [Opening], by clock: ZoneClock) -> String {
        var table = Table("begins", "ends", "chair", "free", "days", "load", "points", "besides")
        for opening in openings {
            let labs = opening.freshLabs.map { labs in
                "draw " + labs.analytes.map(\.rawValue).joined(separator: ", ")
                    + " from \(labs.from) on"
            }
            let unmet = opening.rank.unmet.map { "not within \($0.rawValue)" }
            table.add(
                "\(clock.localTime(of: opening.slot.start))",
                "\(clock.localTime(of: opening.slot.end).time)", opening.slot.chair.name,
                "\(opening.chairsFree)", "\(opening.rank.daysFromDue)",
                opening.rank.loadPercent.map { "\($0) %" } ?? "unknown", "\(opening.rank.points)",
                (unmet + [labs].compactMap(\.self)).joined(separator: "; "))
        }
        return table.render()
    }

    private func showDays(_ days: [OpeningDay]) {
        var table = Table("date", "starts", "ruled out by")
        for day in days {
            let gates = day.gates.map(\.rawValue).joined(separator: ", ")
            table.add(
                "\(day.date)", "\(day.starts)",
                (day.constraint?.rawValue ?? "") + (gates.isEmpty ? "" : " (\(gates))"))
        }
        Console.out("\n" + table.render())
    }
}
