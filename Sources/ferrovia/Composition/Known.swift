import ArgumentParser
import EventStore
import Infusion
import InfusionApplication
import InfusionWire

/// A place in a log: a position, or the last one recorded by an instant.
enum Known {
    case position(Position)
    case instant(Timestamp)

    init(_ text: String) throws {
        if let value = Int64(text), value >= 0 {
            self = .position(Position(value))
        } else if let instant = Timestamp(text: text) {
            self = .instant(instant)
        } else {
            throw ValidationError("write a position, or \(Timestamp.accepted)")
        }
    }
}

extension Known {
    var knowledge: AsOf.Knowledge {
        switch self {
        case .position(let position): .position(position)
        case .instant(let instant): .instant(instant)
        }
    }
}

/// What was known when.
struct KnownOptions: ParsableArguments {
    @Option(
        help: "As known at this instant (RFC 3339), or with this position as the last.",
        transform: Known.init)
    var knownAt: Known?

    func position(in backend: Backend) async throws -> Position {
        try await ReplaySource.log(backend).position(knownAt)
    }

    /// The same, for questions that also ask what time it was.
    var knowledge: AsOf.Knowledge { knownAt?.knowledge ?? .now }
}

/// What was true when.
struct MomentOptions: ParsableArguments {
    @Option(
        name: [.customLong("effective-at"), .customLong("at")],
        help: "What was true at this instant (RFC 3339); default: now.",
        transform: Arguments.instant)
    var effectiveAt: Timestamp?

    func asOf(_ known: KnownOptions, in backend: Backend) async throws -> AsOf {
        AsOf(
            effectiveAt: effectiveAt.map { Instant($0) },
            knownAt: .position(try await known.position(in: backend)))
    }
}

extension Instant {
    init(_ timestamp: Timestamp) {
        self.init(microsecondsSinceUnixEpoch: timestamp.microsecondsSinceUnixEpoch)
    }
}

extension Position {
    /// Beyond the head nothing is known: an answer would look newer than it is.
    func required(within head: Position) throws -> Position {
        guard self <= head else { throw beyond(head) }
        return self
    }

    func beyond(_ head: Position) -> Failure {
        Failure(
            message: "position \(self) is beyond the head, which is \(head)", exit: .noAnswer,
            members: [.init(name: "position", value: .integer(head.value))])
    }
}
