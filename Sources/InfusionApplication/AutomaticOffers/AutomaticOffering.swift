import Crypto
public import EventStore
import Foundation
import Infusion
import InfusionProjections

/// Offers the times that visits gave back to who waits, where the site has decided that no person need do it:
/// one patient after another, in the order of the list, until somebody accepts.
///
/// It keeps nothing that has to last. Which times were given back, who was asked and who has to answer is what
/// the log says, so any process may do it at any time, several at once, and one that is killed loses nothing.
/// Of one time there is at most one open offer: the nth offer of it has one command id, whoever makes it, which
/// the log accepts once; and who makes the next one has seen what became of the nth.
public actor AutomaticOffering {
    /// Whom the events name.
    public static let subject = "automatic-offers"

    private struct Key: Hashable {
        let tenant: TenantID
        let site: SiteID
    }

    private let service: InfusionService
    private let sites: SiteLoader<PatientChanges>
    private var given: [Key: GivenBackTimes] = [:]
    /// When the list of a site was last gone through.
    private var looked: [Key: Instant] = [:]

    public init(_ service: InfusionService) {
        self.service = service
        sites = SiteLoader(log: service.log)
    }

    /// Makes the offers of a tenant that are to be made now.
    /// - Returns: How many.
    @discardableResult
    public func run(_ tenant: TenantID) async throws(ApplicationError) -> Int {
        let all: [ClinicSite]
        do { all = try await service.sites.sites(of: tenant) } catch { throw .store(error) }
        var count = 0
        for site in all {
            let key = Key(tenant: tenant, site: site.id)
            let state = try await sites.current(site.id, tenant: tenant).state
            switch state.automaticOffers {
            case .off: given[key] = nil
            case .on(let minutes):
                let (times, isNews) = try await times(of: key)
                let now = service.now()
                // Where nothing has changed at the site it is the list that may have, which can wait.
                let isDue =
                    looked[key].map {
                        now >= $0.adding(seconds: ApplicationLimits.offersLookSeconds)
                    } ?? true
                guard isNews || isDue else { continue }
                looked[key] = now
                for time in times.all {
                    let isOffered = try await offer(time, keepMinutes: minutes, key)
                    count += isOffered ? 1 : 0
                }
            }
        }
        return count
    }

    // MARK: What was given back

    /// With whether any appointment of the site has changed since they were last asked about.
    private func times(
        of key: Key
    ) async throws(ApplicationError) -> (times: GivenBackTimes, isNews: Bool) {
        let now = service.now()
        let first = now.adding(hours: -24 * Int64(ApplicationLimits.givenBackDays))
        let oldest = try await service.resolve(
            .instant(
                Timestamp(microsecondsSinceUnixEpoch: first.microsecondsSinceUnixEpoch)),
            tenant: key.tenant)
        let head = try await service.resolve(.now, tenant: key.tenant)
        if let known = given[key], known.reached > head {
            // The log is a shorter one than it was: what is remembered of it may never have been.
            given[key] = nil
        }
        var times = given[key]
        var isNews = false
        while true {
            let limit = ApplicationLimits.givenBackPage
            let reached = times?.reached ?? oldest
            let changes: AppointmentChanges
            do {
                changes = try await service.readModels.appointmentChanges(
                    site: key.site, after: reached, limit: limit, tenant: key.tenant)
            } catch {
                throw .store(error)
            }
            if let known = times, known.generation != changes.generation {
                times = nil
                continue
            }
            var read = times ?? GivenBackTimes(after: oldest, generation: changes.generation)
            read.apply(changes.rows, isWhole: changes.rows.count < limit)
            isNews = isNews || !changes.rows.isEmpty
            times = read
            if changes.rows.count < limit {
                read.forget(endedBy: now, givenBackBy: oldest)
                given[key] = read
                return (read, isNews)
            }
        }
    }

    // MARK: Offering

    /// Whether an offer was made.
    private func offer(
        _ time: GivenBackTimes.Time, keepMinutes: Int, _ key: Key
    ) async throws(ApplicationError) -> Bool {
        // Before anything else is read: who makes the next offer has seen what became of the last one.
        let id = try await nextID(for: time.freed, key.tenant)
        let position = try await service.resolve(.now, tenant: key.tenant)
        let had = time.freed.slot
        guard let whole = TimeSpan(from: had.start, until: had.end) else { return false }
        let standing = try await service.standing(
            at: key.site, in: whole, tenant: key.tenant, position: position)
        let here = standing.filter { $0.taken.sharesChair(with: had) }.map(\.row)
        // What begins before the answer need come is not offered; nor what somebody has until they answer.
        let from = max(time.span.from, service.now().adding(minutes: Int64(keepMinutes)))
        guard !here.contains(where: { $0.status == .pending }),
            let span = TimeSpan(from: from, until: time.span.until)
        else { return false }
        let offered = OfferedTime(
            site: key.site, chair: had.chair, span: span, freed: time.freed)
        // Who was discharged early has given nothing back.
        let used = here.filter { $0.status == .fulfilled }
        var room = try await service.room(
            in: offered, standing: standing,
            withheld: used.compactMap { TimeSpan(from: $0.slot.start, until: $0.slot.end) },
            tenant: key.tenant, at: position)
        if room.free.isEmpty { return false }
        var after: WaitlistPlace?
        repeat {
            let page = try await service.page(
                WaitlistQuery(
                    site: key.site, position: position, after: after,
                    limit: ApplicationLimits.offersJudged), tenant: key.tenant)
            for row in page.rows {
                guard
                    let slot = try await slot(
                        for: row, in: &room, of: offered, tenant: key.tenant, position: position)
                else { continue }
                let sent = try await send(
                    row.order, slot, freed: time.freed.visit, keepMinutes: keepMinutes, id,
                    key.tenant)
                switch sent {
                case .made: return true
                case .madeByOther: return false
                case .refused: continue
                }
            }
            after = page.next
        } while after != nil
        return false
    }

    /// `nil` for who cannot have the time, or cannot be read: that is for a person to see to.
    private func slot(
        for row: WaitlistRow, in room: inout WaitlistRoom, of time: OfferedTime, tenant: TenantID,
        position: Position
    ) async throws(ApplicationError) -> AppointmentSlot? {
        do throws(ApplicationError) {
            let candidate = try await service.candidate(
                row, in: &room, of: time, tenant: tenant, position: position)
            if case .fits(let slot) = candidate.candidacy { return slot }
            return nil
        } catch {
            if case .journal = error { return nil }
            throw error
        }
    }

    private enum Sent {
        case made
        /// Another process offers the time, to whomever.
        case madeByOther
        /// Something has come in between; the next of the list may be asked all the same.
        case refused
    }

    private func send(
        _ order: OrderID, _ slot: AppointmentSlot, freed: AppointmentID, keepMinutes: Int,
        _ id: CommandID, _ tenant: TenantID
    ) async throws(ApplicationError) -> Sent {
        let request = CommandRequest(
            actor: Actor(
                subject: Self.subject, tenant: tenant, role: .system, scopes: [.appointmentWrite]),
            commandID: id,
            fingerprint: Self.digest(
                "\(order)|\(slot.chair.name)|\(slot.start.microsecondsSinceUnixEpoch)"),
            correlationID: id.uuid,
            expectedVersion: nil, target: .order(order),
            command: .offerVisit(
                OfferVisit(
                    id: AppointmentID(Self.uuid("ferrovia-offer-v1|\(id.uuid.uuidString)")),
                    order: order, slot: slot, minutes: keepMinutes, freed: freed)))
        do throws(ApplicationError) {
            let receipt = try await service.handle(request)
            return receipt.replayed ? .madeByOther : .made
        } catch {
            switch error {
            case .keyReused: return .madeByOther
            case .refused, .unavailable, .contended: return .refused
            case .forbidden, .notFound, .siteRefused, .versionMismatch, .identifierTaken,
                .unknownSite, .beyondTheHead, .stillToCome, .store, .journal, .keys:
                throw error
            }
        }
    }

    // MARK: Ids

    /// The first id of the time's offers that the log has not accepted.
    private func nextID(
        for freed: FreedSlot, _ tenant: TenantID
    ) async throws(ApplicationError) -> CommandID {
        var number = 0
        while true {
            let id = Self.id(of: freed, number: number, tenant)
            let accepted: AcceptedCommand?
            do { accepted = try await service.log.command(id, tenant: tenant) } catch {
                throw .store(error)
            }
            if accepted == nil { return id }
            number += 1
        }
    }

    private static func id(
        of freed: FreedSlot, number: Int, _ tenant: TenantID
    ) -> CommandID {
        let (slot, start) = (freed.slot, freed.slot.start.microsecondsSinceUnixEpoch)
        let end = slot.end.microsecondsSinceUnixEpoch
        // The names of a site and a chair may have a bar in them; the numbers before them have not.
        let time = "\(start)|\(end)|\(slot.site.name)|\(slot.chair.name)"
        return CommandID(
            uuid("ferrovia-automatic-offer-v2|\(tenant)|\(freed.visit)|\(number)|\(time)"))
    }

    private static func digest(_ text: String) -> [UInt8] {
        Array(SHA256.hash(data: Data(text.utf8)))
    }

    /// The first 16 bytes of SHA-256, marked as a version 8 UUID (RFC 9562).
    private static func uuid(_ text: String) -> UUID {
        var b = Array(digest(text).prefix(16))
        b[6] = b[6] & 0x0F | 0x80
        b[8] = b[8] & 0x3F | 0x80
        return UUID(
            uuid: (
                b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
                b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]
            ))
    }
}
