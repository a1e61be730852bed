import Infusion

extension PatientCommand {
    /// The chair and the time that the command asks for.
    var wantedSlot: AppointmentSlot? {
        switch self {
        case .bookAppointment(_, _, let slot, _), .moveAppointment(_, let slot, _),
            .holdAppointment(_, _, let slot, _, _):
            slot
        case .offerVisit(let offer): offer.slot
        case .registerPatient, .correctIdentity, .recordLabs, .correctLab, .retractLab,
            .recordMeasurements, .setClinicalContext, .orderInfusion, .holdOrder, .releaseOrder,
            .cancelOrder, .cancelAppointment, .recordNoShow, .confirmAppointment, .expireHold,
            .enterWaitlist, .changeWaitlist, .leaveWaitlist, .declineOffer,
            .recordArrival, .startDose, .pauseDose, .resumeDose, .completeDose, .stopDose,
            .logReaction, .regradeReaction, .dischargePatient, .orderTransfusion,
            .recordTransfusion, .overrideGate, .closeRecheck, .recordChairsideCheck,
            .reviewDecision, .erasePatient:
            nil
        }
    }

    /// The slot by whose site the command is judged: the one it asks for, or has held.
    func judgedSlot(on state: PatientState) -> AppointmentSlot? {
        if case .confirmAppointment(let id) = self { return state.appointment(id)?.slot }
        return wantedSlot
    }

    /// The visit that the command is about, new or known.
    var judgedVisit: AppointmentID? {
        switch self {
        case .bookAppointment(let id, _, _, _), .moveAppointment(let id, _, _),
            .holdAppointment(let id, _, _, _, _), .confirmAppointment(let id):
            id
        case .offerVisit(let offer): offer.id
        case .registerPatient, .correctIdentity, .recordLabs, .correctLab, .retractLab,
            .recordMeasurements, .setClinicalContext, .orderInfusion, .holdOrder, .releaseOrder,
            .cancelOrder, .cancelAppointment, .recordNoShow, .expireHold,
            .enterWaitlist, .changeWaitlist, .leaveWaitlist, .declineOffer,
            .recordArrival, .startDose, .pauseDose, .resumeDose, .completeDose, .stopDose,
            .logReaction, .regradeReaction, .dischargePatient, .orderTransfusion,
            .recordTransfusion, .overrideGate, .closeRecheck, .recordChairsideCheck,
            .reviewDecision, .erasePatient:
            nil
        }
    }

    /// The order whose visit it is.
    func judgedOrder(on state: PatientState) -> OrderID? {
        switch self {
        case .bookAppointment(_, let order, _, _), .holdAppointment(_, let order, _, _, _): order
        case .offerVisit(let offer): offer.order
        case .moveAppointment(let id, _, _), .confirmAppointment(let id):
            state.appointment(id)?.order
        case .registerPatient, .correctIdentity, .recordLabs, .correctLab, .retractLab,
            .recordMeasurements, .setClinicalContext, .orderInfusion, .holdOrder, .releaseOrder,
            .cancelOrder, .cancelAppointment, .recordNoShow, .expireHold,
            .enterWaitlist, .changeWaitlist, .leaveWaitlist, .declineOffer,
            .recordArrival, .startDose, .pauseDose, .resumeDose, .completeDose, .stopDose,
            .logReaction, .regradeReaction, .dischargePatient, .orderTransfusion,
            .recordTransfusion, .overrideGate, .closeRecheck, .recordChairsideCheck,
            .reviewDecision, .erasePatient:
            nil
        }
    }

    /// Who answers for what the site's plan does not bear.
    var capacityOverride: CapacityOverride? {
        switch self {
        case .bookAppointment(_, _, _, let override), .moveAppointment(_, _, let override),
            .holdAppointment(_, _, _, _, let override):
            override
        case .registerPatient, .correctIdentity, .recordLabs, .correctLab, .retractLab,
            .recordMeasurements, .setClinicalContext, .orderInfusion, .holdOrder, .releaseOrder,
            .cancelOrder, .cancelAppointment, .recordNoShow, .confirmAppointment, .expireHold,
            .enterWaitlist, .changeWaitlist, .leaveWaitlist, .offerVisit, .declineOffer,
            .recordArrival, .startDose, .pauseDose, .resumeDose, .completeDose, .stopDose,
            .logReaction, .regradeReaction, .dischargePatient, .orderTransfusion,
            .recordTransfusion, .overrideGate, .closeRecheck, .recordChairsideCheck,
            .reviewDecision, .erasePatient:
            nil
        }
    }
}
