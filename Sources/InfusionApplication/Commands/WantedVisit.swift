import Infusion

/// The visit that a command asks for: of which order, when and where.
struct WantedVisit: Sendable {
    enum Of: Hashable, Sendable {
        case order(OrderID)
        /// Of whatever order the moved visit is.
        case moving(AppointmentID)
    }

    let id: AppointmentID
    let of: Of
    let slot: AppointmentSlot
    /// Who answers for what the site's plan does not bear.
    var override: CapacityOverride?

    var moved: AppointmentID? {
        switch of {
        case .order: nil
        case .moving(let id): id
        }
    }
}

extension PatientCommand {
    /// `nil` for a command that asks for no chair and time.
    var wantedVisit: WantedVisit? {
        switch self {
        case .bookAppointment(let id, let order, let slot, let override),
            .holdAppointment(let id, let order, let slot, _, let override):
            WantedVisit(id: id, of: .order(order), slot: slot, override: override)
        case .offerVisit(let offer):
            WantedVisit(id: offer.id, of: .order(offer.order), slot: offer.slot)
        case .moveAppointment(let id, let slot, let override):
            WantedVisit(id: id, of: .moving(id), slot: slot, override: override)
        case .registerPatient, .correctIdentity, .recordLabs, .correctLab, .retractLab,
            .recordMeasurements, .setClinicalContext, .orderInfusion, .holdOrder, .releaseOrder,
            .cancelOrder, .cancelAppointment, .recordNoShow, .confirmAppointment, .expireHold,
            .enterWaitlist, .changeWaitlist, .leaveWaitlist, .declineOffer, .recordArrival,
            .beginVisit, .leaveVisit,
            .startDose, .pauseDose, .resumeDose, .completeDose, .stopDose, .logReaction,
            .regradeReaction, .dischargePatient, .orderTransfusion, .recordTransfusion,
            .overrideGate, .closeRecheck, .recordChairsideCheck, .reviewDecision, .erasePatient,
            .mergePatients, .unmergePatients, .attributeRecord:
            nil
        }
    }

    /// A visit that is there already, and is to be somewhere else or agreed to.
    var visitInQuestion: AppointmentID? {
        if case .confirmAppointment(let id) = self { return id }
        return wantedVisit?.moved
    }

    /// The slot by whose site the command is judged: the one it asks for, or has held.
    func judgedSlot(on state: PatientState) -> AppointmentSlot? {
        if case .confirmAppointment(let id) = self { return state.appointment(id)?.slot }
        return wantedVisit?.slot
    }

    /// The site at which a visit is waited for; `nil` for any, and for what is no wait.
    var awaitedSite: SiteID? {
        if case .enterWaitlist(let request) = self { return request.site }
        if case .changeWaitlist(let request) = self { return request.site }
        return nil
    }

    /// The visit that the command is judged as, new or known.
    var judgedVisit: AppointmentID? {
        if case .confirmAppointment(let id) = self { return id }
        return wantedVisit?.id
    }

    /// The order whose visit it is.
    func judgedOrder(on state: PatientState) -> OrderID? {
        if case .confirmAppointment(let id) = self { return state.appointment(id)?.order }
        return switch wantedVisit?.of {
        case .order(let order): order
        case .moving(let id): state.appointment(id)?.order
        case nil: nil
        }
    }
}
