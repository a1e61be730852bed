import EventStore
public import Infusion

/// Which rechecks wait, and which waited when? One row per opening; a closing closes every row of
/// its recheck that is still open, and no row is ever deleted.
public enum RecheckQueueProjection {
    public static let foldVersion = 1

    static func changes(
        of events: some Sequence<VersionedEvent>, site: SiteID
    ) -> (openings: [PatientChanges.RecheckOpening], closings: [PatientChanges.RecheckClosing]) {
        var openings: [PatientChanges.RecheckOpening] = []
        var closings: [PatientChanges.RecheckClosing] = []
        for located in events {
            switch located.event.fact {
            case .recheckOpened(let opened):
                openings.append(.init(version: located.version, site: site, opened: opened))
            case .recheckClosed(let closed):
                closings.append(
                    .init(
                        version: located.version, recheck: closed.id,
                        reason: code(of: closed.reason)))
            case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
                .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
                .infusionOrdered, .orderHeld, .orderReleased, .orderCancelled, .appointmentBooked,
                .appointmentMoved, .appointmentCancelled, .appointmentMissed, .appointmentHeld,
                .appointmentConfirmed, .holdExpired, .capacityOverridden, .stockReserved,
                .patientArrived, .visitBegun, .visitLeft,
                .doseStarted,
                .dosePaused, .doseResumed, .doseCompleted, .doseStopped, .reactionLogged,
                .reactionRegraded,
                .patientDischarged,
                .transfusionRecorded, .gateOverridden, .signedOff, .patientErased, .patientMerged,
                .historyCarried,
                .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
                .recordAttributed,
                .chairsideChecked, .transfusionOrdered, .transfusionOrderFilled, .decisionReviewed,
                .waitlistEntered, .waitlistChanged,
                .waitlistOffered, .waitlistLeft:
                break
            }
        }
        return (openings, closings)
    }

    /// The stable code of why a recheck closed.
    public static func code(of reason: RecheckClosed.Reason) -> String {
        switch reason {
        case .satisfied: "satisfied"
        case .superseded: "superseded"
        case .noLongerNeeded: "no-longer-needed"
        case .closedByPerson(let reason): reason.rawValue
        }
    }

    /// Brings one patient's rows up to date, in the order of the stream.
    static func apply(
        _ changes: PatientChanges, at positions: StreamPositions, to rows: inout [RecheckQueueRow]
    ) {
        var openings = changes.openings[...]
        var closings = changes.closings[...]
        while let version = [openings.first?.version, closings.first?.version].compactMap(\.self)
            .min()
        {
            if let opening = openings.first, opening.version == version {
                openings.removeFirst()
                guard let position = positions[version] else { continue }
                rows.append(row(opening, of: changes.patient, at: position, positions))
            } else if let closing = closings.popFirst(), let position = positions[version] {
                for index in rows.indices
                where rows[index].recheck == closing.recheck && rows[index].closed == nil {
                    rows[index] = rows[index].closing(at: position, reason: closing.reason)
                }
            }
        }
    }

    private static func row(
        _ opening: PatientChanges.RecheckOpening, of patient: PatientID, at position: Position,
        _ positions: StreamPositions
    ) -> RecheckQueueRow {
        let opened = opening.opened
        return RecheckQueueRow(
            patient: patient, recheck: opened.id, site: opening.site,
            ruleVersion: opened.ruleVersion,
            reason: opened.reason, tests: opened.tests.sorted { $0.rawValue < $1.rawValue },
            earliest: opened.earliest, due: opened.due, overdueAfter: opened.overdueAfter,
            urgency: opened.urgency, opened: position, closed: nil, closedReason: nil,
            evidence: Set(opened.evidence).sorted().compactMap { positions[$0] })
    }
}

extension RecheckQueueRow {
    fileprivate func closing(at position: Position, reason: String) -> RecheckQueueRow {
        RecheckQueueRow(
            patient: patient, recheck: recheck, site: site, ruleVersion: ruleVersion,
            reason: self.reason, tests: tests, earliest: earliest, due: due,
            overdueAfter: overdueAfter, urgency: urgency, opened: opened, closed: position,
            closedReason: reason, evidence: evidence)
    }

    /// The row as a reader at `position` saw it: what closed later was still open.
    func seen(at position: Position) -> RecheckQueueRow? {
        guard opened <= position else { return nil }
        guard let closed, closed > position else { return self }
        return RecheckQueueRow(
            patient: patient, recheck: recheck, site: site, ruleVersion: ruleVersion,
            reason: reason,
            tests: tests, earliest: earliest, due: due, overdueAfter: overdueAfter,
            urgency: urgency,
            opened: opened, closed: nil, closedReason: nil, evidence: evidence)
    }
}

extension Urgency {
    /// The order of the queue: 0 comes first.
    public var rank: Int16 {
        switch self {
        case .emergency: 0
        case .urgent: 1
        case .soon: 2
        case .routine: 3
        }
    }

    /// `nil` for a rank that no urgency has.
    public init?(rank: Int16) {
        guard let urgency = Urgency.allCases.first(where: { $0.rank == rank }) else { return nil }
        self = urgency
    }
}
