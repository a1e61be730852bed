import EventStore
import Infusion
import InfusionProjections

/// From what the log made of a chain to what each caller is told.
extension CommandHandler {
    /// What the log made of a chain; `nil` where it has to be decided again.
    func judge(
        _ chain: CommandChain, _ outcomes: [AppendOutcome], _ requests: [CommandRequest],
        of patient: PatientID
    ) async -> [PatientLanes.Answer?] {
        let tenant = requests[0].actor.tenant
        var outcomes = outcomes.makeIterator()
        var answers: [PatientLanes.Answer?] = []
        // Whether every command so far was newly appended, and the state in which that left the patient.
        var isWhole = true
        var reached: LoadedPatient? = chain.isFresh ? chain.base : nil
        // What the next command was decided on; a newly appended one was written on just that.
        var before = chain.base.state
        for (link, request) in zip(chain.links, requests) {
            switch link {
            case .yes(_, let after):
                guard let outcome = outcomes.next() else {
                    preconditionFailure("one append, one outcome")
                }
                let answer = answer(
                    outcome, to: request, .init(before: before, after: after))
                before = after
                if isWhole, case .success(let answered)? = answer, !answered.receipt.replayed {
                    reached = LoadedPatient(
                        state: after, version: answered.receipt.version,
                        position: answered.receipt.position, entries: [])
                } else {
                    isWhole = false
                }
                answers.append(answer)
            case .no(let refusal):
                let stands = isWhole ? reached : nil
                answers.append(
                    stands == nil ? nil : await self.refusal(refusal, at: stands, to: request))
            }
        }
        if !isWhole {
            loader.forget(patient, tenant: tenant)
        } else if let reached {
            loader.keep(reached, of: patient, tenant: tenant)
        }
        let isWritten = answers.contains { answer in
            if case .success(let answered)? = answer { !answered.receipt.replayed } else { false }
        }
        if isWritten { await observer.committed(tenant) }
        return answers
    }

    private func answer(
        _ outcome: AppendOutcome, to request: CommandRequest, _ change: AnsweredCommand.Change
    ) -> PatientLanes.Answer? {
        do throws(ApplicationError) {
            switch outcome {
            case .appended(let accepted):
                return .success(
                    AnsweredCommand(
                        receipt: try CommandAnswer.receipt(accepted, replayed: false),
                        change: change))
            case .duplicate(let accepted):
                return .success(
                    AnsweredCommand(
                        receipt: try CommandAnswer.receipt(accepted, replayed: true), change: nil))
            case .fingerprintMismatch: throw .keyReused
            case .conflict, .undecided: return nil
            case .unavailable(SubjectChange.tokenTaken): throw .identifierTaken
            // Erased since the patient was loaded, which the next round will see.
            case .unavailable(SubjectChange.subjectErased): return nil
            case .unavailable(let reason):
                let why = Unavailability(reason: reason)
                guard why.isOf(.siteChanged) else {
                    throw .unavailable(constraint: why.constraint, quarter: why.quarter)
                }
                // Decided again on what the site is now; on all of it, should the log be a shorter one.
                if let site = request.command.judgedSlot(on: change.after)?.site {
                    visitSites.forget(site, tenant: request.actor.tenant)
                }
                return nil
            case .failed(let code):
                throw .store(EventLogError(code, "the log refused this append"))
            }
        } catch {
            return .failure(error)
        }
    }

    /// A no leaves only after the id was looked up, and names the position that it rests on.
    private func refusal(
        _ refusal: ApplicationError, at reached: LoadedPatient?, to request: CommandRequest
    ) async -> PatientLanes.Answer {
        do throws(ApplicationError) {
            if let first = try await firstAnswer(to: request) { return .success(first) }
        } catch {
            return .failure(error)
        }
        if case .refused(let reason, let version, let position) = refusal {
            return .failure(
                .refused(reason, version: version, position: reached?.position ?? position))
        }
        return .failure(refusal)
    }

    /// The answer this command got before, if it was ever accepted.
    func firstAnswer(
        to request: CommandRequest
    ) async throws(ApplicationError) -> AnsweredCommand? {
        let found: AcceptedCommand?
        do {
            found = try await log.command(request.commandID, tenant: request.actor.tenant)
        } catch {
            throw .store(error)
        }
        guard let found else { return nil }
        guard found.fingerprint == request.fingerprint else { throw .keyReused }
        return AnsweredCommand(
            receipt: try CommandAnswer.receipt(found, replayed: true), change: nil)
    }
}
