public import EventStore
public import Foundation
public import Infusion

/// The use cases of sites, as every edge calls them: what is decided about a site, and what its days look
/// like.
public protocol SiteUseCases: Sendable {
    /// Authorises, loads, decides, appends; a retry of an accepted command gets the first answer.
    func handle(_ request: SiteRequest) async throws(ApplicationError) -> SiteReceipt

    /// Everything that was decided about a site, as known at some time.
    func site(
        _ site: SiteID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> SiteView

    /// One date of a site, as known at some time.
    func day(
        _ date: CalendarDate, of site: SiteID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> SiteDayAnswer

    /// The vials of a site, as known at some time and at that time.
    func stock(
        of site: SiteID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> SiteStockAnswer
}

/// A command for a site with everything that makes it safe to send twice.
public struct SiteRequest: Sendable {
    public let actor: Actor
    public let commandID: CommandID
    /// A digest of what was asked.
    public let fingerprint: [UInt8]
    public let correlationID: UUID
    /// The version the caller decided on (`If-Match`); `nil` to accept any.
    public let expectedVersion: StreamVersion?
    public let site: SiteID
    public let command: SiteCommand

    public init(
        actor: Actor, commandID: CommandID, fingerprint: [UInt8], correlationID: UUID,
        expectedVersion: StreamVersion?, site: SiteID, command: SiteCommand
    ) {
        self.actor = actor
        self.commandID = commandID
        self.fingerprint = fingerprint
        self.correlationID = correlationID
        self.expectedVersion = expectedVersion
        self.site = site
        self.command = command
    }
}

/// What an accepted command for a site is answered, the first time and every time after.
public struct SiteReceipt: Hashable, Sendable {
    public let site: SiteID
    /// The site's version after the command: the `ETag`.
    public let version: StreamVersion
    /// Positions of the command's events; `nil` if it changed nothing.
    public let positions: ClosedRange<Position>?
    /// The head of the log that the answer rests on.
    public let position: Position
    /// The types of the events it caused, in order.
    public let events: [String]
    /// Visits that stay booked and no longer fit the site by it.
    public let unfit: UnfitVisits
    public let recordedAt: Timestamp
    /// Whether this answer was given before.
    public let replayed: Bool

    public init(
        site: SiteID, version: StreamVersion, positions: ClosedRange<Position>?,
        position: Position, events: [String], unfit: UnfitVisits = .none, recordedAt: Timestamp,
        replayed: Bool
    ) {
        self.site = site
        self.version = version
        self.positions = positions
        self.position = position
        self.events = events
        self.unfit = unfit
        self.recordedAt = recordedAt
        self.replayed = replayed
    }
}

/// A site as it was known.
public struct SiteView: Sendable {
    public let state: SiteState
    public let version: StreamVersion
    /// The position the answer rests on.
    public let position: Position

    public init(state: SiteState, version: StreamVersion, position: Position) {
        self.state = state
        self.version = version
        self.position = position
    }
}

/// The vials of a site as they were known.
public struct SiteStockAnswer: Sendable {
    public let site: SiteID
    public let timeZone: TimeZone
    /// As of which visits have taken their vials, and others are to come.
    public let moment: Instant
    /// By product and size; empty where the site keeps account of none.
    public let accounts: [StockAccount]
    public let version: StreamVersion
    /// The position the answer rests on.
    public let position: Position

    public init(
        site: SiteID, timeZone: TimeZone, moment: Instant, accounts: [StockAccount],
        version: StreamVersion, position: Position
    ) {
        self.site = site
        self.timeZone = timeZone
        self.moment = moment
        self.accounts = accounts
        self.version = version
        self.position = position
    }
}

/// A date of a site as it was known.
public struct SiteDayAnswer: Sendable {
    public let day: SiteDay
    public let version: StreamVersion
    /// The position the answer rests on.
    public let position: Position

    public init(day: SiteDay, version: StreamVersion, position: Position) {
        self.day = day
        self.version = version
        self.position = position
    }
}
