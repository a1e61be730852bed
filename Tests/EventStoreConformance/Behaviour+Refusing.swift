internal import EventStore
internal import Foundation
internal import Testing

extension EventLogBehaviour {
    static let refusing: [EventLogBehaviour] = [
        EventLogBehaviour("a stream keeps its category") { log, tenant in
            let sample = Sample("thing")
            _ = try await log.mustAppend(sample.append(at: 0), tenant)
            let outcomes = try await log.append(
                [sample.append(at: 1, category: "other"), sample.append(at: 1)], tenant: tenant)
            #expect(outcomes == [.failed(.categoryMismatch), .undecided])
            let other = StreamID(category: "other", uuid: sample.stream.uuid)
            #expect(try await log.read(other, tenant: tenant, after: .none, limit: 9) == [])
        },
        EventLogBehaviour("a batch or a page beyond its limit is refused as a whole") {
            log, tenant in
            let batch = (0...EventLogLimits.appendsPerBatch).map { _ in Sample().append(at: 0) }
            await expect(.limitExceeded) { _ = try await log.append(batch, tenant: tenant) }
            for limit in [0, -1, EventLogLimits.eventsPerPage + 1] {
                await expect(.limitExceeded) {
                    _ = try await log.readAll(tenant: tenant, after: .start, limit: limit)
                }
                await expect(.limitExceeded) {
                    _ = try await log.read(
                        Sample().stream, tenant: tenant, after: .none, limit: limit)
                }
            }
            let head = try await log.head(tenant: tenant)
            #expect(head == .start)
        },
        EventLogBehaviour("an append beyond a limit fails alone, and its chain with it") {
            log, tenant in
            let big = Sample()
            let payload = [UInt8](repeating: 0, count: EventLogLimits.payloadBytes + 1)
            let outcomes = try await log.append(
                [
                    Sample().append(at: 0), big.append(at: 0, payload: payload), big.append(at: 0),
                    Sample().append(at: 0, events: EventLogLimits.eventsPerCommand + 1),
                    Sample().append(
                        at: 0,
                        fingerprint: Array(repeating: 0, count: EventLogLimits.fingerprintBytes + 1)
                    ),
                    Sample().append(at: 0, category: "not a word"), Sample().append(at: 0),
                ], tenant: tenant)
            #expect(outcomes[0].appended != nil)
            #expect(outcomes[1] == .failed(.limitExceeded))
            #expect(outcomes[2] == .undecided)
            #expect(outcomes[3] == .failed(.limitExceeded))
            #expect(outcomes[4] == .failed(.limitExceeded))
            #expect(outcomes[5] == .failed(.malformed))
            #expect(outcomes[6].appended?.positions?.lowerBound == Position(2))
        },
        EventLogBehaviour("an append that the store refuses fails alone, and its chain with it") {
            log, tenant in
            let poison = Sample()
            let stale = Sample()
            let outcomes = try await log.append(
                [
                    Sample().append(at: 0), poison.append(at: 0, causation: Position(1_000)),
                    poison.append(at: 0), stale.append(at: 1), stale.append(at: 0),
                    Sample().append(at: 0, causation: Position(1)),
                ], tenant: tenant)
            #expect(outcomes[0].appended != nil)
            #expect(outcomes[1] == .failed(.storeFailed))
            #expect(outcomes[2] == .undecided)
            #expect(outcomes[3] == .conflict(expected: StreamVersion(1), found: .none))
            #expect(outcomes[4] == .undecided)
            #expect(outcomes[5].appended?.positions?.lowerBound == Position(2))
            #expect(try await log.head(tenant: tenant) == Position(2))
        },
        EventLogBehaviour("a tenant that does not exist has no log") { log, _ in
            let nobody = TenantID(UUID())
            await expect(.unknownTenant) {
                _ = try await log.append([Sample().append(at: 0)], tenant: nobody)
            }
            let head = try await log.head(tenant: nobody)
            #expect(head == .start)
            let events = try await log.readAll(tenant: nobody, after: .start, limit: 1)
            #expect(events == [])
        },
    ]
}

/// Expects a failure of one kind.
func expect(
    _ code: EventLogError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("no failure: expected \(code.name)", sourceLocation: sourceLocation)
    } catch let error as EventLogError {
        #expect(error.code == code, sourceLocation: sourceLocation)
    } catch {
        Issue.record("a failure of another kind: \(error)", sourceLocation: sourceLocation)
    }
}
