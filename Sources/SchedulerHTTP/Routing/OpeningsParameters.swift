import Foundation
import Infusion
import InfusionApplication

/// What is asked about a site's openings, read from the query of the URL.
struct OpeningsParameters {
    static let names: Set<String> = [
        "visit", "order", "moving", "course", "product", "dose", "row", "later", "units", "from",
        "to", "due", "weekdays", "hours", "transport",
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

    /// One of four: an order whose visit it is, a kind of visit (iron or red cells), or a length.
    private static func visit(_ query: Query) throws(Problem) -> OpeningQuestion.Visit {
        if let kind = try kind(query) {
            for name in ["visit", "order", "moving", "course"] where query[name] != nil {
                throw Problem(
                    parameter: name, problem: "is given together with a kind of visit",
                    accepted: "product, units, order, or visit alone")
            }
            return .kind(kind)
        }
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
                parameter: "order", problem: "is missing, and so are product, units and visit",
                accepted:
                    "an order's id, a product and its dose, units of red cells, or the minutes "
                    + "of a visit")
        }
    }

    /// `nil` where neither iron nor red cells are named.
    private static func kind(_ query: Query) throws(Problem) -> KindOfVisit? {
        let units = InfusionLimits.transfusionUnits
        let asked = try query.value("units", "\(units.lowerBound) to \(units.upperBound)") { text in
            Int(text).flatMap { units.contains($0) ? $0 : nil }
        }
        let product = try query.value("product", "a product of the formulary") { text in
            text.isEmpty ? nil : ProductKey(text)
        }
        let dose = try query.value(
            "dose", "milligrams, more than 0 and at most \(InfusionLimits.askedMilligrams)"
        ) { Self.milligrams($0) }
        let row = try query.value("row", "a dosing row of the product") { text in
            text.isEmpty ? nil : DosingRowID(text)
        }
        let isLater = try query.flag("later")
        if let product {
            guard let dose else {
                throw Problem(
                    parameter: "dose", problem: "is missing", accepted: "the product's milligrams")
            }
            guard asked == nil else {
                throw Problem(
                    parameter: "units", problem: "is given together with product",
                    accepted: "iron or red cells")
            }
            return .iron(product, row: row, dose: dose, isFirst: !isLater)
        }
        for name in ["dose", "row", "later"] where query[name] != nil {
            throw Problem(
                parameter: name, problem: "is given without a product",
                accepted: "together with product")
        }
        return asked.map { .redCells(units: $0) }
    }

    /// Digits with at most one point between them.
    private static func milligrams(_ text: String) -> Milligrams? {
        guard text.wholeMatch(of: /[0-9]{1,4}(\.[0-9]{1,3})?/) != nil,
            let value = Decimal(string: text, locale: nil), value > 0,
            value <= InfusionLimits.askedMilligrams
        else { return nil }
        return Milligrams(value)
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
