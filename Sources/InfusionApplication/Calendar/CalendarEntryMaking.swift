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
                    capacityOverride: try await capacityOverride(history, steps: steps)))
        }
        return entries
    }

    private func entry(
        _ history: AppointmentHistory, steps: [EventHeading], ordered: EventHeading?,
        capacityOverride: CapacityOverride?
    ) -> CalendarEntry {
        let row = history.current
        func time(_ types: EventType...) -> Instant? {
            steps.last { step in types.contains { $0.rawValue == step.type } }.map {
                Instant(microsecondsSinceUnixEpoch: $0.effectiveAt.microsecondsSinceUnixEpoch)
            }
        }
        let wasTold = steps.last?.type == EventType.holdExpired.rawValue
        let told = steps.count { !Self.toldWithAChange.contains($0.type) }
        return CalendarEntry(
            appointment: row.appointment, patient: row.patient, order: row.order,
            kind: ordered.flatMap(kind(of:)), slot: row.slot, status: row.status,
            heldUntil: row.heldUntil, isExpired: wasTold || row.isLapsed(at: moment),
            arrived: time(.patientArrived),
            started: time(.doseStarted, .visitBegun, .transfusionOrderFilled),
            discharged: time(.patientDischarged, .visitLeft), capacityOverride: capacityOverride,
            changes: max(0, told - 1),
            changedAt: steps.last?.recordedAt ?? EventLogLimits.instants.lowerBound)
    }

    /// Revisions that come with the booking, the hold or the move that they are about.
    private static let toldWithAChange: Set<String> = [
        EventType.capacityOverridden.rawValue, EventType.stockReserved.rawValue,
    ]

    private func kind(of ordered: EventHeading) -> CalendarEntry.Kind? {
        if ordered.type == EventType.infusionOrdered.rawValue { return .iron }
        return ordered.type == EventType.transfusionOrdered.rawValue ? .redCells : nil
    }

    /// Whether an override holds for the slot is the row's to say; what it is stands in the last event of
    /// those, of which nothing is sealed.
    private func capacityOverride(
        _ history: AppointmentHistory, steps: [EventHeading]
    ) async throws(ApplicationError) -> CapacityOverride? {
        guard history.current.isOverridden,
            let step = steps.last(where: { $0.type == EventType.capacityOverridden.rawValue })
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
                case .capacityOverridden(_, let override) =
                    try JournalCodec().decode(event, cipher: cipher).fact
            else { return nil }
            return override
        } catch {
            throw .journal(error, at: event.position)
        }
    }
}
