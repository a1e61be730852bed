import EventStore
import Foundation
import Infusion
import InfusionProjections

/// Holds that have run out and still take a chair, a nurse or a vial that somebody wants. Each is told to have expired by an event
/// of its own patient before the chair is asked for again: what a chair is judged by is what the log says, never
/// what time it is.
struct ExpiredHolds: Sendable {
    let readModels: any ReadModels
    let log: any EventLog<PatientChanges>
    let handler: CommandHandler

    /// - Parameter error: What the request was refused for.
    /// - Returns: Whether there was one, so that trying again makes sense.
    func giveWay(
        to request: CommandRequest, of patient: PatientID, after error: ApplicationError
    ) async throws(ApplicationError) -> Bool {
        guard error.isOfTheSlot, let slot = try await slot(of: request, patient: patient) else {
            return false
        }
        var isFree = false
        let tenant = request.actor.tenant
        let holds: [AppointmentRow]
        switch error {
        case .unavailable(_, let quarter?):
            holds = try await self.holds(at: slot.site, in: quarter, tenant)
        case .unavailable(_, nil):
            holds = try await self.holds(overlapping: slot, of: patient, tenant)
        case .refused(let refusal, _, _):
            guard case .stockShort(let shortage) = refusal else { return false }
            holds = try await self.holds(at: slot.site, taking: shortage.product, tenant)
        case .forbidden, .notFound, .siteRefused, .versionMismatch, .keyReused, .contended,
            .identifierTaken, .unknownSite, .beyondTheHead, .stillToCome, .store, .journal, .keys:
            return false
        }
        for row in holds.prefix(ApplicationLimits.holdsDisplaced) {
            do throws(ApplicationError) {
                _ = try await handler.handle(
                    expiry(of: row.appointment, for: request), patient: row.patient)
                isFree = true
            } catch {
                // It still lasts, or somebody has just confirmed it or given it back.
                guard case .refused = error else { throw error }
            }
        }
        return isFree
    }

    /// What the command asks for, or what a hold that is to be confirmed has.
    private func slot(
        of request: CommandRequest, patient: PatientID
    ) async throws(ApplicationError) -> AppointmentSlot? {
        if let wanted = request.command.wantedVisit { return wanted.slot }
        guard request.command.visitInQuestion != nil else { return nil }
        let loaded = try await handler.loader.loadToDecide(patient, tenant: request.actor.tenant)
        return request.command.judgedSlot(on: loaded.state)
    }

    private func holds(
        overlapping slot: AppointmentSlot, of patient: PatientID, _ tenant: TenantID
    ) async throws(ApplicationError) -> [AppointmentRow] {
        try await holds(at: slot.site, from: slot.start, to: slot.end, tenant).filter {
            $0.slot.chair == slot.chair || $0.patient == patient
        }
    }

    private func holds(
        at site: SiteID, in quarter: QuarterHour, _ tenant: TenantID
    ) async throws(ApplicationError) -> [AppointmentRow] {
        try await holds(at: site, from: quarter.start, to: quarter.end, tenant)
    }

    /// Wherever their visits lie: a vial that is kept for one is missed by all others.
    private func holds(
        at site: SiteID, taking product: ProductKey, _ tenant: TenantID
    ) async throws(ApplicationError) -> [AppointmentRow] {
        do {
            return try await readModels.stockedVisits(
                of: product, site: site, from: Instant(microsecondsSinceUnixEpoch: 0),
                at: try await log.head(tenant: tenant), tenant: tenant
            ).filter { $0.status == .pending }
        } catch {
            throw .store(error)
        }
    }

    private func holds(
        at site: SiteID, from: Instant, to: Instant, _ tenant: TenantID
    ) async throws(ApplicationError) -> [AppointmentRow] {
        do {
            return try await readModels.appointments(
                site: site, from: from, to: to, at: try await log.head(tenant: tenant),
                tenant: tenant
            ).filter { $0.status == .pending }
        } catch {
            throw .store(error)
        }
    }

    /// Asked by whoever wants the chair, under an id that the same wish has again when it is sent again.
    private func expiry(of hold: AppointmentID, for request: CommandRequest) -> CommandRequest {
        CommandRequest(
            actor: request.actor, commandID: request.commandID.joined(with: hold.uuid),
            fingerprint: hold.uuid.bytes, correlationID: request.correlationID,
            expectedVersion: nil,
            target: .appointment(hold), command: .expireHold(hold))
    }
}

extension CommandID {
    /// Another id, and the same one for the same two.
    func joined(with other: UUID) -> CommandID {
        var bytes = uuid.bytes
        for (index, byte) in other.bytes.enumerated() { bytes[index] ^= byte }
        return CommandID(
            UUID(
                uuid: (
                    bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                    bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14],
                    bytes[15]
                )))
    }
}

extension UUID {
    fileprivate var bytes: [UInt8] { withUnsafeBytes(of: uuid, Array.init) }
}
