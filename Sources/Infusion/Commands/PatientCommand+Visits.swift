extension PatientCommand {
    /// Whether it may say something that a booking of another visit of the patient is judged by, so that a visit which
    /// is booked may not fit any more; see ``UnfitCourse``. What only lets more be booked does not.
    public var mayUnfitVisits: Bool {
        switch self {
        // What the gates read: results, weight, circumstances, reactions, iron and red cells that were given.
        case .correctIdentity, .recordLabs, .correctLab, .retractLab, .recordMeasurements,
            .setClinicalContext, .startDose, .completeDose, .stopDose, .logReaction,
            .regradeReaction, .recordTransfusion, .mergePatients, .unmergePatients:
            true
        // What the order still covers, and whether it does.
        case .holdOrder, .cancelOrder: true
        // Which visits come before it and after it, and of which dose it is.
        case .bookAppointment, .moveAppointment, .cancelAppointment, .recordNoShow,
            .holdAppointment, .confirmAppointment, .leaveWaitlist, .offerVisit, .declineOffer:
            true
        // A hold that has run out counts for nobody from that moment on, whether or not it is told.
        case .expireHold: false
        // Whoever is registered or erased has no visit to come.
        case .registerPatient, .erasePatient: false
        // A new order has no visit yet, and takes nothing from the others.
        case .orderInfusion, .orderTransfusion: false
        case .releaseOrder, .overrideGate: false
        // What happens in a visit, of which its dose alone says something for others.
        case .recordArrival, .beginVisit, .leaveVisit, .recordChairsideCheck, .pauseDose,
            .resumeDose, .dischargePatient:
            false
        case .enterWaitlist, .changeWaitlist, .closeRecheck, .reviewDecision, .attributeRecord:
            false
        }
    }
}
