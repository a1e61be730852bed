import EventStore
import Foundation
import Hummingbird
import Infusion
import InfusionApplication
import InfusionWire
import Logging

/// What routes work with, apart from the request itself.
struct Edge: Sendable {
    let useCases: any InfusionUseCases
    let sites: any SiteUseCases
    let calendar: any CalendarUseCases
    /// `nil` where no links are made.
    let calendarLinks: CalendarLinks?
    let authenticator: any Authenticating
    let limits: HTTPLimits
    let metrics: Metrics
    let subscribers: SubscriberSlots
    let bodies: BodyWeights
    let feeds: EventFeeds
    let health: any HealthReporting
}

/// One request as a route sees it: authenticated, its body read.
struct Call: Sendable {
    let edge: Edge
    let method: String
    /// As it was sent, without the query.
    let path: String
    let parameters: [String: String]
    let query: Query
    let headers: HTTPFields
    let body: [UInt8]
    let requestID: String
    let correlationID: UUID
    let logger: Logger

    var useCases: any InfusionUseCases { edge.useCases }
    var sites: any SiteUseCases { edge.sites }

    /// The id in the path.
    func id<Subject>(
        _ type: Identifier<Subject>.Type = Identifier<Subject>.self
    ) throws(Problem) -> Identifier<Subject> {
        guard let text = parameters["id"], let id = Identifier<Subject>(text) else {
            throw Problem(parameter: "id", problem: "is not valid", accepted: "a UUID")
        }
        return id
    }

    /// The row of the recheck queue that the path names.
    func recheck() throws(Problem) -> RecheckReference {
        guard let row = RecheckReference(parameters["id"] ?? "") else {
            throw Problem(
                parameter: "id", problem: "is not valid",
                accepted: "a patient's UUID, a point and a recheck, such as R3-17")
        }
        return row
    }

    /// `Last-Event-ID: 4711`, which a reconnecting client sends by itself.
    func lastEventID() throws(Problem) -> Position? {
        guard let last = headers[.lastEventID] else { return nil }
        guard !last.isEmpty, last.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let position = Int64(last)
        else {
            throw Problem(
                parameter: "Last-Event-ID", problem: "is not valid", accepted: "a position")
        }
        return Position(position)
    }

    /// `If-Match: "7"`; absent accepts any version.
    func expectedVersion() throws(Problem) -> StreamVersion? {
        guard let header = headers[.ifMatch] else { return nil }
        let digits = header.dropFirst().dropLast()
        guard header.count >= 3, header.hasPrefix("\""), header.hasSuffix("\""),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let version = Int64(digits)
        else {
            throw Problem(.ifMatchInvalid, detail: "accepted: one version in quotes, such as \"7\"")
        }
        return StreamVersion(version)
    }
}
