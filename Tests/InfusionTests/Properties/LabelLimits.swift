import Foundation
import Infusion

/// What a row of the dosing table allows, its numbers written down again from the labels: nothing
/// here is read from the formulary or from a gate.
struct LabelLimits {
    /// An amount, or so much for each kilogram of body weight.
    enum Amount {
        case flat(Decimal)
        case perKilogram(Decimal, atMost: Decimal?)

        /// `nil` where the weight is needed and not known.
        func milligrams(_ weight: Kilograms?) -> Milligrams? {
            switch self {
            case .flat(let amount): return Milligrams(amount)
            case .perKilogram(let factor, let cap):
                guard let weight else { return nil }
                let amount = weight.value * factor
                return Milligrams(cap.map { min($0, amount) } ?? amount)
            }
        }
    }

    /// Up to `days` is right, up to `softUpTo` an override of one person suffices; `nil` for any.
    struct Span {
        let days: Int
        let softUpTo: Int?
    }

    let visit: Amount
    /// In any seven dates, of every intravenous iron.
    var week: Amount?
    var course: Amount?
    /// In the course; a stopped one and the one that makes it up are one.
    var doses: Int?
    /// From a dose of the same course, in differences of clinic-local dates; never twice on one date.
    var days = 1
    /// Where an indication asks for more days than the row.
    var daysByIndication: [ClinicalContext: Int] = [:]
    /// From a dose to the next one of the same course.
    var mostDays: Int?
    /// From the first dose of the course to any other.
    var span: Span?
    /// Dates with a dose in any seven.
    var timesPerWeek: Int?

    /// Days from the first dose on which the plan has one, and no more than one in each.
    var windows: [ClosedRange<Int>]?

    /// What comes first of all, on the date of the rest of the dose or earlier.
    var testDose: Milligrams?

    static let daysBetweenCourses = 28

    /// Of every row of the formulary.
    static let byRow: [String: LabelLimits] =
        carboxymaltose
        .merging(derisomaltose) { $1 }.merging(sucrose) { $1 }.merging(others) { $1 }

    private static let carboxymaltose: [String: LabelLimits] = [
        "FCM-US-2": LabelLimits(visit: .flat(750), course: .flat(1500), doses: 2, days: 7),
        "FCM-US-1": LabelLimits(
            visit: .perKilogram(15, atMost: 1000), course: .perKilogram(15, atMost: 1000),
            doses: 1),
        "FCM-US-lt50": LabelLimits(
            visit: .perKilogram(15, atMost: nil), course: .perKilogram(30, atMost: nil), doses: 2,
            days: 7),
        // Of a patient from 70 kg on with a haemoglobin below 10 g/dL; others have less. Day 1, week 6
        // and three maintenance doses.
        "FCM-US-HF": LabelLimits(
            visit: .flat(1000), course: .flat(3500), doses: 5,
            windows: [0...0, 42...56, 77...98, 161...182, 245...266]),
        "FCM-EU-inf": LabelLimits(visit: .perKilogram(20, atMost: 1000), week: .flat(1000)),
        "FCM-EU-inj": LabelLimits(visit: .perKilogram(15, atMost: 1000), week: .flat(1000)),
        "FCM-EU-HD": LabelLimits(visit: .flat(200), week: .flat(1000)),
        "FCM-EU-paed": LabelLimits(
            visit: .perKilogram(15, atMost: 750), week: .flat(750), days: 7),
    ]

    private static let derisomaltose: [String: LabelLimits] = [
        "FDI-US": LabelLimits(visit: .flat(1000), course: .flat(1000), doses: 1),
        "FDI-US-lt50": LabelLimits(
            visit: .perKilogram(20, atMost: nil), course: .perKilogram(20, atMost: nil), doses: 1),
        "FDI-EU": LabelLimits(
            visit: .perKilogram(20, atMost: nil), week: .perKilogram(20, atMost: nil), days: 7),
        "FDI-EU-bolus": LabelLimits(
            visit: .flat(500), week: .perKilogram(20, atMost: nil), timesPerWeek: 3),
    ]

    private static let sucrose: [String: LabelLimits] = [
        // Five days within fourteen: day 1 to day 14 are 13 days, one more is soft.
        "IS-US-NDD": LabelLimits(
            visit: .flat(200), course: .flat(1000), doses: 5, span: Span(days: 13, softUpTo: 14)),
        "IS-US-NDD500": LabelLimits(visit: .flat(500), course: .flat(1000), doses: 2, days: 13),
        "IS-US-HDD": LabelLimits(visit: .flat(100), course: .flat(1000), doses: 10),
        // The third dose; the first two have 300 mg.
        "IS-US-PDD": LabelLimits(
            visit: .flat(400), course: .flat(1000), doses: 3, days: 14,
            span: Span(days: 28, softUpTo: 28)),
        // Every two weeks on haemodialysis, else every four, for twelve weeks.
        "IS-US-paed": LabelLimits(
            visit: .perKilogram(decimal("0.5"), atMost: 100), days: 14,
            daysByIndication: [.ckdNonDialysis: 28, .ckdPeritonealDialysis: 28],
            span: Span(days: 84, softUpTo: nil)),
        "IS-EU": LabelLimits(visit: .flat(200), week: .flat(500), timesPerWeek: 3),
        "IS-EU-TDI": LabelLimits(
            visit: .perKilogram(7, atMost: 500), week: .flat(500), days: 7),
    ]

    private static let others: [String: LabelLimits] = [
        "FMX-US": LabelLimits(
            visit: .flat(510), course: .flat(1020), doses: 2, days: 3, mostDays: 8),
        "FMX-HD": LabelLimits(
            visit: .flat(510), course: .flat(1020), doses: 2, days: 3, mostDays: 8),
        "LMWID-US": LabelLimits(
            visit: .flat(100), week: .flat(700), testDose: Milligrams(25)),
        // The test dose and the infusion.
        "LMWID-US-TDI": LabelLimits(visit: .flat(1000), doses: 2, testDose: Milligrams(25)),
        // From 10 kg on; lighter children have less.
        "LMWID-US-paed": LabelLimits(visit: .flat(100), testDose: Milligrams(25)),
        "LMWID-EU": LabelLimits(visit: .flat(200), timesPerWeek: 3),
        "LMWID-EU-TDI": LabelLimits(
            visit: .perKilogram(20, atMost: nil), course: .perKilogram(20, atMost: nil), doses: 1),
        "SFG-US": LabelLimits(visit: .flat(125), course: .flat(1000), doses: 8),
        // Eight doses.
        "SFG-US-paed": LabelLimits(
            visit: .perKilogram(decimal("1.5"), atMost: 125),
            course: .perKilogram(12, atMost: 1000), doses: 8),
    ]
}
