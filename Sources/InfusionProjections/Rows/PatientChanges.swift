public import EventStore
public import Infusion

/// What one command changes in the projections kept in its own transaction.
///
/// Positions are not known before the append, so rows here refer to events by their version in the
/// patient's stream; the append turns versions into positions where it writes the rows.
public struct PatientChanges: ProjectionChanges, Hashable {
    public struct RecheckOpening: Hashable, Sendable {
        /// The opening event's version; the row's evidence is in versions too.
        public let version: EventVersion
        public let site: SiteID
        public let opened: RecheckOpened
        public init(version: EventVersion, site: SiteID, opened: RecheckOpened) {
            self.version = version
            self.site = site
            self.opened = opened
        }
    }
    public struct RecheckClosing: Hashable, Sendable {
        public let version: EventVersion
        public let recheck: RecheckID
        public let reason: String
        public init(version: EventVersion, recheck: RecheckID, reason: String) {
            self.version = version
            self.recheck = recheck
            self.reason = reason
        }
    }
    /// A new revision of an appointment; the one in force before it closes at the same event.
    public struct AppointmentRevision: Hashable, Sendable {
        public let version: EventVersion
        public let appointment: AppointmentID
        public let order: OrderID
        public let slot: AppointmentSlot
        public let status: AppointmentStatus
        public let heldUntil: Instant?
        public let isOverridden: Bool
        public let stock: StockNeed?
        public init(
            version: EventVersion, appointment: AppointmentID, order: OrderID,
            slot: AppointmentSlot, status: AppointmentStatus, heldUntil: Instant?,
            isOverridden: Bool, stock: StockNeed?
        ) {
            self.version = version
            self.appointment = appointment
            self.order = order
            self.slot = slot
            self.status = status
            self.heldUntil = heldUntil
            self.isOverridden = isOverridden
            self.stock = stock
        }
    }

    /// A new revision of an entry of the wait list; the one in force before it closes at the same event.
    public struct WaitlistRevision: Hashable, Sendable {
        public let version: EventVersion
        public let request: WaitlistRequest
        public let urgency: Urgency
        public let due: CalendarDate
        public let since: Instant
        public let status: WaitlistStatus
        public let offer: WaitlistRow.Offer?
        public init(
            version: EventVersion, request: WaitlistRequest, urgency: Urgency, due: CalendarDate,
            since: Instant, status: WaitlistStatus, offer: WaitlistRow.Offer?
        ) {
            self.version = version
            self.request = request
            self.urgency = urgency
            self.due = due
            self.since = since
            self.status = status
            self.offer = offer
        }
    }

    /// A thing now belongs to the patient. Ids come from outside, so two patients may claim the
    /// same one: it is whose event came first.
    public struct ReferenceOpening: Hashable, Sendable {
        public let version: EventVersion
        public let reference: SubjectReference
        public init(version: EventVersion, reference: SubjectReference) {
            self.version = version
            self.reference = reference
        }
    }

    public let patient: PatientID
    public let site: SiteID
    /// The stream's version after the command.
    public let version: EventVersion
    public let foldVersion: Int
    /// Canonical JSON of the patient's state after the command.
    public let document: [UInt8]
    public let openings: [RecheckOpening]
    public let closings: [RecheckClosing]
    public let revisions: [AppointmentRevision]
    public let references: [ReferenceOpening]
    public let waitlist: [WaitlistRevision]
    /// What it asks of a site, besides a chair; `nil` where it asks nothing.
    public let ask: SiteAsk?
    /// The moment that the command was decided at, as of which somebody may sit in a chair; `nil` where no chair is
    /// asked for: nothing is decided, as in a rebuild, or what happened is told.
    public let decidedAt: Instant?

    public init(
        patient: PatientID, site: SiteID, version: EventVersion, foldVersion: Int,
        document: [UInt8],
        openings: [RecheckOpening], closings: [RecheckClosing], revisions: [AppointmentRevision],
        references: [ReferenceOpening], waitlist: [WaitlistRevision], ask: SiteAsk? = nil,
        decidedAt: Instant? = nil
    ) {
        self.patient = patient
        self.site = site
        self.version = version
        self.foldVersion = foldVersion
        self.document = document
        self.openings = openings
        self.closings = closings
        self.revisions = revisions
        self.references = references
        self.waitlist = waitlist
        self.ask = ask
        self.decidedAt = decidedAt
    }
}

extension PatientChanges {
    /// About what a row weighs on its way, with its texts; bytes.
    private static let rowBytes = 256

    /// The document is nearly all of it: it grows with the patient's history.
    public var bytes: Int {
        let rows =
            openings.count + closings.count + revisions.count + references.count + waitlist.count
            + (ask?.takings.count ?? 0)
        return document.count + rows * Self.rowBytes
    }
}
