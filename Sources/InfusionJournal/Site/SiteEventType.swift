public import Infusion

/// Every type of event a site's stream can hold, by the name it is stored under for ever. The
/// catalogue with fields and examples is `docs/events.md`.
public enum SiteEventType: String, Hashable, Sendable, CaseIterable {
    case siteOpened = "site-opened"
    case timeZoneCorrected = "time-zone-corrected"
    case limitsSet = "site-limits-set"
    case automaticOffersSet = "automatic-offers-set"
    case chairDefined = "chair-defined"
    case chairRetired = "chair-retired"
    case chairTakenOut = "chair-taken-out"
    case chairReturned = "chair-returned"
    case hoursSet = "opening-hours-set"
    case hoursWithdrawn = "opening-hours-withdrawn"
    case closureAnnounced = "closure-announced"
    case closureWithdrawn = "closure-withdrawn"
    case openingAnnounced = "opening-announced"
    case openingWithdrawn = "opening-withdrawn"
    case shiftPlanned = "shift-planned"
    case shiftShortened = "shift-shortened"
    case shiftWithdrawn = "shift-withdrawn"
    case stockCounted = "stock-counted"
    case deliveryRecorded = "delivery-recorded"
    case deliveryWithdrawn = "delivery-withdrawn"

    /// The stored name.
    public var name: String { rawValue }

    /// The version of the payload that is written today.
    public var payloadVersion: Int16 {
        switch self {
        case .siteOpened, .timeZoneCorrected, .limitsSet, .automaticOffersSet: 1
        case .chairDefined, .chairRetired, .chairTakenOut, .chairReturned: 1
        case .hoursSet, .hoursWithdrawn: 1
        case .closureAnnounced, .closureWithdrawn, .openingAnnounced, .openingWithdrawn: 1
        case .shiftPlanned, .shiftShortened, .shiftWithdrawn: 1
        case .stockCounted, .deliveryRecorded, .deliveryWithdrawn: 1
        }
    }

    public init(of fact: SiteFact) {
        self =
            switch fact {
            case .siteOpened: .siteOpened
            case .timeZoneCorrected: .timeZoneCorrected
            case .limitsSet: .limitsSet
            case .automaticOffersSet: .automaticOffersSet
            case .chairDefined: .chairDefined
            case .chairRetired: .chairRetired
            case .chairTakenOut: .chairTakenOut
            case .chairReturned: .chairReturned
            case .hoursSet: .hoursSet
            case .hoursWithdrawn: .hoursWithdrawn
            case .closureAnnounced: .closureAnnounced
            case .closureWithdrawn: .closureWithdrawn
            case .openingAnnounced: .openingAnnounced
            case .openingWithdrawn: .openingWithdrawn
            case .shiftPlanned: .shiftPlanned
            case .shiftShortened: .shiftShortened
            case .shiftWithdrawn: .shiftWithdrawn
            case .stockCounted: .stockCounted
            case .deliveryRecorded: .deliveryRecorded
            case .deliveryWithdrawn: .deliveryWithdrawn
            }
    }
}
