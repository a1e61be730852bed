import Foundation
import Infusion
import InfusionApplication

extension Samples {
    static let opening = Opening(
        slot: AppointmentSlot(
            site: SiteID("north"), chair: ChairID("chair-3"), start: instant,
            end: instant.adding(minutes: 75)),
        date: date, chairsFree: 2,
        rank: OpeningRank(daysFromDue: 1, unmet: [.transport], loadPercent: 50, points: 127),
        freshLabs: FreshLabs(
            analytes: [.ferritin, .hemoglobin], from: date.adding(days: -28), by: date,
            recheck: recheck))

    /// One opening, or one course of it and another a week later; and a date without any for each
    /// reason.
    static func openings(for question: OpeningsQuestion) -> OpeningsAnswer {
        let isCourse =
            switch question.visit {
            case .course: true
            case .minutes, .kind, .order: false
            }
        let later = Opening(
            slot: opening.slot, date: date.adding(days: 7), chairsFree: 1,
            rank: OpeningRank(daysFromDue: 0, unmet: [], loadPercent: nil, points: 0),
            freshLabs: nil)
        let days = OpeningConstraint.allCases.enumerated().map { index, constraint in
            OpeningDay(
                date.adding(days: index + 1), constraint: constraint,
                gates: constraint == .gatesShut ? [.anaphylaxisSameProduct] : [],
                freshLabs: constraint == .labsStale ? opening.freshLabs : nil)
        }
        return OpeningsAnswer(
            site: question.site, timeZone: TimeZone(identifier: "Europe/Rome") ?? .gmt,
            first: date, last: date.adding(days: days.count), order: question.visit.order,
            openings: Openings(
                minutes: 75, dose: question.visit.order == nil ? nil : Milligrams(750), due: date,
                openings: isCourse ? [] : [opening],
                courses: isCourse ? [Openings.Course(visits: [opening, later])] : [],
                days: [OpeningDay(date, starts: 12)] + days,
                notJudged: UnjudgedMatter.allCases), position: position)
    }
}
