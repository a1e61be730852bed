/// What refusals are called wherever they are told. A closed list, so that whoever expects one can be told that
/// there is none of that name.
public enum RefusalCode: String, Hashable, Sendable, CaseIterable {
    case patientAlreadyRegistered = "patient-already-registered"
    case patientNotRegistered = "patient-not-registered"
    case patientDeceased = "patient-deceased"
    case patientErased = "patient-erased"
    case patientMerged = "patient-merged"
    case mergeNotPossible = "merge-not-possible"
    case notMerged = "not-merged"
    case attributionNotOpen = "attribution-not-open"
    case careNotEnded = "care-not-ended"
    case invalidValue = "invalid-value"
    case inTheFuture = "in-the-future"
    case duplicateIdentifier = "duplicate-identifier"
    case labNotFound = "lab-not-found"
    case labAlreadyRetracted = "lab-already-retracted"
    case unknownProduct = "unknown-product"
    case unknownDosingRow = "unknown-dosing-row"
    case orderNotFound = "order-not-found"
    case orderNotActive = "order-not-active"
    case orderFullyBooked = "order-fully-booked"
    case hemoglobinNeeded = "hemoglobin-needed"
    case sameDayVisit = "same-day-visit"
    case appointmentNotFound = "appointment-not-found"
    case appointmentNotOpen = "appointment-not-open"
    case siteClosed = "site-closed"
    case chairNotFound = "chair-not-found"
    case chairRetired = "chair-retired"
    case chairOutOfService = "chair-out-of-service"
    case noResuscitationCover = "no-resuscitation-cover"
    case afterLastStart = "after-last-start"
    case visitTooShort = "visit-too-short"
    case slotTaken = "slot-taken"
    case stockShort = "stock-short"
    case capacityOverrideNotAllowed = "capacity-override-not-allowed"
    case holdExpired = "hold-expired"
    case holdNotExpired = "hold-not-expired"
    case alreadyOnWaitlist = "already-on-waitlist"
    case notOnWaitlist = "not-on-waitlist"
    case offerNotAnswered = "offer-not-answered"
    case offerNotOpen = "offer-not-open"
    case doseNotFound = "dose-not-found"
    case doseNotInProgress = "dose-not-in-progress"
    case doseNotPaused = "dose-not-paused"
    case restartNotAllowed = "restart-not-allowed"
    case doseStillInProgress = "dose-still-in-progress"
    case doseOutsideOrder = "dose-outside-order"
    case reactionNotFound = "reaction-not-found"
    case observationTooShort = "observation-too-short"
    case notStable = "not-stable"
    case recheckNotOpen = "recheck-not-open"
    case reviewNotOpen = "review-not-open"
    case overrideNotAllowed = "override-not-allowed"
    case gateNotShut = "gate-not-shut"
    case signOffNeeded = "sign-off-needed"
    case gatesShut = "gates-shut"
}

extension Refusal {
    /// Stable for ever; what the HTTP problem's `code` carries.
    public var code: String { kind.rawValue }

    private var kind: RefusalCode {
        switch self {
        case .patientAlreadyRegistered: .patientAlreadyRegistered
        case .patientNotRegistered: .patientNotRegistered
        case .patientDeceased: .patientDeceased
        case .patientErased: .patientErased
        case .patientMerged: .patientMerged
        case .mergeNotPossible: .mergeNotPossible
        case .notMerged: .notMerged
        case .attributionNotOpen: .attributionNotOpen
        case .careNotEnded: .careNotEnded
        case .invalidValue: .invalidValue
        case .inTheFuture: .inTheFuture
        case .duplicateIdentifier: .duplicateIdentifier
        case .labNotFound: .labNotFound
        case .labAlreadyRetracted: .labAlreadyRetracted
        case .unknownProduct: .unknownProduct
        case .unknownDosingRow: .unknownDosingRow
        case .orderNotFound: .orderNotFound
        case .orderNotActive: .orderNotActive
        case .orderFullyBooked: .orderFullyBooked
        case .hemoglobinNeeded: .hemoglobinNeeded
        case .sameDayVisit: .sameDayVisit
        case .appointmentNotFound: .appointmentNotFound
        case .appointmentNotOpen: .appointmentNotOpen
        case .siteClosed: .siteClosed
        case .chairNotFound: .chairNotFound
        case .chairRetired: .chairRetired
        case .chairOutOfService: .chairOutOfService
        case .noResuscitationCover: .noResuscitationCover
        case .afterLastStart: .afterLastStart
        case .visitTooShort: .visitTooShort
        // As where it is found behind the log's lock.
        case .patientElsewhere: .slotTaken
        case .stockShort: .stockShort
        case .capacityOverrideNotAllowed: .capacityOverrideNotAllowed
        case .holdExpired: .holdExpired
        case .holdNotExpired: .holdNotExpired
        case .alreadyOnWaitlist: .alreadyOnWaitlist
        case .notOnWaitlist: .notOnWaitlist
        case .offerNotAnswered: .offerNotAnswered
        case .offerNotOpen: .offerNotOpen
        case .doseNotFound: .doseNotFound
        case .doseNotInProgress: .doseNotInProgress
        case .doseNotPaused: .doseNotPaused
        case .restartNotAllowed: .restartNotAllowed
        case .doseStillInProgress: .doseStillInProgress
        case .doseOutsideOrder: .doseOutsideOrder
        case .reactionNotFound: .reactionNotFound
        case .observationTooShort: .observationTooShort
        case .notStable: .notStable
        case .recheckNotOpen: .recheckNotOpen
        case .reviewNotOpen: .reviewNotOpen
        case .overrideNotAllowed: .overrideNotAllowed
        case .gateNotShut: .gateNotShut
        case .signOffNeeded: .signOffNeeded
        case .gatesShut: .gatesShut
        }
    }
}
