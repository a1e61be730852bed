public import Infusion

extension PatientCommand {
    /// The scope that a token must carry for this command.
    public var scope: Scope {
        switch self {
        case .registerPatient, .correctIdentity, .setClinicalContext, .recordMeasurements,
            .recordTransfusion:
            .patientWrite
        case .recordLabs, .correctLab, .retractLab: .labWrite
        case .orderInfusion, .orderTransfusion, .holdOrder, .releaseOrder, .cancelOrder: .orderWrite
        case .bookAppointment, .moveAppointment, .cancelAppointment, .recordNoShow,
            .holdAppointment, .confirmAppointment, .expireHold, .enterWaitlist, .changeWaitlist,
            .leaveWaitlist,
            .offerVisit, .declineOffer, .recordArrival:
            .appointmentWrite
        case .startDose, .pauseDose, .resumeDose, .completeDose, .stopDose, .logReaction,
            .regradeReaction, .dischargePatient, .recordChairsideCheck, .beginVisit, .leaveVisit:
            .doseWrite
        case .overrideGate: .overrideWrite
        case .closeRecheck, .reviewDecision: .recheckWrite
        case .erasePatient: .patientErase
        case .mergePatients, .unmergePatients, .attributeRecord: .patientMerge
        }
    }
}
