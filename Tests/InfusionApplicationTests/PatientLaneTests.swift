import EventStore
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

@Suite struct `Commands of one patient at once` {
    private func weight(_ kilograms: Int, in clinic: MemoryClinic) -> PatientCommand {
        .recordMeasurements(
            weight: Kilograms(Decimal(kilograms)), height: nil,
            at: clinic.clock.now.adding(minutes: Int64(-kilograms)))
    }

    /// Sends commands one after another; each waits for the log or in the lane before the next one comes.
    private func queue(
        _ requests: [CommandRequest], on service: InfusionService
    ) async throws -> [Task<CommandReceipt, any Error>] {
        var tasks: [Task<CommandReceipt, any Error>] = []
        for request in requests {
            tasks.append(Task { try await service.handle(request) })
            try await Task.sleep(for: .milliseconds(20))
        }
        return tasks
    }

    @Test func `what waits goes out as one chain, in order, refusals and retries among it`()
        async throws
    {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let gate = PatientGate(clinic.log)
        let service = clinic.useCases(over: gate)
        let weights = (60...64).map {
            clinic.request(weight($0, in: clinic), to: .patient(patient))
        }
        let again = clinic.request(
            .registerPatient(clinic.registration(of: patient, "77")), to: .patient(patient))
        let late = clinic.request(
            weight(70, in: clinic), to: .patient(patient), expectedVersion: 2)
        let tasks = try await queue(
            [weights[0], weights[1], weights[2], again, weights[3], weights[1], late, weights[4]],
            on: service)
        gate.open()
        for (index, version) in [(0, 2), (1, 3), (2, 4), (4, 5)] {
            let receipt = try await tasks[index].value
            #expect(receipt.version == StreamVersion(Int64(version)))
            #expect(!receipt.replayed)
        }
        let retried = try await tasks[5].value
        #expect(retried.replayed)
        #expect(retried.version == StreamVersion(3))
        #expect(try await tasks[7].value.version == StreamVersion(6))
        let refused = await #expect(throws: ApplicationError.self) { try await tasks[3].value }
        guard case .refused(.patientAlreadyRegistered, StreamVersion(4), Position(4)) = refused
        else {
            Issue.record("expected patientAlreadyRegistered, got \(String(describing: refused))")
            return
        }
        let stale = await #expect(throws: ApplicationError.self) { try await tasks[6].value }
        guard case .versionMismatch(StreamVersion(2), let current) = stale else {
            Issue.record("expected versionMismatch, got \(String(describing: stale))")
            return
        }
        #expect(current >= StreamVersion(5))
        // The first alone, then all that waited; the retry broke the chain, and what came after it
        // went once more.
        #expect(gate.sizes.prefix(2) == [1, 5])
    }

    @Test func `a refusal that rests on what did not come to be is decided again`() async throws {
        let clinic = try await MemoryClinic()
        _ = try await clinic.register()  // holds the identifier 1001
        let gate = PatientGate(clinic.log)
        let service = clinic.useCases(over: gate)
        let patient = PatientID(UUID())
        func registration(_ identifier: String) -> CommandRequest {
            clinic.request(
                .registerPatient(clinic.registration(of: patient, identifier)),
                to: .patient(patient))
        }
        let tasks = try await queue(
            [registration("1001"), registration("1001"), registration("2002")], on: service)
        gate.open()
        for task in tasks.prefix(2) {
            let error = await #expect(throws: ApplicationError.self) { try await task.value }
            guard case .identifierTaken = error else {
                Issue.record("expected identifierTaken, got \(String(describing: error))")
                return
            }
        }
        // It was refused as registered already, by the one before it, who was then refused.
        #expect(try await tasks[2].value.version == StreamVersion(1))
    }

    @Test func `a chain is no heavier than its limit, and nobody in it is told of that`()
        async throws
    {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let gate = PatientGate(clinic.log)
        // Whatever a command weighs, it may go alone.
        let service = clinic.useCases(over: gate, bytesPerChain: 1)
        let tasks = try await queue(
            (60...64).map { clinic.request(weight($0, in: clinic), to: .patient(patient)) },
            on: service)
        gate.open()
        for (task, version) in zip(tasks, 2...) {
            #expect(try await task.value.version == StreamVersion(Int64(version)))
        }
        #expect(gate.sizes == [1, 1, 1, 1, 1])
    }

