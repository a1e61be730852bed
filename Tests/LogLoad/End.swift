import Synchronization

/// Whether it is time to stop.
final class End: Sendable {
    private let hasCome = Atomic(false)

    var isHere: Bool { hasCome.load(ordering: .relaxed) }

    func come() { hasCome.store(true, ordering: .relaxed) }
}
