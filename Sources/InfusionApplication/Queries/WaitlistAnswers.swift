public import EventStore
public import Infusion
public import InfusionProjections

/// What is asked of a site's wait list.
public struct WaitlistQuestion: Sendable {
    public let site: SiteID
    public let knownAt: AsOf.Knowledge
    public let after: WaitlistPlace?
    public let limit: Int
    public init(site: SiteID, knownAt: AsOf.Knowledge, after: WaitlistPlace?, limit: Int) {
        self.site = site
        self.knownAt = knownAt
        self.after = after
        self.limit = limit
    }
}

/// One patient's requests, the closed ones too.
public struct PatientWaitlist: Sendable {
    public let patient: PatientID
    /// In the order of the stream.
    public let entries: [WaitlistRecord]
    /// The time that an entry was offered and that nobody has answered, by its order.
    public let offers: [OrderID: WaitlistRow.Offer]
    public let position: Position
    public init(
        patient: PatientID, entries: [WaitlistRecord], offers: [OrderID: WaitlistRow.Offer],
        position: Position
    ) {
        self.patient = patient
        self.entries = entries
        self.offers = offers
        self.position = position
    }
}

/// Time of one chair that somebody might be offered.
public enum FreedTime: Hashable, Sendable {
    /// What a cancelled, missed, expired or moved visit gave back last.
    case visit(AppointmentID)
    case span(ChairID, TimeSpan, freed: AppointmentID?)
}

/// Who of a site's list could be offered a time.
public struct WaitlistOffersQuestion: Sendable {
    public let site: SiteID
    public let time: FreedTime
    public let after: WaitlistPlace?
    public let limit: Int
    public init(site: SiteID, time: FreedTime, after: WaitlistPlace?, limit: Int) {
        self.site = site
        self.time = time
        self.after = after
        self.limit = limit
    }
}

/// An entry of the list and whether the time suits it.
public struct WaitlistCandidate: Sendable {
    public let row: WaitlistRow
    public let candidacy: WaitlistCandidacy
    public init(row: WaitlistRow, candidacy: WaitlistCandidacy) {
        self.row = row
        self.candidacy = candidacy
    }
}

public struct WaitlistOffersAnswer: Sendable {
    public let site: SiteID
    public let chair: ChairID
    /// What is still free of the time asked about, in order; none where somebody was faster.
    public let free: [TimeSpan]
    public let freed: AppointmentID?
    /// Where the visit alone was asked about: all times that it gave back at the site, what is asked about last.
    public let gaveBack: [AppointmentSlot]
    /// In the order of the list, who cannot take the time too.
    public let candidates: [WaitlistCandidate]
    /// `nil` where the list ends.
    public let next: WaitlistPlace?
    public let position: Position
    public init(
        site: SiteID, chair: ChairID, free: [TimeSpan], freed: AppointmentID?,
        gaveBack: [AppointmentSlot], candidates: [WaitlistCandidate], next: WaitlistPlace?,
        position: Position
    ) {
        self.site = site
        self.chair = chair
        self.free = free
        self.freed = freed
        self.gaveBack = gaveBack
        self.candidates = candidates
        self.next = next
        self.position = position
    }
}