    @Test func `a batch that the log refuses whole is told to those who were in it`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let gate = PatientGate(clinic.log)
        let service = clinic.useCases(over: gate, bytesPerChain: 1)
        let tasks = try await queue(
            (60...62).map { clinic.request(weight($0, in: clinic), to: .patient(patient)) },
            on: service)
        gate.fail(2, EventLogError(.limitExceeded, "too large"))
        gate.open()
        let error = await #expect(throws: ApplicationError.self) { try await tasks[1].value }
        guard case .store(let failure) = error, failure.code == .limitExceeded else {
            Issue.record("expected limitExceeded, got \(String(describing: error))")
            return
        }
        for index in [0, 2] { #expect(try await !tasks[index].value.replayed) }
    }

    @Test func `no more than so many wait for one patient`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let gate = PatientGate(clinic.log)
        let service = clinic.useCases(over: gate)
        // One is on its way, and one finds no room.
        let requests = (0..<ApplicationLimits.waitingPerPatient + 2).map {
            clinic.request(weight(60 + $0, in: clinic), to: .patient(patient))
        }
        let answers = await withTaskGroup(
            of: Result<CommandReceipt, any Error>.self
        ) { group in
            for request in requests {
                group.addTask {
                    do { return .success(try await service.handle(request)) } catch {
                        return .failure(error)
                    }
                }
            }
            var answers: [Result<CommandReceipt, any Error>] = []
            for await answer in group {
                answers.append(answer)
                // Nobody else is answered before the log is open.
                gate.open()
            }
            return answers
        }
        guard case .failure(let error as ApplicationError) = answers[0],
            case .store(let failure) = error
        else {
            Issue.record("expected overloaded, got \(answers[0])")
            return
        }
        #expect(failure.code == .overloaded)
        let accepted = answers.compactMap { try? $0.get() }
        #expect(accepted.count == ApplicationLimits.waitingPerPatient + 1)
        #expect(Set(accepted.map(\.version)).count == accepted.count)
        #expect(gate.sizes.max() == ApplicationLimits.commandsPerChain)
    }

    @Test func `a merge takes its turn with both patients, however busy they are`() async throws {
        let clinic = try await MemoryClinic()
        let survivor = try await clinic.register("1001")
        let other = try await clinic.register("2002")
        let gate = PatientGate(clinic.log)
        let service = clinic.useCases(over: gate)
        let merge = clinic.request(
            .mergePatients(PatientMerge(survivor: survivor, merged: other)),
            to: .patient(survivor))
        let tasks = try await queue(
            [
                clinic.request(weight(60, in: clinic), to: .patient(other)),
                clinic.request(weight(61, in: clinic), to: .patient(other)), merge,
                clinic.request(weight(62, in: clinic), to: .patient(other)),
            ], on: service)
        gate.open()
        for index in 0...2 { #expect(try await !tasks[index].value.replayed, "\(index)") }
        let refused = await #expect(throws: ApplicationError.self) { try await tasks[3].value }
        guard case .refused(.patientMerged(into: survivor), _, _) = refused else {
            Issue.record("expected patientMerged, got \(String(describing: refused))")
            return
        }
        // Nothing was decided on a state that was no longer so: the merge went once, after the second weight.
        #expect(gate.sizes == [1, 1, 2])
        let view = try await service.patient(survivor, asOf: .now, actor: clinic.actor())
        #expect(view.state.weights.entries.count == 2)
    }

    @Test func `two merges that cross do not wait for each other for ever`() async throws {
        let clinic = try await MemoryClinic()
        for round in 0..<5 {
            let one = try await clinic.register("\(round)-1")
            let two = try await clinic.register("\(round)-2")
            let service = clinic.useCases
            let merges = [
                PatientMerge(survivor: one, merged: two), PatientMerge(survivor: two, merged: one),
            ]
            .map { clinic.request(.mergePatients($0), to: .patient($0.survivor)) }
            let merged = await withTaskGroup(of: Bool.self) { group in
                for merge in merges {
                    group.addTask { (try? await service.handle(merge)) != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(merged == 1)
        }
    }

    @Test func `a command that was given up takes nobody with it`() async throws {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let gate = PatientGate(clinic.log)
        let service = clinic.useCases(over: gate)
        let tasks = try await queue(
            (60...62).map { clinic.request(weight($0, in: clinic), to: .patient(patient)) },
            on: service)
        tasks[0].cancel()
        tasks[1].cancel()
        gate.open()
        #expect(try await tasks[2].value.version >= StreamVersion(3))
        let view = try await service.patient(patient, asOf: .now, actor: clinic.actor())
        #expect(view.state.weights.entries.count >= 2)
    }
}
