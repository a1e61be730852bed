import Infusion
import InfusionApplication

/// Visits that wait for a time, and times that are offered to them.
extension CasePerformer {
    /// The command of a step about the wait list.
    /// - Parameter visit: Anybody's, by its name.
    func waiting(
        _ step: CaseStep, _ visit: (String) -> AppointmentID?
    ) async throws(ApplicationError) -> PatientCommand? {
        switch step.action {
        case .wait(let wait): return .enterWaitlist(try request(wait))
        case .changeWait(let wait): return .changeWaitlist(try request(wait))
        case .leaveWait(let name, let reason):
            return .leaveWaitlist(try id(name, in: orders, "order"), reason: reason)
        case .offer(let offer):
            var freed: AppointmentID?
            if let name = offer.freed {
                freed = visit(name)
                if freed == nil { throw .notFound("visit '\(name)'") }
            }
            return .offerVisit(
                OfferVisit(
                    id: remember(offer.visit.name, in: &visits),
                    order: try id(offer.visit.order, in: orders, "order"),
                    slot: slot(of: offer.visit, step), minutes: offer.minutes, freed: freed))
        case .acceptOffer(let name): return .confirmAppointment(try await offered(name))
        case .declineOffer(let name, let reason):
            return .declineOffer(try await offered(name), reason: reason)
        case .weight, .height, .labs, .correctLab, .retractLab, .contexts, .facts, .order, .hold,
            .release, .cancelOrder, .book, .cancelVisit, .missVisit, .holdVisit, .confirmVisit,
            .beginVisit, .leaveVisit,
            .startDose, .dose, .pauseDose, .resumeDose, .endDose, .reaction, .regrade, .discharge,
            .transfusion, .orderTransfusion, .override, .closeRecheck, .chairside, .review,
            .askGates, .look:
            return nil
        }
    }

    private func request(_ wait: CaseWait) throws(ApplicationError) -> WaitlistRequest {
        WaitlistRequest(
            order: try id(wait.order, in: orders, "order"), site: nil, minutes: wait.minutes,
            earliest: wait.earliest, latest: wait.latest, weekdays: wait.weekdays,
            hours: wait.hours, noticeHours: wait.noticeHours)
    }

    /// What an order was offered last, whether or not it is still open.
    private func offered(_ name: String?) async throws(ApplicationError) -> AppointmentID {
        let order = try id(name, in: orders, "order")
        let entry = try await clinic.view(of: patient).state.waitlist.last { $0.order == order }
        guard let offer = entry?.offers.last?.value else { throw .notFound("offer") }
        return offer.appointment
    }
}
