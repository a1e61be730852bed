import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import YAMLReader

/// A case cannot go on: a step names something that there is not, or the machinery failed.
struct CaseFailure: Error {
    let message: String

    init(_ message: String, at place: YAMLValue) { self.message = "\(place.problem(message))" }
}

/// Turns the steps of one case into commands, and remembers what their names stand for.
final class CasePerformer {
    let patient = PatientID(UUID())
    let clinic: CaseClinic
    private let person: CasePatient
    private(set) var orders: [(name: String, id: OrderID)] = []
    var visits: [(name: String, id: AppointmentID)] = []
    /// What the steps at the chair are about.
    private var lastDose: DoseID?
    var labs: [(name: String, id: LabResultID)] = []
    private var reactions: [(name: String, id: ReactionID)] = []
    private var contexts: Set<ClinicalContext> = []
    private var isRegistered = false
    /// The visits that the last step was told of, since they no longer fit.
    private(set) var unfit: [UnfitVisit] = []

    init(_ clinic: CaseClinic, _ person: CasePatient) {
        self.clinic = clinic
        self.person = person
    }

    /// - Parameter visit: Anybody's, by its name.
    func perform(
        _ step: CaseStep, visit: (String) -> AppointmentID?
    ) async throws -> CaseOutcome {
        clinic.turn(to: step.told)
        unfit = []
        var sent: PatientCommand?
        do throws(ApplicationError) {
            try await clinic.settle()
            if !isRegistered {
                try await clinic.register(person, as: patient)
                isRegistered = true
            }
            if let outcome = try await act(step) {
                try await clinic.settle()
                return outcome
            }
            sent = try await command(step, visit)
            guard let sent else { return .accepted([]) }
            try await send(sent)
            try await clinic.settle()
            return .accepted(try await findings(of: sent))
        } catch {
            var refusal = try refusal(error, step)
            // Where it is the time that was refused, with the nearest others.
            if let sent {
                refusal.alternatives = await clinic.alternatives(
                    to: sent, of: patient, refused: error)
            }
            return .refused(refusal)
        }
    }

    func send(_ command: PatientCommand) async throws(ApplicationError) {
        unfit += try await clinic.send(command, of: patient).unfit.named
    }

    private func refusal(_ error: ApplicationError, _ step: CaseStep) throws -> CaseRefusal {
        switch error {
        case .refused(let refusal, _, _): return CaseRefusal(refusal)
        case .unavailable(let constraint, _):
            return CaseRefusal(
                code: RefusalCode.slotTaken.rawValue, constraint: constraint)
        case .notFound(let what):
            throw CaseFailure("there is no such \(what)", at: step.place)
        case .forbidden, .versionMismatch, .keyReused, .contended, .identifierTaken, .unknownSite,
            .beyondTheHead, .stillToCome, .siteRefused, .store, .journal, .keys:
            throw CaseFailure("the step failed: \(error)", at: step.place)
        }
    }

    /// Of a step that is more than one command, or none; `nil` for all others.
    private func act(_ step: CaseStep) async throws(ApplicationError) -> CaseOutcome? {
        switch step.action {
        case .look: return .accepted([])
        case .askGates(let name, let dose, let at):
            let review = try await clinic.gates(
                GateQuestionAsked(
                    order: try id(name, in: orders, "order"), dose: dose, at: at ?? step.at)
            )
            return .accepted(review.findings)
        case .labs(let results): return try await record(results, step)
        case .correctLab(let name, let lab): return try await correct(name, lab, step)
        case .dose(let dose, let end): return try await give(dose, end, step)
        case .weight, .height, .retractLab, .contexts, .facts, .order, .hold, .release,
            .cancelOrder, .book, .cancelVisit, .missVisit, .beginVisit, .leaveVisit, .startDose,
            .pauseDose, .resumeDose,
            .endDose, .reaction,
            .regrade, .discharge, .transfusion, .override, .closeRecheck, .chairside,
            .review, .orderTransfusion, .holdVisit, .confirmVisit, .wait, .changeWait, .leaveWait,
            .offer, .acceptOffer, .declineOffer:
            return nil
        }
    }

