import Infusion
import InfusionApplication

/// What is asked about a site's openings, read from the query of the URL.
struct OpeningsParameters {
    static let names: Set<String> = [
        "visit", "order", "moving", "course", "from", "to", "due", "weekdays", "hours", "transport",
        "kind", "equipment", "isolated", "freshLabs", "limit", "perDay",
    ]

    private let visit: OpeningQuestion.Visit
    private let query: Query
    private let wishes: PatientWishes
    private let needs: ChairNeeds

    init(_ query: Query) throws(Problem) {
        self.query = query
        visit = try Self.visit(query)
        wishes = PatientWishes(
            weekdays: try query.set("weekdays", of: Weekday.self),
            hours: try query.clockSpan("hours"), transport: try query.clockSpan("transport"))
        needs = ChairNeeds(
            kind: try query.value("kind", Self.list(ChairKind.self)) { ChairKind(rawValue: $0) },
            equipment: try query.set("equipment", of: ChairEquipment.self),
            isIsolated: try query.flag("isolated"))
    }

    func question(of site: SiteID) throws(Problem) -> OpeningsQuestion {
        OpeningsQuestion(
            site: site, visit: visit, first: try query.date("from"), last: try query.date("to"),
            due: try query.date("due"), wishes: wishes, needs: needs,
            allowsFreshLabs: try query.flag("freshLabs"),
            limit: try query.openings("limit") ?? InfusionLimits.openingsUsual,
            perDay: try query.openings("perDay") ?? InfusionLimits.openingsPerDayUsual)
    }

    /// Either of both: a length, or the order whose visit it is.
    private static func visit(_ query: Query) throws(Problem) -> OpeningQuestion.Visit {
        let accepted = InfusionLimits.appointmentMinutes
        let minutes = try query.value(
            "visit", "\(accepted.lowerBound) to \(accepted.upperBound) minutes"
        ) { text in Int(text).flatMap { accepted.contains(Int64($0)) ? $0 : nil } }
        let order = try query.value("order", "an order's id") { OrderID($0) }
        let moving = try query.value("moving", "an appointment's id") { AppointmentID($0) }
        let isCourse = try query.flag("course")
        switch (minutes, order) {
        case (let minutes?, nil):
            guard moving == nil, !isCourse else {
                throw Problem(
                    parameter: moving == nil ? "course" : "moving",
                    problem: "is given without an order", accepted: "together with order")
            }
            return .minutes(minutes)
        case (_, let order?):
            guard minutes == nil || !isCourse, moving == nil || !isCourse else {
                throw Problem(
                    parameter: "course", problem: "is given together with visit or moving",
                    accepted: "course, or either of them")
            }
            return isCourse ? .course(order) : .order(order, moving: moving, minutes: minutes)
        case (nil, nil):
            throw Problem(
                parameter: "order", problem: "is missing, and so is visit",
                accepted: "an order's id, or visit, the minutes of a visit")
        }
    }

    private static func list<Value: CaseIterable & RawRepresentable<String>>(
        _ type: Value.Type
    ) -> String {
        "one of " + type.allCases.map(\.rawValue).joined(separator: ", ")
    }
}

extension Query {
    fileprivate func flag(_ name: String) throws(Problem) -> Bool {
        try value(name, "true or false") { ["true": true, "false": false][$0] } ?? false
    }

    /// Names with commas between them.
    fileprivate func set<Value: CaseIterable & RawRepresentable<String> & Hashable>(
        _ name: String, of type: Value.Type
    ) throws(Problem) -> Set<Value> {
        let accepted =
            "of " + type.allCases.map(\.rawValue).joined(separator: ", ")
            + ", with commas between them"
        return try value(name, accepted) { text in
            let names = text.split(separator: ",", omittingEmptySubsequences: false)
            let values = names.compactMap { Value(rawValue: String($0)) }
            return values.count == names.count ? Set(values) : nil
        } ?? []
    }

    fileprivate func clockSpan(_ name: String) throws(Problem) -> ClockSpan? {
        try value(name, "two times on the wall clock, as 08:00-12:30") { ClockSpan($0) }
    }

    fileprivate func openings(_ name: String) throws(Problem) -> Int? {
        let accepted = InfusionLimits.openings
        return try value(name, "\(accepted.lowerBound) to \(accepted.upperBound)") { text in
            Int(text).flatMap { accepted.contains($0) ? $0 : nil }
        }
    }
}
