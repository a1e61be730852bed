import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections

/// How the log's headings become the times of appointments.
struct CalendarEntryMaking: Sendable {
    let log: any EventLog
    let tenant: TenantID
    /// When a hold has run out is asked as of this moment.
    let moment: Instant

    func entries(
        of histories: [AppointmentHistory]
    ) async throws(ApplicationError) -> [CalendarEntry] {
        let headings = try await log.allHeadings(
            at: histories.flatMap { $0.revisions + [$0.ordered].compactMap(\.self) },
            tenant: tenant)
        var entries: [CalendarEntry] = []
        entries.reserveCapacity(histories.count)
        for history in histories {
            let steps = history.revisions.compactMap { headings[$0] }
            entries.append(
                entry(
                    history, steps: steps, ordered: history.ordered.flatMap { headings[$0] },
                    heldUntil: try await heldUntil(history, steps: steps)))
        }
        return entries
    }

    private func entry(
        _ history: AppointmentHistory, steps: [EventHeading], ordered: EventHeading?,
        heldUntil: Instant?
    ) -> CalendarEntry {
        let row = history.current
        func time(_ types: EventType...) -> Instant? {
            steps.last { step in types.contains { $0.rawValue == step.type } }.map {
                Instant(microsecondsSinceUnixEpoch: $0.effectiveAt.microsecondsSinceUnixEpoch)
            }
        }
        let wasTold = steps.last?.type == EventType.holdExpired.rawValue
        return CalendarEntry(
            appointment: row.appointment, patient: row.patient, order: row.order,
            kind: ordered.flatMap(kind(of:)), slot: row.slot, status: row.status,
            heldUntil: heldUntil,
            isExpired: wasTold || (heldUntil.map { $0 <= moment } ?? false),
            arrived: time(.patientArrived),
            started: time(.doseStarted, .transfusionOrderFilled),
            discharged: time(.patientDischarged), changes: max(0, history.revisions.count - 1),
            changedAt: steps.last?.recordedAt ?? EventLogLimits.instants.lowerBound)
    }

    private func kind(of ordered: EventHeading) -> CalendarEntry.Kind? {
        if ordered.type == EventType.infusionOrdered.rawValue { return .iron }
        return ordered.type == EventType.transfusionOrdered.rawValue ? .redCells : nil
    }

    /// Stands in the event that made the hold, which holds nothing that is sealed. There are few holds at a
    /// time.
    private func heldUntil(
        _ history: AppointmentHistory, steps: [EventHeading]
    ) async throws(ApplicationError) -> Instant? {
        guard history.current.status == .pending,
            let step = steps.last(where: { $0.type == EventType.appointmentHeld.rawValue })
        else { return nil }
        let recorded: [RecordedEvent]
        do {
            recorded = try await log.readAll(
                tenant: tenant, after: step.position.advanced(by: -1), limit: 1)
        } catch {
            throw .store(error)
        }
        guard let event = recorded.first, event.position == step.position else { return nil }
        let cipher = SubjectCipher(
            subject: DataSubject(tenant: tenant, patient: history.current.patient),
            access: .unreachable, random: .system)
        do {
            guard
                case .appointmentHeld(_, let until) = try JournalCodec()
                    .decode(event, cipher: cipher).fact
            else { return nil }
            return until
        } catch {
            throw .journal(error)
        }
    }
}