    /// The command of a step that is one; `nil` for one that is more or none.
    private func command(
        _ step: CaseStep, _ visit: (String) -> AppointmentID?
    ) async throws(ApplicationError) -> PatientCommand? {
        switch step.action {
        case .weight(let weight):
            return .recordMeasurements(weight: weight, height: nil, at: step.at)
        case .height(let height):
            return .recordMeasurements(weight: nil, height: height, at: step.at)
        case .retractLab(let name, let reason):
            return .retractLab(
                LabRetracted(result: try id(name, in: labs, "result"), reason: reason))
        case .contexts(let set):
            contexts = set
            return .setClinicalContext(set, facts: [], at: step.at)
        case .facts(let facts):
            return .setClinicalContext(
                contexts, facts: facts, at: step.at, signOff: step.signOff)
        case .order(let order): return .orderInfusion(self.order(order, step))
        case .hold(let name, let reason):
            return .holdOrder(try id(name, in: orders, "order"), reason: reason)
        case .release(let name):
            return .releaseOrder(try id(name, in: orders, "order"), signOff: step.signOff)
        case .cancelOrder(let name, let reason):
            return .cancelOrder(try id(name, in: orders, "order"), reason: reason)
        case .book(let visit): return try book(visit, step)
        case .holdVisit(let visit, let minutes): return try hold(visit, minutes, step)
        case .confirmVisit(let name):
            return .confirmAppointment(try id(name, in: visits, "visit"))
        case .wait, .changeWait, .leaveWait, .offer, .acceptOffer, .declineOffer:
            return try await waiting(step, visit)
        case .cancelVisit(let name, let reason):
            return .cancelAppointment(try id(name, in: visits, "visit"), reason: reason)
        case .missVisit(let name): return .recordNoShow(try id(name, in: visits, "visit"))
        case .beginVisit(let name):
            return .beginVisit(try id(name, in: visits, "visit"), at: step.at)
        case .leaveVisit(let name):
            return .leaveVisit(try id(name, in: visits, "visit"), stable: true, at: step.at)
        case .startDose(let dose): return .startDose(try start(dose, step))
        case .pauseDose(let reason):
            return .pauseDose(try requireDose(), reason: reason, at: step.at)
        case .resumeDose(let resumption):
            return .resumeDose(
                DoseResumed(
                    id: try requireDose(), ratePercent: resumption.ratePercent,
                    isResolved: resumption.isResolved, role: resumption.role), at: step.at)
        case .endDose(let end): return try await self.end(end, step)
        case .reaction(let name, let kind, let grade, let minute):
            return .logReaction(
                Reaction(
                    id: remember(name, in: &reactions), dose: try requireDose(),
                    kind: kind, grade: grade, onsetMinute: minute, deliveredAtOnset: nil),
                at: step.at)
        case .regrade(let name, let grade):
            return .regradeReaction(
                try id(name, in: reactions, "reaction"), to: grade, signOff: step.signOff)
        case .discharge(let stable):
            return .dischargePatient(
                try requireDose(), stable: stable, at: step.at)
        case .transfusion(let units):
            return .recordTransfusion(
                Transfusion(id: TransfusionID(UUID()), units: units), at: step.at)
        case .orderTransfusion(let name, let units, let indication):
            return .orderTransfusion(
                OrderTransfusion(
                    id: remember(name, in: &orders), units: units, indication: indication,
                    signature: Signature(prescriber: "dr-case", signedAt: step.at)))
        case .override(let override): return .overrideGate(try self.override(override, step))
        case .closeRecheck(let rule, let reason):
            guard
                let row = try await clinic.queue(of: patient).first(where: {
                    $0.recheck.rule == rule
                })
            else { throw .notFound("open recheck \(rule.rawValue)") }
            return .closeRecheck(row.recheck, reason: reason)
        case .chairside(let check): return .recordChairsideCheck(check, at: step.at)
        case .review(let kind, let outcome):
            guard
                let review = try await clinic.reviews(of: patient)
                    .last(where: { $0.decision.kind == kind })
            else { throw .notFound("open review of the \(kind)") }
            return .reviewDecision(
                DecisionReviewed(decision: review.version, outcome: outcome))
        case .look, .askGates, .labs, .correctLab, .dose: return nil
        }
    }

    /// The gates' answers as the command's event keeps them.
    private func findings(of command: PatientCommand) async throws(ApplicationError) -> [Finding] {
        let state = try await clinic.view(of: patient).state
        return switch command {
        case .orderInfusion: state.orders.last?.order.findings ?? []
        case .bookAppointment, .holdAppointment, .offerVisit:
            state.appointments.last?.findings ?? []
        case .confirmAppointment(let id): state.appointment(id)?.findings ?? []
        case .startDose: state.doses.last?.started.findings ?? []
        case .registerPatient, .correctIdentity, .recordLabs, .correctLab, .retractLab,
            .recordMeasurements, .setClinicalContext, .holdOrder, .releaseOrder, .cancelOrder,
            .moveAppointment, .cancelAppointment, .recordNoShow, .expireHold, .enterWaitlist,
            .changeWaitlist, .leaveWaitlist, .declineOffer, .recordArrival, .beginVisit,
            .leaveVisit, .pauseDose,
            .resumeDose, .completeDose, .stopDose,
            .logReaction, .regradeReaction, .dischargePatient, .recordTransfusion, .overrideGate,
            .closeRecheck, .recordChairsideCheck, .reviewDecision, .orderTransfusion,
            .erasePatient, .mergePatients, .unmergePatients,
            .attributeRecord:
            []
        }
    }

