extension Refusal {
    /// Whether the same command for a visit at another time, or in another chair, could be accepted.
    public var isOfTheSlot: Bool {
        switch self {
        case .gatesShut, .sameDayVisit, .orderNotActive, .siteClosed, .chairNotFound,
            .chairRetired, .chairOutOfService, .noResuscitationCover, .afterLastStart, .stockShort,
            .visitTooShort, .patientElsewhere:
            true
        case .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased, .patientErased,
            .patientMerged, .mergeNotPossible, .notMerged, .attributionNotOpen,
            .careNotEnded, .invalidValue, .inTheFuture, .duplicateIdentifier, .labNotFound,
            .labAlreadyRetracted,
            .unknownProduct, .unknownDosingRow, .orderNotFound, .hemoglobinNeeded,
            .orderFullyBooked, .appointmentNotFound, .appointmentNotOpen, .holdExpired,
            .holdNotExpired, .doseNotFound, .doseNotInProgress, .doseNotPaused,
            .restartNotAllowed, .doseStillInProgress, .doseOutsideOrder, .reactionNotFound,
            .observationTooShort, .notStable, .recheckNotOpen, .reviewNotOpen,
            .overrideNotAllowed, .gateNotShut, .signOffNeeded, .capacityOverrideNotAllowed,
            .alreadyOnWaitlist, .notOnWaitlist, .offerNotAnswered, .offerNotOpen:
            false
        }
    }
}
