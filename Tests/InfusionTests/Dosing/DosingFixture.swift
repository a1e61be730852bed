import Foundation
import Infusion
import InfusionKnowledge

/// Shorthand of the dosing and status tests. Every number is read from text: a literal such as `2.4` would
/// pass through a binary double first.
enum DosingFixture {
    static func exact(_ text: String) -> Decimal {
        guard let value = Decimal(string: text) else { preconditionFailure("\(text) is no number") }
        return value
    }

    static let needs = IronNeedCalculator(Formulary.standard.needs)

    static func subject(
        _ weight: String?, age: Age? = .years(40), hb: String? = nil, currentHb: String? = nil
    ) -> DosingSubject {
        DosingSubject(
            age: age, weight: weight.map { Kilograms(exact($0)) },
            hemoglobin: hb.map { GramsPerDeciliter(exact($0)) },
            currentHemoglobin: currentHb.map { GramsPerDeciliter(exact($0)) })
    }

    static func mg(_ text: String) -> Milligrams { Milligrams(exact(text)) }
    static func kg(_ text: String) -> Kilograms { Kilograms(exact(text)) }
    static func hb(_ text: String) -> GramsPerDeciliter { GramsPerDeciliter(exact(text)) }

    static func row(_ id: String) -> DosingRow {
        guard let row = Formulary.standard.row(DosingRowID(id)) else {
            preconditionFailure("no row \(id)")
        }
        return row
    }

    /// A day of a course that begins on 2 March 2026; day 27 is the first after Europe's clock change.
    static func day(_ number: Int) -> CalendarDate {
        CalendarDate(dayNumber: 20_514).adding(days: number)
    }

    static func given(_ amount: String, on number: Int, inCourse: Bool = true) -> AdministeredIron {
        AdministeredIron(date: day(number), amount: mg(amount), inCourse: inCourse)
    }

    static func proposal(
        _ amount: String, on number: Int, after others: [AdministeredIron] = [],
        plannedTotal: String? = nil, planDay1: Int? = nil
    ) -> ProposedDose {
        ProposedDose(
            amount: mg(amount), date: day(number), others: others,
            plannedTotal: plannedTotal.map(mg), planDay1: planDay1.map(day))
    }
}