    // MARK: Orders, visits, doses

    private func order(_ order: CaseOrder, _ step: CaseStep) -> OrderInfusion {
        OrderInfusion(
            id: remember(order.name, in: &orders), product: order.product, dosingRow: order.row,
            indication: order.indication, prescribed: order.doses, method: order.method,
            targetHemoglobin: order.target, stores: order.stores, bloodLoss: order.bloodLoss,
            whyIntravenous: order.whyIntravenous,
            signature: Signature(prescriber: "dr-case", signedAt: step.at))
    }

    private func book(
        _ visit: CaseVisit, _ step: CaseStep
    ) throws(ApplicationError) -> PatientCommand {
        .bookAppointment(
            remember(visit.name, in: &visits), order: try id(visit.order, in: orders, "order"),
            slot: slot(of: visit, step))
    }

    private func hold(
        _ visit: CaseVisit, _ minutes: Int, _ step: CaseStep
    ) throws(ApplicationError) -> PatientCommand {
        .holdAppointment(
            remember(visit.name, in: &visits), order: try id(visit.order, in: orders, "order"),
            slot: slot(of: visit, step), minutes: minutes)
    }

    func slot(of visit: CaseVisit, _ step: CaseStep) -> AppointmentSlot {
        let start = visit.start ?? step.at
        return AppointmentSlot(
            site: SiteReader.name, chair: ChairID(visit.chair), start: start,
            end: start.adding(minutes: visit.minutes))
    }

    private func start(
        _ dose: CaseDose, _ step: CaseStep
    ) throws(ApplicationError) -> StartDose {
        var visit: AppointmentID?
        if let name = dose.visit { visit = try id(name, in: visits, "visit") }
        let order = try id(dose.order, in: orders, "order")
        let started = DoseID(UUID())
        lastDose = started
        return StartDose(
            id: started, order: order, appointment: visit, planned: dose.planned, at: step.at)
    }

    private func requireDose() throws(ApplicationError) -> DoseID {
        guard let lastDose else { throw .notFound("dose") }
        return lastDose
    }

    private func end(
        _ end: CaseDoseEnd, _ step: CaseStep
    ) async throws(ApplicationError) -> PatientCommand {
        let dose = try requireDose()
        let planned = try await clinic.view(of: patient).state.dose(dose)?.started.planned
        let at = step.at.adding(minutes: end.minutes)
        clinic.turn(to: at)
        let command = EndDose(
            id: dose, given: end.given ?? planned ?? .zero, lot: LotNumber("CASE-1"),
            expiry: CalendarDate(at, in: .gmt).adding(days: 365), at: at)
        return end.stopped.map { .stopDose(command, reason: $0) } ?? .completeDose(command)
    }

    private func give(
        _ dose: CaseDose, _ end: CaseDoseEnd, _ step: CaseStep
    ) async throws(ApplicationError) -> CaseOutcome {
        let command = PatientCommand.startDose(try start(dose, step))
        try await send(command)
        let findings = try await findings(of: command)
        try await send(try await self.end(end, step))
        return .accepted(findings)
    }

    /// Cases give a structured reason and no text.
    static let justification = "The reason that this case gives."

    private func override(
        _ override: CaseOverride, _ step: CaseStep
    ) throws(ApplicationError) -> OverrideGate {
        OverrideGate(
            id: OverrideID(UUID()), gate: override.gate,
            order: try id(override.order, in: orders, "order"), reason: override.reason,
            justification: Self.justification, role: override.role,
            coSigner: override.coSigner,
            expiresAt: clinic.now.adding(hours: Int64(override.days) * 24),
            patientRisk: override.patientRisk, evidenceRef: override.evidenceRef, at: override.at,
            dose: override.dose)
    }

    // MARK: Names

    func remember<Subject>(
        _ name: String, in known: inout [(name: String, id: Identifier<Subject>)]
    ) -> Identifier<Subject> {
        let id = Identifier<Subject>(UUID())
        known.append((name, id))
        return id
    }

    func id<Subject>(
        _ name: String?, in known: [(name: String, id: Identifier<Subject>)], _ kind: String
    ) throws(ApplicationError) -> Identifier<Subject> {
        guard let found = known.last(where: { name == nil || $0.name == name }) else {
            throw .notFound(name.map { "\(kind) '\($0)'" } ?? kind)
        }
        return found.id
    }

    /// What a name stands for, for expectations.
    func order(named name: String?) -> OrderID? {
        orders.last { name == nil || $0.name == name }?.id
    }

    func visit(named name: String) -> AppointmentID? { visits.last { $0.name == name }?.id }

    func name(of visit: AppointmentID) -> String? { visits.first { $0.id == visit }?.name }

    func name(of order: OrderID) -> String? { orders.first { $0.id == order }?.name }
}
