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
