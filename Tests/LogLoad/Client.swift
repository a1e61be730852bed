import EventStore
import Foundation
import PostgresEventStore

/// One task: one command after the other, each until its outcome is known.
struct Client: Sendable {
    let number: Int
    let seed: UInt64
    let log: GroupAppendLog<PostgresEventStore<NoInlineProjections>>
    let tenant: TenantID

    /// Events of a stream before the next one is begun.
    private static let eventsPerStream = 20
    /// Every so many commands, one is sent once more after it was acknowledged.
    private static let commandsPerRepetition = 16
    private static let payloadBytes = 614
    private static let pause = Duration.milliseconds(20)
    private static let pauseMaximum = Duration.milliseconds(500)

    func run(until end: End) async {
        var turn = 0
        while !end.isHere {
            let append = append(turn)
            Report.sent(append)
            await settle(append)
            if turn % Self.commandsPerRepetition == number % Self.commandsPerRepetition {
                await settle(append)
            }
            turn += 1
        }
    }

    /// Sends the same command until the log says what became of it.
    private func settle(_ append: Append<NoChanges>) async {
        var pause = Self.pause
        while true {
            do throws(EventLogError) {
                let outcome = try await log.append([append], tenant: tenant)[0]
                if isEnd(outcome, of: append) { return }
            } catch {
                Report.failed(append.commandID, error.code)
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, Self.pauseMaximum)
        }
    }

    private func isEnd(_ outcome: AppendOutcome, of append: Append<NoChanges>) -> Bool {
        switch outcome {
        case .appended(let command): return isTold(command, "appended", append)
        case .duplicate(let command): return isTold(command, "duplicate", append)
        case .failed(let code): Report.failed(append.commandID, code)
        case .fingerprintMismatch: Report.odd(append.commandID, "fingerprint-mismatch")
        case .conflict(let expected, let found):
            Report.odd(append.commandID, "conflict-\(expected)-\(found)")
        case .unavailable(let constraint): Report.odd(append.commandID, "taken-\(constraint)")
        case .undecided: Report.odd(append.commandID, "undecided")
        }
        return false
    }

    private func isTold(
        _ command: AcceptedCommand, _ how: String, _ append: Append<NoChanges>
    ) -> Bool {
        if (command.commandID, command.fingerprint, command.answer)
            != (append.commandID, append.fingerprint, append.answer)
        {
            Report.odd(append.commandID, "another-answer")
        }
        Report.told(command, how)
        return true
    }

    private func append(_ turn: Int) -> Append<NoChanges> {
        let id = identifier(turn)
        let text = Array("\(id)".utf8)
        return Append(
            commandID: CommandID(id), fingerprint: Array(text.prefix(32)),
            stream: StreamID(category: "load", uuid: identifier(-1 - turn / Self.eventsPerStream)),
            expected: StreamVersion(Int64(turn % Self.eventsPerStream)),
            events: [
                EventData(
                    type: "load-appended", payloadVersion: 1, payload: Self.payload,
                    effectiveAt: Timestamp(microsecondsSinceUnixEpoch: 1_760_000_000_000_000))
            ],
            metadata: EventMetadata(
                actor: "load-\(number)", correlationID: id, causation: nil, ruleSet: "2026-01"),
            answer: text, changes: NoChanges())
    }

    /// A JSON object of one member, so long in all.
    private static let payload =
        Array(#"{"note":""#.utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: payloadBytes - 11)
        + Array(#""}"#.utf8)

    /// The same for the same seed, and of no order.
    private func identifier(_ count: Int) -> UUID {
        let high = scatter(
            scatter(seed &+ UInt64(number)) &+ UInt64(bitPattern: Int64(count)))
        let low = scatter(high)
        func byte(_ index: UInt64) -> UInt8 {
            UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> (8 * (index % 8)))
        }
        return UUID(
            uuid: (
                byte(0), byte(1), byte(2), byte(3), byte(4), byte(5), byte(6), byte(7), byte(8),
                byte(9), byte(10), byte(11), byte(12), byte(13), byte(14), byte(15)
            ))
    }

    /// SplitMix64's finalizer.
    private func scatter(_ word: UInt64) -> UInt64 {
        var mixed = word &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
