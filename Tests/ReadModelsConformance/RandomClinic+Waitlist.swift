import Foundation
import Infusion

extension RandomClinic {
    /// A visit that waits: put on the list, changed, offered a time, declined, taken off. What is confirmed or
    /// runs out is told by whoever handles holds.
    mutating func waiting(_ state: PatientState, _ site: SiteID) -> PatientCommand? {
        guard let entry = state.waitlist.last(where: { $0.left == nil }) else {
            return generator.pick(state.orders.filter { $0.status == .active })
                .map { .enterWaitlist(request(of: $0.id, site)) }
        }
        if let offer = state.openOffer(of: entry), generator.chance(50) {
            return .declineOffer(offer.appointment.id, reason: .patientRequest)
        }
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: return .leaveWaitlist(entry.order, reason: .noLongerNeeded)
        case 1...2: return .changeWaitlist(request(of: entry.order, site))
        default:
            return .offerVisit(
                OfferVisit(
                    id: ClinicFacts.identifiers(AppointmentID.self, &generator),
                    order: entry.order, slot: slot(site),
                    minutes: generator.chance(50) ? 15 : 1_440, freed: nil))
        }
    }

    private mutating func request(of order: OrderID, _ site: SiteID) -> WaitlistRequest {
        let today = CalendarDate(now, in: ClinicFacts.zone)
        let morning = ClockTime(minutes: 7 * 60).map { ClockSpan(from: $0, until: .midnight) }
        return WaitlistRequest(
            order: order, site: generator.chance(50) ? site : nil, minutes: 45,
            earliest: generator.chance(30) ? today : nil,
            latest: generator.chance(30) ? today.adding(days: 30) : nil,
            weekdays: generator.chance(70)
                ? Set(Weekday.allCases) : [.monday, .wednesday, .friday],
            hours: generator.chance(30) ? morning : nil,
            noticeHours: generator.chance(30) ? 12 : 0)
    }
}
