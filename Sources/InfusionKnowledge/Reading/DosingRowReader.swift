import Foundation
import Infusion
import YAMLReader

/// A row of the dosing table.
enum DosingRowReader {
    static func read(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> Placed<DosingRow> {
        var map = try value.mapping(accepted: "a row")
        let weekly = try map.optional("weekly").map(weekly)
        let row = DosingRow(
            id: DosingRowID(try map.required("id").identifier()),
            moiety: try map.required("moiety").oneOf(Moiety.self),
            region: try map.required("region").oneOf(LabelRegion.self),
            indication: try map.required("indication").text(),
            contexts: try contexts(try map.required("contexts")),
            population: try population(try map.required("population")),
            dose: try dose(try map.required("dose")),
            interval: try map.optional("interval").map(interval) ?? daily,
            course: try course(try map.required("course")),
            weekly: weekly?.rule ?? .none, weeklySiteMaximum: weekly?.siteMaximum,
            infusion: try map.required("infusion").list(infusion),
            isOffLabel: try map.optional("offLabel")?.bool() ?? false,
            cautions: try map.optional("cautions")?.list(caution) ?? [],
            notes: try map.optional("notes")?.texts() ?? [],
            source: try map.required("source").source())
        try map.finish()
        return Placed(value: row, place: value)
    }

    private static func contexts(_ value: YAMLValue) throws(YAMLProblems) -> Set<ClinicalContext> {
        func named(_ list: YAMLValue) throws(YAMLProblems) -> Set<ClinicalContext> {
            Set(
                try list.list { (value) throws(YAMLProblems) in
                    try value.oneOf(ClinicalContext.self)
                })
        }
        let every = Set(ClinicalContext.allCases)
        if value.isList { return try named(value) }
        guard value.isMapping else { return try value.oneOf([("all", every)]) }
        var map = try value.mapping()
        let but = try named(try map.required("allBut"))
        try map.finish()
        return every.subtracting(but)
    }

    /// What somebody raises on every use of a row; the others follow from the row itself.
    private static func caution(_ value: YAMLValue) throws(YAMLProblems) -> DosingCaution {
        try value.oneOf([("limitedExperience", DosingCaution.limitedExperience)])
    }

    private static func population(_ value: YAMLValue) throws(YAMLProblems) -> Population {
        var map = try value.mapping(accepted: "a population, such as {ageFrom: 18 y}")
        let population = Population(
            minimumAge: try map.required("ageFrom").age(),
            belowAge: try map.optional("ageBelow")?.age(),
            verifiedFrom: try map.optional("ageVerifiedFrom")?.age(),
            weight: WeightRange(
                atLeast: try map.optional("weightFrom")?.kilograms(),
                below: try map.optional("weightBelow")?.kilograms()),
            hemoglobinBelow: try map.optional("hemoglobinBelow").map {
                (value) throws(YAMLProblems) in GramsPerDeciliter(try value.positive("g/dL"))
            })
        try map.finish()
        return population
    }

    private static func dose(_ value: YAMLValue) throws(YAMLProblems) -> DoseRule {
        let accepted =
            "an amount such as 750 mg, {perKilogram: 15 mg/kg, atMost: 1000 mg}, {inTurn: […]}, "
            + "{byWeight: […]} or heartFailureTable"
        guard value.isMapping else {
            if try value.text(accepted: accepted) == heartFailureTable { return .heartFailureTable }
            return .flat(try value.milligrams())
        }
        var map = try value.mapping(accepted: accepted)
        let rule: DoseRule
        if let factor = map.optional("perKilogram") {
            rule = .perKilogram(
                try factor.positive("mg/kg"), cap: try map.optional("atMost")?.milligrams())
        } else if let turns = map.optional("inTurn") {
            rule = .schedule(
                try turns.list { (value) throws(YAMLProblems) in try value.milligrams() })
        } else if let bands = map.optional("byWeight") {
            rule = .weightBands(try bands.list(band))
        } else {
            throw value.invalid(accepted: accepted)
        }
        try map.finish()
        return rule
    }

    private static let heartFailureTable = "heartFailureTable"

    private static func band(_ value: YAMLValue) throws(YAMLProblems) -> WeightBand {
        var map = try value.mapping(accepted: "a band, such as {from: 5 kg, dose: 50 mg}")
        let band = WeightBand(
            weight: WeightRange(
                atLeast: try map.optional("from")?.kilograms(),
                below: try map.optional("below")?.kilograms()),
            dose: try map.required("dose").milligrams())
        try map.finish()
        return band
    }

    private static func course(_ value: YAMLValue) throws(YAMLProblems) -> CourseRule {
        let accepted =
            "byNeed, an amount such as 1500 mg, {perKilogram: 30 mg/kg}, {doses: 2} or "
            + heartFailureTable
        guard value.isMapping else {
            switch try value.text(accepted: accepted) {
            case "byNeed": return .byNeed
            case heartFailureTable: return .heartFailureTable
            case _: return .flat(try value.milligrams())
            }
        }
        var map = try value.mapping(accepted: accepted)
        let rule: CourseRule
        if let factor = map.optional("perKilogram") {
            rule = .perKilogram(try factor.positive("mg/kg"))
        } else if let doses = map.optional("doses") {
            rule = .doses(try doses.integer(1...100))
        } else {
            throw value.invalid(accepted: accepted)
        }
        try map.finish()
        return rule
    }

    private static func weekly(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> (rule: WeeklyRule, siteMaximum: Milligrams?) {
        guard value.isMapping else { return (.flat(try value.milligrams()), nil) }
        let accepted =
            "an amount such as 1000 mg, {perKilogram: 20 mg/kg} or {amount: 500 mg, siteUpTo: 600 mg}"
        var map = try value.mapping(accepted: accepted)
        let rule: WeeklyRule
        var siteMaximum: Milligrams?
        if let factor = map.optional("perKilogram") {
            rule = .perKilogram(try factor.positive("mg/kg"))
        } else if let amount = map.optional("amount") {
            rule = .flat(try amount.milligrams())
            siteMaximum = try map.required("siteUpTo").milligrams()
        } else {
            throw value.invalid(accepted: accepted)
        }
        try map.finish()
        return (rule, siteMaximum)
    }
}

extension DosingRowReader {
    /// Without any rule of the label's own, one dose a day.
    private static let daily = IntervalRule(
        minimumDays: 1, minimumDaysByContext: [:], maximumDays: nil, span: nil, timesPerWeek: nil,
        anchored: nil, doses: nil)

    private static func interval(_ value: YAMLValue) throws(YAMLProblems) -> IntervalRule {
        guard value.isMapping else {
            let schedule = try value.oneOf([(heartFailureTable, HeartFailureTable.schedule)])
            return IntervalRule(
                minimumDays: daily.minimumDays, minimumDaysByContext: [:], maximumDays: nil,
                span: nil, timesPerWeek: nil, anchored: schedule, doses: schedule.slots.count)
        }
        var map = try value.mapping(accepted: "an interval, such as {days: 7 d, doses: 2}")
        let rule = IntervalRule(
            minimumDays: try map.optional("days")?.whole("d") ?? daily.minimumDays,
            minimumDaysByContext: try map.optional("byContext").map(byContext) ?? [:],
            maximumDays: try map.optional("atMost")?.whole("d"),
            span: try map.optional("span").map(span),
            timesPerWeek: try map.optional("timesPerWeek")?.integer(1...7), anchored: nil,
            doses: try map.optional("doses")?.integer(1...100))
        try map.finish()
        return rule
    }

    private static func byContext(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> [ClinicalContext: Int] {
        var days: [ClinicalContext: Int] = [:]
        for (name, member) in try value.mapping().all {
            guard let context = ClinicalContext(rawValue: name) else {
                let accepted = ClinicalContext.allCases.map(\.rawValue).joined(separator: ", ")
                throw member.problem("'\(name)' is no context; accepted: \(accepted)")
            }
            days[context] = try member.whole("d")
        }
        return days
    }

    private static func span(_ value: YAMLValue) throws(YAMLProblems) -> CourseSpan {
        var map = try value.mapping(accepted: "a span, such as {days: 13 d, softUpTo: 14 d}")
        let days = try map.required("days").whole("d")
        let soft = try map.required("softUpTo")
        let span = CourseSpan(
            days: days, softDays: try soft.text() == "any" ? nil : try soft.whole("d"))
        try map.finish()
        return span
    }

    private static func infusion(_ value: YAMLValue) throws(YAMLProblems) -> InfusionTimeRule {
        var map = try value.mapping(
            accepted: "a time, such as {route: infusion, above: 200 mg, upTo: 500 mg, time: 6 min}")
        let rule = InfusionTimeRule(
            route: try map.required("route").oneOf(InfusionTimeRule.Route.self),
            above: Milligrams(try map.optional("above")?.positive("mg") ?? 0),
            upTo: try map.optional("upTo")?.milligrams(),
            pace: try pace(try map.required("time")))
        try map.finish()
        return rule
    }

    private static func pace(_ value: YAMLValue) throws(YAMLProblems) -> InfusionTimeRule.Pace {
        guard value.isMapping else {
            return try value.text() == "notPrescribed"
                ? .notPrescribed : .minutes(try value.whole("min"))
        }
        var map = try value.mapping()
        let pace: InfusionTimeRule.Pace
        if let minutes = map.optional("longerThan") {
            pace = .longerThan(minutes: try minutes.whole("min"))
        } else {
            pace = .milligramsPerMinute(try map.required("rate").positive("mg/min"))
        }
        try map.finish()
        return pace
    }
}
