import Foundation
import Infusion

/// Things that happen in every clinic and that no gate, dose or recheck rule reads.
struct IrrelevantCommands {
    enum Kind: Hashable, CaseIterable {
        /// Another identifier: a card, a number of another system.
        case contact
        /// A result of an analyte that only the judgement of a response reads, or nothing.
        case analyte
        /// A preliminary result, which is kept and never decided on.
        case preliminary
        /// Bleeding, an anticoagulant, tumor cells in the marrow.
        case fact
        /// A visit booked and given back.
        case appointment
    }

    private var random: SplitMix64
    private var number: UInt64 = 1_000_000

    init(seed: UInt64) { random = SplitMix64(seed: seed &+ 77) }

    private mutating func fresh<Subject>() -> Identifier<Subject> {
        number += 1
        return id(number)
    }

    mutating func kind() -> Kind { random.pick(Kind.allCases) }

    /// One after the other; none where the patient has nothing for it yet.
    mutating func commands(
        _ kind: Kind, for state: PatientState, now: Instant
    ) -> [PatientCommand] {
        guard let registration = state.registration, let identity = registration.identity.value
        else { return [] }
        switch kind {
        case .contact:
            number += 1
            let card = PatientIdentifier(system: "urn:card", value: "\(number)")
            return [
                .correctIdentity(
                    Identity(
                        name: identity.name, birthDate: identity.birthDate, identifiers: [card]),
                    registration.gender)
            ]
        case .analyte: return [.recordLabs([unread(now)])]
        case .preliminary: return [.recordLabs([preliminary(now)])]
        case .fact:
            // At the moment of the contexts themselves, which then say nothing new.
            guard let contexts = state.contexts.at(now) else { return [] }
            return [
                .setClinicalContext(
                    contexts.value, facts: [fact()], at: contexts.effectiveAt)
            ]
        case .appointment:
            guard let order = state.orders.last(where: { $0.status == .active })?.id else {
                return []
            }
            let appointment: AppointmentID = fresh()
            let slot = Act.slot(now.adding(hours: Int64(random.number(1...40))))
            return [
                .bookAppointment(appointment, order: order, slot: slot),
                .cancelAppointment(appointment, reason: .patientRequest),
            ]
        }
    }

    private mutating func unread(_ now: Instant) -> LabResult {
        let (analyte, value) = random.pick([
            (Analyte.hematocrit, 31), (.meanCorpuscularVolume, 74), (.vitaminB12, 150),
            (.folate, 3), (.creatinine, 2), (.estimatedGlomerularFiltrationRate, 25),
        ])
        return result(analyte, Decimal(value), .final, now)
    }

    private mutating func preliminary(_ now: Instant) -> LabResult {
        let (analyte, value) = random.pick([
            (Analyte.hemoglobin, 5), (.ferritin, 900), (.transferrinSaturation, 60),
            (.phosphate, 1), (.cReactiveProtein, 200),
        ])
        return result(analyte, Decimal(value), .preliminary, now)
    }

    private mutating func result(
        _ analyte: Analyte, _ value: Decimal, _ status: ResultStatus, _ now: Instant
    ) -> LabResult {
        LabResult(
            id: fresh(), analyte: analyte, value: value.of(analyte),
            collectedAt: now.adding(hours: -Int64(random.number(0...200))), status: status,
            referenceLow: nil, source: nil)
    }

    private mutating func fact() -> ClinicalFact {
        random.pick([
            .bleeding(random.pick(BleedingSource.allCases), active: random.chance(2)),
            .therapy(.anticoagulant, active: random.chance(2)),
            .condition(.marrowInvolvement, present: random.chance(2)),
        ])
    }
}
