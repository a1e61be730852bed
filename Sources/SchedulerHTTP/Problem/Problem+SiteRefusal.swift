import EventStore
import Infusion
import InfusionWire

extension SiteRefusal {
    var standing: RefusalStanding {
        switch self {
        case .siteNotOpened, .siteAlreadyOpened, .chairRetired, .entryWithdrawn,
            .staffOnOtherShift, .missingFromPlan:
            .state
        case .invalidValue, .chairNotFound, .hoursNotFound, .entryNotFound: .value
        }
    }

    /// One line for people; the same for every occurrence.
    var title: String {
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

    /// What the code alone does not say, as members of the problem.
    fileprivate func members(in body: BodyMembers) -> [(String, JSON)] {
        switch self {
        case .invalidValue(let field, let problem, let accepted):
            [
                (
                    "errors",
                    [
                        FieldProblem(
                            pointer: body.pointer(to: field), problem: problem, accepted: accepted
                        ).json
                    ]
                )
            ]
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
        case .siteNotOpened: []
        }
    }
}

extension Problem {
    /// A site's no: the code is the refusal's own.
    init(
        siteRefusal refusal: SiteRefusal, in body: BodyMembers, version: StreamVersion,
        position: Position
    ) {
        self.init(
            code: refusal.code, status: refusal.standing.rawValue, title: refusal.title,
            detail: refusal.text)
        for (name, value) in refusal.members(in: body) { self = self.with(name, value) }
        self = self.with("version", .integer(version.value))
            .with("position", .integer(position.value))
            .with(.ferroviaPosition, String(position.value))
    }
}
