import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionProjections

extension Samples {
    /// One visit at 09:00 on the first date of the question, of an hour, over nobody's hours.
    static func utilization(_ question: UtilizationQuestion) -> UtilizationAnswer {
        let clock = ZoneClock(.gmt)
        let start = clock.start(of: question.period.first).adding(hours: 9)
        let row = AppointmentRow(
            appointment: AppointmentID(uuid(0xA1)), patient: patient, order: order,
            slot: AppointmentSlot(
                site: question.site, chair: ChairID("chair-3"), start: start,
                end: start.adding(hours: 1)),
            status: .fulfilled, isOverridden: false, opened: position, closed: nil)
        let told: [(EventType, Int64)] = [
            (.appointmentBooked, -2_880), (.patientArrived, 5), (.doseStarted, 20),
            (.patientDischarged, 80),
        ]
        let visit = VisitTimes(
            of: row,
            told: told.enumerated().map { index, event in
                let at = Timestamp(
                    microsecondsSinceUnixEpoch: start.adding(minutes: event.1)
                        .microsecondsSinceUnixEpoch)
                return EventHeading(
                    position: Position(Int64(index + 1)), type: event.0.name, effectiveAt: at,
                    recordedAt: at)
            })
        return UtilizationAnswer(
            question: question, timeZone: .gmt,
            utilization: SiteUtilization(
                of: [visit], on: question.period.dates, open: nil, by: clock,
                terms: question.terms),
            position: position)
    }
}
