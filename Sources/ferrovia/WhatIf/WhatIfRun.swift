import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionKnowledge
import InfusionPostgres
import InfusionProjections
import PostgresEventStore

/// A tenant's whole log asked again under other rules, patient by patient on every processor.
struct WhatIfRun: Sendable {
    /// What was found about one patient.
    struct Found: Sendable {
        let patient: PatientID
        let positions: StreamPositions
        let differences: [RuleDifference]
    }

    struct Unreadable: Sendable {
        let patient: PatientID
        let position: Position
        let message: String
    }

    /// What would decide; `nil` where what is in force stays.
    struct Instead: Sendable {
        let formulary: Formulary?
        let pathways: ClinicalPathways?
    }

    /// The rules of a stretch of the log, made once for all decisions in it.
    private struct Stretch {
        let inForce: KnowledgeInForce
        let rules: WhatIf.Rules
    }

    /// A page of patients, judged.
    struct Page: Sendable {
        var found: [Found] = []
        var patients = 0
        var events = 0
        var asked = 0
        /// Patients of whom an event cannot be read; they are judged up to it.
        var unreadable: [Unreadable] = []
    }

    let tenant: TenantID
    let knowledge: ActivatedKnowledge<PostgresEventStore<InfusionProjector>>
    let vault: IdentityVault
    /// The sites as they are, and as they would be.
    let sites: [ClinicSite]
    let otherSites: [ClinicSite]
    let instead: Instead
    /// Decisions up to this position are not asked again.
    let since: Position
    let now: Instant
    private let codec = JournalCodec()

    init(
        backend: Backend, sites: [ClinicSite], otherSites: [ClinicSite], instead: Instead,
        since: Position, now: Instant
    ) throws {
        tenant = backend.tenant
        knowledge = ActivatedKnowledge(log: backend.log)
        vault = try backend.vault()
        self.sites = sites
        self.otherSites = otherSites
        self.instead = instead
        self.since = since
        self.now = now
    }

    func judge(_ histories: [PatientHistory]) async throws -> Page {
        let share = max(1, (histories.count + Cores.count - 1) / Cores.count)
        let parts = stride(from: 0, to: histories.count, by: share).map {
            histories[$0..<min($0 + share, histories.count)]
        }
        var page = Page()
        for part in try await Cores.map(parts, { part in try await judge(part) }) {
            page.found += part.found
            page.patients += part.patients
            page.events += part.events
            page.asked += part.asked
            page.unreadable += part.unreadable
        }
        return page
    }

    private func judge(_ histories: ArraySlice<PatientHistory>) async throws -> Page {
        var page = Page()
        var stretch: Stretch?
        for history in histories {
            page.patients += 1
            page.events += history.events.count
            try await judge(history, into: &page, &stretch)
        }
        return page
    }

    private func judge(
        _ history: PatientHistory, into page: inout Page, _ stretch: inout Stretch?
    ) async throws {
        let cipher = try await cipher(of: history)
        var whatIf = WhatIf()
        var positions = StreamPositions()
        for stored in history.events {
            let event: PatientEvent
            do throws(JournalError) { event = try codec.decode(stored.data, cipher: cipher) } catch
            {
                page.unreadable.append(
                    Unreadable(
                        patient: history.patient, position: stored.position,
                        message: error.description))
                break
            }
            positions.append(stored.position)
            let recordedAt = Instant(
                microsecondsSinceUnixEpoch: stored.recordedAt.microsecondsSinceUnixEpoch)
            whatIf.take(
                event, recordedAt: recordedAt,
                rules: stored.position > since
                    ? try await rules(at: stored.position, &stretch) : nil)
        }
        whatIf.conclude(now: now, rules: try await rules(at: nil, &stretch))
        page.asked += whatIf.asked
        if !whatIf.differences.isEmpty {
            page.found.append(
                Found(
                    patient: history.patient, positions: positions,
                    differences: whatIf.differences))
        }
    }

    private func rules(
        at position: Position?, _ stretch: inout Stretch?
    ) async throws(EventLogError) -> WhatIf.Rules {
        let inForce = try await knowledge.knowledge(of: tenant, at: position)
        if let stretch, stretch.inForce === inForce { return stretch.rules }
        let other = KnowledgeInForce(
            formulary: instead.formulary ?? inForce.formulary,
            pathways: instead.pathways ?? inForce.pathways)
        let rules = WhatIf.Rules(
            inForce: RuleSet(formulary: inForce.formulary, sites: sites.map(inForce.settings(of:))),
            instead: RuleSet(formulary: other.formulary, sites: otherSites.map(other.settings(of:)))
        )
        stretch = Stretch(inForce: inForce, rules: rules)
        return rules
    }

    /// Age and weight rules need the birth date; nobody's is read of whom no decision was taken.
    private func cipher(of history: PatientHistory) async throws -> SubjectCipher {
        let isDecided = history.events.contains {
            $0.data.type == EventType.infusionOrdered.rawValue
        }
        return try await vault.cipherForReading(
            patient: history.patient, tenant: tenant, isNew: !isDecided)
    }
}
