import Foundation
import Infusion
import Testing

extension RecheckOpened {
    func predicate(_ name: String) -> Infusion.Predicate? { predicates.first { $0.name == name } }

    /// `last-dose + 28 d` or `surgery - 28 d`, worked out again from the row's own predicates.
    func recomputed(_ name: String) -> CalendarDate? {
        let sum = predicate(name)?.threshold.split(separator: " ").map(String.init) ?? []
        guard sum.count == 4, ["+", "-"].contains(sum[1]), sum[3] == "d", let days = Int(sum[2])
        else { return nil }
        return predicate(sum[0])?.value.flatMap { CalendarDate($0) }?
            .adding(days: sum[1] == "+" ? days : -days)
    }

    /// Whether a reader of the row comes to its dates.
    var explainsItsDates: Bool {
        recomputed("earliest") == earliest && recomputed("due") == due
            && recomputed("overdue-after") == overdueAfter
    }
}

/// What `why` shows: the threshold that decided, and the sum behind each date.
@Suite struct `What a row rests on` {
    func dosed(_ amount: Decimal = 750, _ facts: [ClinicalFact] = []) -> Story {
        given { story in
            story.patient(facts: facts, on: "2026-03-01")
            story.ordered(prescribed: [amount, 750], on: "2026-03-02")
            story.dose(1, amount, on: "2026-03-02")
        }
    }

    @Test(arguments: [
        (Analyte.hemoglobin, RecheckRule.hemoglobinTrend, "5.9", "7", Urgency.emergency),
        (.hemoglobin, .hemoglobinTrend, "7", "8", .urgent),
        (.phosphate, .phosphate, "0.9", "1", .emergency),
        (.phosphate, .phosphate, "1.5", "2", .urgent),
    ])
    func `an escalation names the rung that made it`(
        _ analyte: Analyte, _ rule: RecheckRule, _ value: String, _ limit: String,
        _ urgency: Urgency
    ) {
        var story = dosed()
        story.lab(analyte, decimal(value), on: "2026-03-12")
        let row = story.open(rule)
        let rung = row?.predicate(analyte.rawValue)
        #expect(row?.urgency == urgency)
        #expect(rung?.value == value)
        #expect(rung?.comparison == "<")
        #expect(rung?.threshold == limit)
        #expect(rung?.holds == true)
        #expect(rung?.source == "facts §6, urgency ladder: \(urgency.rawValue) (ED M)")
        #expect(row?.predicate("due")?.threshold == "collected + 0 d")
        #expect(
            row?.predicate("overdue-after")?.threshold
                == "collected + \(urgency == .emergency ? 0 : 3) d")
        #expect(row?.explainsItsDates == true)
    }

    @Test func `a response that is urgent says by which haemoglobin`() {
        var story = dosed()
        #expect(story.open(.hemoglobinResponse)?.predicate("hemoglobin") == nil)
        story.lab(.hemoglobin, decimal("7.9"), on: "2026-03-10")
        #expect(story.open(.hemoglobinResponse)?.predicate("hemoglobin")?.threshold == "8")
        story.lab(.hemoglobin, decimal("6.9"), on: "2026-03-11")
        #expect(story.open(.hemoglobinResponse)?.predicate("hemoglobin")?.threshold == "7")
    }

    @Test func `every date comes with its sum`() {
        let story = dosed(750, [.hypophosphatemiaRisk(present: true)])
        let sums: [(RecheckRule, String, String, String)] = [
            (.hemoglobinTrend, "14", "14", "35"), (.hemoglobinResponse, "28", "28", "63"),
            (.ironStores, "28", "28", "84"), (.phosphate, "10", "14", "28"),
        ]
        for (rule, earliest, due, overdue) in sums {
            let row = story.open(rule)
            #expect(row?.predicate("earliest")?.threshold == "last-dose + \(earliest) d")
            #expect(row?.predicate("due")?.threshold == "last-dose + \(due) d")
            #expect(row?.predicate("overdue-after")?.threshold == "last-dose + \(overdue) d")
            #expect(row?.explainsItsDates == true, "\(rule)")
        }
    }

    @Test func `stores may be seen from day 7 because less than 500 mg were given, and it says so`()
    {
        let small = dosed(499).open(.ironStores)
        #expect(small?.predicate("iron-in-28-days")?.value == "499")
        #expect(small?.predicate("iron-in-28-days")?.comparison == "<")
        #expect(small?.predicate("iron-in-28-days")?.threshold == "500")
        #expect(small?.predicate("earliest")?.threshold == "last-dose + 7 d")
        let large = dosed(500).open(.ironStores)
        #expect(large?.predicate("iron-in-28-days")?.comparison == ">=")
        #expect(large?.predicate("earliest")?.threshold == "last-dose + 28 d")
        #expect(large?.predicate("iron-in-28-days")?.evidence == [large?.id.anchor ?? .none])
    }

    @Test func `after a transfusion the days are counted from it`() {
        var story = dosed()
        story.does(
            .recordTransfusion(
                Transfusion(id: id(77), units: 1), at: story.clinic.at("2026-03-20")),
            at: "2026-03-20")
        let row = story.open(.hemoglobinResponse)
        #expect(row?.predicate("last-transfusion")?.value == "2026-03-20")
        #expect(row?.predicate("due")?.threshold == "last-transfusion + 28 d")
        #expect(row?.explainsItsDates == true)
    }
}
