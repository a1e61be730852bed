import EventStore
import Infusion
import InfusionProjections

/// Commands that concern more than one patient: decided on each as all of them were read, and appended to every
/// stream or to none. There is no moment, and no crash, in which one knows of it and another does not.
extension CommandHandler {
    /// It takes its turn with each of them: a busy patient's commands would otherwise be faster every time.
    /// - Parameter patient: Whose command it is: the one that is answered for.
    func handleJointly(
        _ request: CommandRequest, patient: PatientID
    ) async throws(ApplicationError) -> AnsweredCommand {
        var held: [PatientLanes.Key] = []
        defer { for lane in held { serveNext(lane) } }
        for lane in await lanesOfAll(of: request, patient: patient) {
            try await lanes.hold(lane)
            held.append(lane)
        }
        return try await settleJointly(request, patient: patient)
    }

    /// In the same order whoever asks, so that no two wait for each other. They are a courtesy within this
    /// process: whom they leave out, and what another process does, the versions of the streams find.
    private func lanesOfAll(
        of request: CommandRequest, patient: PatientID
    ) async -> [PatientLanes.Key] {
        let tenant = request.actor.tenant
        let others: [PatientID]
        switch request.command.concerned {
        case .nobodyElse: others = []
        case .another(let other): others = [other]
        case .merged:
            let loaded = try? await loader.loadToDecide(patient, tenant: tenant)
            others = loaded.map { request.command.others(given: $0.state) } ?? []
        }
        return Set(others + [patient]).sorted { $0.description < $1.description }
            .map { PatientLanes.Key(tenant: tenant, patient: $0) }
    }

    private func settleJointly(
        _ request: CommandRequest, patient: PatientID
    ) async throws(ApplicationError) -> AnsweredCommand {
        for _ in 0..<ApplicationLimits.decisionAttempts {
            let parts: [JointPart]
            do throws(ApplicationError) {
                parts = try await decideJointly(request, patient: patient)
            } catch {
                if let first = try await firstAnswer(to: request) { return first }
                throw error
            }
            let outcomes: [AppendOutcome]
            do throws(EventLogError) {
                outcomes = try await log.append(
                    parts.map { $0.append }, tenant: request.actor.tenant)
            } catch {
                throw .store(error)
            }
            for part in parts { loader.forget(part.patient, tenant: request.actor.tenant) }
            if let answer = try await answer(outcomes[0], to: request) { return answer }
            observer.conflicted()
        }
        throw .contended(attempts: ApplicationLimits.decisionAttempts)
    }

    /// One patient's share of it.
    private struct JointPart {
        let patient: PatientID
        let append: Append<PatientChanges>
    }

    /// `nil` where somebody else was faster with one of the streams, and nothing was written.
    private func answer(
        _ outcome: AppendOutcome, to request: CommandRequest
    ) async throws(ApplicationError) -> AnsweredCommand? {
        switch outcome {
        case .appended(let accepted):
            await observer.committed(request.actor.tenant)
            return AnsweredCommand(
                receipt: try CommandAnswer.receipt(accepted, replayed: false), change: nil)
        case .duplicate(let accepted):
            return AnsweredCommand(
                receipt: try CommandAnswer.receipt(accepted, replayed: true), change: nil)
        case .fingerprintMismatch: throw .keyReused
        case .conflict, .unavailable: return nil
        case .undecided: return try await firstAnswer(to: request)
        case .failed(let code): throw .store(EventLogError(code, "the log refused this append"))
        }
    }

    /// The patient's own part first, so that it is the patient's no that is answered.
    private func decideJointly(
        _ request: CommandRequest, patient: PatientID
    ) async throws(ApplicationError) -> [JointPart] {
        let tenant = request.actor.tenant
        let own = try await loader.load(patient, tenant: tenant, upTo: nil)
        let others = request.command.others(given: own.state)
        var loaded: [(patient: PatientID, as: LoadedPatient)] = []
        for other in others {
            loaded.append((other, try await loader.load(other, tenant: tenant, upTo: nil)))
        }
        let (first, _) = try await decide(
            request, patient: patient, in: CommandChain(on: own, isFresh: true),
            counterpart: loaded.first.map { $0.as.history(of: $0.patient) })
        var parts = [JointPart(patient: patient, append: first.bound())]
        for other in loaded {
            let (append, _) = try await decide(
                request.part(of: other.patient), patient: other.patient,
                in: CommandChain(on: other.as, isFresh: true),
                counterpart: own.history(of: patient))
            parts.append(JointPart(patient: other.patient, append: append.bound()))
        }
        return parts
    }
}

extension LoadedPatient {
    fileprivate func history(of patient: PatientID) -> OtherPatient {
        OtherPatient(patient: patient, events: entries.map(\.event))
    }
}

extension CommandRequest {
    /// The same for another stream, under an id that the same request has again when it is sent again.
    fileprivate func part(of other: PatientID) -> CommandRequest {
        CommandRequest(
            actor: actor, commandID: commandID.joined(with: other.uuid), fingerprint: fingerprint,
            correlationID: correlationID, expectedVersion: nil, target: .patient(other),
            command: command)
    }
}

extension CommandTarget {
    /// Something of a patient, and not the patient.
    var isThing: Bool {
        switch self {
        case .patient: false
        case .order, .appointment, .dose, .lab, .reaction: true
        }
    }
}

/// Whom a command concerns besides its patient.
private enum Concerned {
    case nobodyElse
    case another(PatientID)
    /// The records merged into the patient's: their identities are the survivor's own, and go with it.
    case merged
}

extension PatientCommand {
    fileprivate var concerned: Concerned {
        switch self {
        case .mergePatients(let merge), .unmergePatients(let merge, _): .another(merge.merged)
        case .erasePatient: .merged
        case .registerPatient, .correctIdentity, .recordLabs, .correctLab, .retractLab,
            .recordMeasurements, .setClinicalContext, .orderInfusion, .holdOrder, .releaseOrder,
            .cancelOrder, .bookAppointment, .moveAppointment, .cancelAppointment, .recordNoShow,
            .holdAppointment, .confirmAppointment, .expireHold, .recordArrival, .beginVisit,
            .leaveVisit, .enterWaitlist,
            .changeWaitlist, .leaveWaitlist, .offerVisit, .declineOffer, .startDose, .pauseDose,
            .resumeDose, .completeDose, .stopDose, .logReaction, .regradeReaction,
            .dischargePatient, .orderTransfusion, .recordTransfusion, .overrideGate,
            .closeRecheck, .recordChairsideCheck, .reviewDecision, .attributeRecord:
            .nobodyElse
        }
    }

    /// Whether it may have to be told to more than one stream.
    var concernsSeveral: Bool {
        switch concerned {
        case .another, .merged: true
        case .nobodyElse: false
        }
    }

    fileprivate func others(given state: PatientState) -> [PatientID] {
        switch concerned {
        case .nobodyElse: []
        case .another(let other): [other]
        case .merged: state.merges.filter(\.isOpen).map(\.patient)
        }
    }
}
