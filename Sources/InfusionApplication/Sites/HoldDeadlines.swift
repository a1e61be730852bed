import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections

/// Until when visits are held. The rows of the calendar do not say: a hold that has run out is `pending` there
/// until somebody wants its chair. The event that made the hold does, and nothing of it is sealed.
struct HoldDeadlines: Sendable {
    let log: any EventLog

    /// Those of the rows that still take what they took, by then.
    func standing(
        _ rows: [AppointmentRow], at now: Instant, tenant: TenantID
    ) async throws(ApplicationError) -> [AppointmentRow] {
        var standing: [AppointmentRow] = []
        for row in rows {
            if row.status == .pending,
                let until = try await deadline(
                    of: row.appointment, patient: row.patient, tenant: tenant),
                until <= now
            {
                continue
            }
            standing.append(row)
        }
        return standing
    }

    /// `nil` for a visit that nobody held, or whose hold cannot be read: it keeps what it has, and the site's other
    /// times are answered all the same.
    func deadline(
        of visit: AppointmentID, patient: PatientID, tenant: TenantID
    ) async throws(ApplicationError) -> Instant? {
        let recorded: [RecordedEvent]
        do {
            recorded = try await log.events(
                of: PatientStream.id(of: patient), tenant: tenant, after: .none, upTo: nil)
        } catch {
            throw .store(error)
        }
        let cipher = SubjectCipher(
            subject: DataSubject(tenant: tenant, patient: patient), access: .unreachable,
            random: .system)
        for event in recorded where event.data.type == EventType.appointmentHeld.rawValue {
            let fact = (try? JournalCodec().decode(event, cipher: cipher))?.fact
            if case .appointmentHeld(let held, let until)? = fact, held.id == visit {
                return until
            }
        }
        return nil
    }
}
