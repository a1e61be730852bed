/// A person took responsibility for what was said right before: a reaction graded lower, an order let go on, a
/// fact taken back. Told with it, and kept with it for ever (facts §10.2, §10.3).
public struct SignOff: Hashable, Sendable {
    public let subject: SignOffSubject
    /// What stood in the way of iron and was lifted by it; `nil` where nothing did.
    public let lifted: StandingBlock?
    public let reason: SignOffReason
    /// At least 10 characters of justification, encrypted like all free text.
    public let justification: Sealed<String>
    public let role: ClinicalRole
    /// The second signature, which whatever lifts a block asks for.
    public let coSigner: String?

    public init(
        subject: SignOffSubject, lifted: StandingBlock?, reason: SignOffReason,
        justification: Sealed<String>, role: ClinicalRole, coSigner: String?
    ) {
        self.subject = subject
        self.lifted = lifted
        self.reason = reason
        self.justification = justification
        self.role = role
        self.coSigner = coSigner
    }
}

/// What a signature is about.
public enum SignOffSubject: Hashable, Sendable {
    /// The grade that a reaction was given.
    case reaction(ReactionID)
    /// That an order goes on.
    case order(OrderID)
    /// What was stated about the patient.
    case clinicalContext
}

/// What stands in the way of iron until people lift it. Each is lifted as a hard gate is overridden: by a
/// prescriber, with a reason and a second signature. The document names who reviews and not who signs: ED.
public enum StandingBlock: String, Hashable, Sendable, CaseIterable {
    /// A reaction of grade 3 or more, or of a serious kind that nobody has graded yet: G-ANAPH-SAME ★, and no
    /// restart ever (facts §4, §5.3, R-19, §10.1 rule 6).
    case seriousReaction
    /// An order is held until a clinician has reviewed a reaction (facts §5.3, R-19).
    case reactionReview
    /// Haemochromatosis or transfusional overload is known: G-OVERLOAD ★ (facts §4).
    case knownIronOverload
}

extension StandingBlock {
    /// What lifts it, for those who check it.
    public var meaning: String {
        let who = "a prescriber, with a structured reason and a second signature"
        return switch self {
        case .seriousReaction:
            """
            A reaction that blocks, of grade 3 or more or of a serious kind not graded yet, is given a grade \
            that does not block: \(who). A higher grade, and a lower one that lifts nothing, anybody gives \
            who may write at the chair.
            """
        case .reactionReview:
            """
            An order that is held for the review of a reaction is released: \(who). Any other hold: whoever \
            may write orders.
            """
        case .knownIronOverload:
            """
            Known haemochromatosis or transfusional overload is said not to be: \(who). To say that it is: \
            whoever may write of the patient. A stated allergy to iron is not taken back.
            """
        }
    }
}

public enum SignOffReason: String, Hashable, Sendable, CaseIterable {
    case clinicianReview, specialistAdvice, resultKnownElsewhere, enteredInError
}

/// Why a block is not lifted.
public enum SignOffProblem: Hashable, Sendable {
    /// Nobody says why, and takes responsibility.
    case reasonMissing
    case prescriberRequired(ClinicalRole)
    case secondSignatureMissing
    /// The second signature is the first person's own.
    case secondSignatureOwn

    /// Stable; what a problem's `signOff` member carries.
    public var code: String {
        switch self {
        case .reasonMissing: "reason-missing"
        case .prescriberRequired: "prescriber-required"
        case .secondSignatureMissing: "second-signature-missing"
        case .secondSignatureOwn: "second-signature-own"
        }
    }

    /// What is wrong, and what would be right.
    public var text: String {
        switch self {
        case .reasonMissing:
            "asks for a prescriber, a reason with its justification, and a second signature"
        case .prescriberRequired: "is lifted by a prescriber only"
        case .secondSignatureMissing: "asks for a second signature"
        case .secondSignatureOwn: "the second signature is the first person's own"
        }
    }

    /// What would be accepted in its place.
    public var accepted: String {
        switch self {
        case .reasonMissing: SignOffReason.allCases.map(\.rawValue).joined(separator: ", ")
        case .prescriberRequired: ClinicalRole.prescriber.rawValue
        case .secondSignatureMissing, .secondSignatureOwn: "another person's own signature"
        }
    }

    /// What the command lacks, by the name that it has there.
    public var field: String {
        switch self {
        case .reasonMissing: "reason"
        case .prescriberRequired: "role"
        case .secondSignatureMissing, .secondSignatureOwn: "coSigner"
        }
    }
}
