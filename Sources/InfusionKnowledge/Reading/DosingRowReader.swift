import Faults
import Foundation
import Infusion
import YAMLReader

/// A row of the dosing table.
enum DosingRowReader {
    /// - Parameter heartFailure: The table that rows of heart failure go by; `nil` where the file's is wrong.
    static func read(
        _ value: YAMLValue, _ heartFailure: HeartFailureTable?
    ) throws(YAMLProblems) -> Placed<DosingRow> {
        var map = try value.mapping(accepted: "a row")
        let who = reading(
            try allRead(
                reading(DosingRowID(try map.required("id").identifier())),
                reading(try map.required("moiety").oneOf(Moiety.self)),
                reading(try map.required("region").oneOf(LabelRegion.self)),
                reading(try map.required("indication").text()),
                reading(try contexts(try map.required("contexts"))),
                reading(try population(try map.required("population")))))
        let what = reading(
            try allRead(
                reading(try dose(try map.required("dose"), heartFailure)),
                reading(try map.optional("interval").map(interval) ?? daily),
                reading(try course(try map.required("course"), heartFailure)),
                reading(try map.optional("weekly").map(weekly)),
                reading(try map.required("infusion").list(infusion))))
        let besides = reading(
            try allRead(
                reading(try map.optional("offLabel")?.bool() ?? false),
                reading(try map.optional("cautions")?.list(caution) ?? []),
                reading(try map.optional("notes")?.texts() ?? []),
                reading(try map.required("source").source())))
        let (
            (id, moiety, region, indication, contexts, population),
            (dose, interval, course, weekly, infusion), (isOffLabel, cautions, notes, source), _
        ) = try allRead(who, what, besides, reading(try map.finish()))
        let row = DosingRow(
            id: id, moiety: moiety, region: region, indication: indication, contexts: contexts,
            population: population, dose: dose, interval: interval, course: course,
            weekly: weekly?.rule ?? .none, weeklySiteMaximum: weekly?.siteMaximum,
            infusion: infusion, isOffLabel: isOffLabel, cautions: cautions, notes: notes,
            source: source)
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
        let (from, below, verified, atLeast, lighter, hemoglobin, _) = try allRead(
            reading(try map.required("ageFrom").age()),
            reading(try map.optional("ageBelow")?.age()),
            reading(try map.optional("ageVerifiedFrom")?.age()),
            reading(try map.optional("weightFrom")?.kilograms()),
            reading(try map.optional("weightBelow")?.kilograms()),
            reading(try map.optional("hemoglobinBelow")?.positive("g/dL")),
            reading(try map.finish()))
        return Population(
            minimumAge: from, belowAge: below, verifiedFrom: verified,
            weight: WeightRange(atLeast: atLeast, below: lighter),
            hemoglobinBelow: hemoglobin.map { GramsPerDeciliter($0) })
    }

    private static func dose(
        _ value: YAMLValue, _ heartFailure: HeartFailureTable?
    ) throws(YAMLProblems) -> DoseRule {
        let accepted =
            "an amount such as 750 mg, {perKilogram: 15 mg/kg, atMost: 1000 mg}, {inTurn: […]}, "
            + "{byWeight: […]} or heartFailureTable"
        guard value.isMapping else {
            if try value.text(accepted: accepted) == heartFailureTable {
                return .heartFailureTable(try value.table(heartFailure))
            }
            return .flat(try value.milligrams())
        }
        var map = try value.mapping(accepted: accepted)
        let rule: DoseRule
        if let factor = map.optional("perKilogram") {
            let (amount, cap) = try allRead(
                reading(try factor.positive("mg/kg")),
                reading(try map.optional("atMost")?.milligrams()))
            rule = .perKilogram(amount, cap: cap)
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
        let (from, below, dose, _) = try allRead(
            reading(try map.optional("from")?.kilograms()),
            reading(try map.optional("below")?.kilograms()),
            reading(try map.required("dose").milligrams()), reading(try map.finish()))
        return WeightBand(weight: WeightRange(atLeast: from, below: below), dose: dose)
    }

    private static func course(
        _ value: YAMLValue, _ heartFailure: HeartFailureTable?
    ) throws(YAMLProblems) -> CourseRule {
        let accepted =
            "byNeed, an amount such as 1500 mg, {perKilogram: 30 mg/kg}, {doses: 2} or "
            + heartFailureTable
        guard value.isMapping else {
            switch try value.text(accepted: accepted) {
            case "byNeed": return .byNeed
            case heartFailureTable: return .heartFailureTable(try value.table(heartFailure))
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
        let (days, byContext, atMost, span, timesPerWeek, doses, _) = try allRead(
            reading(try map.optional("days")?.whole("d") ?? daily.minimumDays),
            reading(try map.optional("byContext").map(byContext) ?? [:]),
            reading(try map.optional("atMost")?.whole("d")),
            reading(try map.optional("span").map(span)),
            reading(try map.optional("timesPerWeek")?.integer(1...7)),
            reading(try map.optional("doses")?.integer(1...100)), reading(try map.finish()))
        return IntervalRule(
            minimumDays: days, minimumDaysByContext: byContext, maximumDays: atMost, span: span,
            timesPerWeek: timesPerWeek, anchored: nil, doses: doses)
    }

    private static func byContext(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> [ClinicalContext: Int] {
        let named = try value.mapping().all.allRead { (name, member) throws(YAMLProblems) in
            guard let context = ClinicalContext(rawValue: name) else {
                let accepted = ClinicalContext.allCases.map(\.rawValue).joined(separator: ", ")
                throw member.problem("'\(name)' is no context; accepted: \(accepted)")
            }
            return (context, try member.whole("d"))
        }
        return Dictionary(uniqueKeysWithValues: named)
    }

    private static func span(_ value: YAMLValue) throws(YAMLProblems) -> CourseSpan {
        var map = try value.mapping(accepted: "a span, such as {days: 13 d, softUpTo: 14 d}")
        let (days, soft, _) = try allRead(
            reading(try map.required("days").whole("d")), reading(try softDays(&map)),
            reading(try map.finish()))
        return CourseSpan(days: days, softDays: soft)
    }

    private static func softDays(_ map: inout YAMLMapping) throws(YAMLProblems) -> Int? {
        let soft = try map.required("softUpTo")
        return try soft.text() == "any" ? nil : try soft.whole("d")
    }

    private static func infusion(_ value: YAMLValue) throws(YAMLProblems) -> InfusionTimeRule {
        var map = try value.mapping(
            accepted: "a time, such as {route: infusion, above: 200 mg, upTo: 500 mg, time: 6 min}")
        let (route, above, upTo, pace, _) = try allRead(
            reading(try map.required("route").oneOf(InfusionTimeRule.Route.self)),
            reading(Milligrams(try map.optional("above")?.positive("mg") ?? 0)),
            reading(try map.optional("upTo")?.milligrams()),
            reading(try pace(try map.required("time"))), reading(try map.finish()))
        return InfusionTimeRule(route: route, above: above, upTo: upTo, pace: pace)
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

extension YAMLValue {
    fileprivate func table(_ table: HeartFailureTable?) throws(YAMLProblems) -> HeartFailureTable {
        guard let table else { throw problem("goes by a heart-failure table that cannot be read") }
        return table
    }
}
