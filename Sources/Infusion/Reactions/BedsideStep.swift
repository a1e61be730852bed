/// What the algorithm of clinical facts §5.3 asks for after a reaction. Drugs and their doses are the
/// local protocol's; premedication is nothing that software suggests.
public enum BedsideAction: String, Hashable, Sendable, CaseIterable {
    case stopInfusion, layPatientSupine, clinicianToBedside, emergencyCall, followLocalProtocol
    /// Minutes of watching are in the step.
    case observe
    case gradeReaction
    case mayRestartAtHalfRate, restartOnPrescribersWord, mayResumeAtAnotherSite, doNotRestart
    case tryptase, allergyReferral, regulatoryReport
    case holdOrders, cancelBookings, blockMoiety, reviewBeforeNextDose, slowerNextDose
    case photograph, telephoneTriage
}

/// One thing the algorithm asks for.
public struct BedsideStep: Hashable, Sendable {
    public let action: BedsideAction
    /// Of watching; `nil` for any other action.
    public let minutes: Int?
    /// When the watching is over, as far as the facts say it.
    public let until: Instant?
    /// Whether the facts say that it was done; `nil` where no fact can.
    public let isDone: Bool?
    public let source: String

    init(
        _ action: BedsideAction, minutes: Int? = nil, until: Instant? = nil, isDone: Bool? = nil,
        source: String = BedsideSteps.source
    ) {
        self.action = action
        self.minutes = minutes
        self.until = until
        self.isDone = isDone
        self.source = source
    }
}
