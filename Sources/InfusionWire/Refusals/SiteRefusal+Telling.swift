public import Infusion

/// A site's no as every edge tells it.
extension SiteRefusal {
    public var standing: RefusalStanding {
        switch self {
        case .siteNotOpened, .siteAlreadyOpened, .chairRetired, .entryWithdrawn,
            .staffOnOtherShift, .missingFromPlan:
            .state
        case .invalidValue, .chairNotFound, .hoursNotFound, .entryNotFound: .value
        }
    }

    /// One line for people; the same for every occurrence.
    public var title: String {
        switch self {
        case .siteNotOpened: "The site has not been opened"
        case .siteAlreadyOpened: "The site is opened already, in another zone"
        case .invalidValue: "A value is not possible"
        case .chairNotFound: "The site has no such chair"
        case .chairRetired: "The chair is retired"
        case .hoursNotFound: "No opening hours begin on that date"
        case .entryNotFound: "The site has no such closure, opening, outage, shift or delivery"
        case .entryWithdrawn: "It was withdrawn, and its name is used once"
        case .staffOnOtherShift: "Somebody is on another shift at that time"
        case .missingFromPlan: "The plan leaves out what the log has"
        }
    }

    /// The field that it is about, if it is about one.
    public var field: RefusedField? {
        switch self {
        case .invalidValue(let field, let problem, let accepted):
            RefusedField(field, problem, accepted: accepted)
        case .siteNotOpened, .siteAlreadyOpened, .chairNotFound, .chairRetired, .hoursNotFound,
            .entryNotFound, .entryWithdrawn, .staffOnOtherShift, .missingFromPlan:
            nil
        }
    }

    /// What neither the code nor the field says.
    public var members: [JSON.Member] {
        named.map { JSON.Member(name: $0.0, value: $0.1) }
    }

    private var named: [(String, JSON)] {
        switch self {
        case .siteAlreadyOpened(let zone): [("timeZone", .string(zone))]
        case .chairNotFound(let chair, let accepted):
            [
                ("chair", .string(chair.name)),
                ("accepted", .array(accepted.map { .string($0) })),
            ]
        case .chairRetired(let chair, let from):
            [("chair", .string(chair.name)), ("retiredFrom", .date(from))]
        case .hoursNotFound(let date): [("validFrom", .date(date))]
        case .entryNotFound(let kind, let id), .entryWithdrawn(let kind, let id):
            [(kind.rawValue, .string(id.name))]
        case .staffOnOtherShift(_, let shift): [("shift", .string(shift.name))]
        case .missingFromPlan(let chairs, let hours):
            [
                ("chairs", .list(chairs) { .string($0.name) }),
                ("hours", .list(hours) { .date($0) }),
            ]
        case .siteNotOpened, .invalidValue: []
        }
    }
}
