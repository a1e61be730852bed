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

    let visit: Amount
    /// In any seven dates, of every intravenous iron.
    var week: Amount?
    var course: Amount?
    /// From a dose of the same course, in differences of clinic-local dates; never twice on one date.
    var days = 1
    /// Dates with a dose in any seven.
    var timesPerWeek: Int?

    /// Days from the first dose on which the plan has one, and no more than one in each.
    var windows: [ClosedRange<Int>]?

    /// What comes first of all, on the date of the rest of the dose or earlier.
    var testDose: Milligrams?

    static let daysBetweenCourses = 28

    static let byRow: [String: LabelLimits] = [
        "FCM-US-2": LabelLimits(visit: .flat(750), course: .flat(1500), days: 7),
        "FCM-US-1": LabelLimits(visit: .perKilogram(15, atMost: 1000), course: .flat(1000)),
        // Of a patient from 70 kg on with a haemoglobin below 10 g/dL; others have less. Day 1, week 6
        // and three maintenance doses.
        "FCM-US-HF": LabelLimits(
            visit: .flat(1000), course: .flat(3500),
            windows: [0...0, 42...56, 77...98, 161...182, 245...266]),
        "FDI-US": LabelLimits(visit: .flat(1000), course: .flat(1000)),
        "IS-US-NDD": LabelLimits(visit: .flat(200), course: .flat(1000)),
        "FMX-US": LabelLimits(visit: .flat(510), course: .flat(1020), days: 3),
        "LMWID-US": LabelLimits(
            visit: .flat(100), week: .flat(700), testDose: Milligrams(25)),
        "FCM-EU-inf": LabelLimits(visit: .perKilogram(20, atMost: 1000), week: .flat(1000)),
        "FDI-EU": LabelLimits(
            visit: .perKilogram(20, atMost: nil), week: .perKilogram(20, atMost: nil), days: 7),
        "FDI-EU-bolus": LabelLimits(
            visit: .flat(500), week: .perKilogram(20, atMost: nil), timesPerWeek: 3),
        "IS-EU": LabelLimits(visit: .flat(200), week: .flat(500), timesPerWeek: 3),
        "LMWID-EU": LabelLimits(visit: .flat(200), timesPerWeek: 3),
    ]
}
