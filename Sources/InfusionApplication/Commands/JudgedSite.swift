import EventStore
import Infusion
import InfusionJournal
import InfusionProjections

/// The site of a command's visit, as the command is decided on it.
struct JudgedSite: Sendable {
    let version: StreamVersion
    let slot: AppointmentSlot
    /// `nil` for a site about which nothing was ever decided.
    let visitSite: VisitSite?
    /// The vials of the visit's product; `nil` where the site keeps no account of them.
    let stock: KnownStock?

    /// - Throws: ``ApplicationError/store(_:)`` where this program does not know the site's time zone.
    init(
        _ loaded: LoadedSite, slot: AppointmentSlot, stock: KnownStock?
    ) throws(ApplicationError) {
        version = loaded.version
        self.slot = slot
        self.stock = stock
        visitSite = VisitSite(at: slot.start, given: loaded.state)
        if loaded.state.site != nil, visitSite == nil {
            throw .store(.unknownTimeZone(of: slot.site))
        }
    }

    /// What the events of the command ask of the site; `nil` where they have nothing to do with a visit.
    func ask(by events: [PatientEvent], before: PatientState, after: PatientState) -> SiteAsk? {
        guard let id = events.lazy.compactMap(\.fact.judgedVisit).first,
            let visit = after.appointment(id)
        else { return nil }
        return SiteAsk(
            appointment: id, stream: SiteStream.id(of: slot.site), version: version,
            takings: visitSite?.takings(
                of: visit.slot, holding: before.appointment(id),
                overridden: visit.capacityOverride?.rules ?? [])
                ?? [],
            stock: stock.map { StockAsk(product: $0.stock.product, known: $0.position) })
    }
}

extension EventLogError {
    static func unknownTimeZone(of site: SiteID) -> EventLogError {
        EventLogError(.storeFailed, "this program does not know the time zone of \(site)")
    }
}

extension PatientFact {
    /// The visit for which a site was looked at.
    fileprivate var judgedVisit: AppointmentID? {
        switch self {
        case .appointmentBooked(let visit), .appointmentHeld(let visit, _): visit.id
        case .appointmentMoved(let id, _), .appointmentConfirmed(let id, _): id
        case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
            .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
            .infusionOrdered, .orderHeld, .orderReleased, .orderCancelled,
            .appointmentCancelled, .appointmentMissed, .holdExpired, .capacityOverridden,
            .stockReserved,
            .patientArrived, .visitBegun, .visitLeft, .doseStarted, .dosePaused, .doseResumed,
            .doseCompleted,
            .doseStopped, .reactionLogged, .reactionRegraded, .patientDischarged,
            .transfusionRecorded, .gateOverridden, .signedOff, .recheckOpened, .recheckClosed,
            .patientErased, .patientMerged, .historyCarried,
            .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed, .chairsideChecked,
            .transfusionOrdered, .transfusionOrderFilled,
            .decisionReviewed, .waitlistEntered, .waitlistChanged, .waitlistOffered, .waitlistLeft:
            nil
        }
    }
}
