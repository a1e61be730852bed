import EventStore
import Synchronization

/// How many patients of a tenant are worked on at once in this process; more wait, in the order in which they
/// came.
///
/// Each step of a command waits for the processors behind all that is under way. With hundreds of one tenant's
/// patients there, another tenant's only booking would wait behind hundreds at every step.
final class TenantSlots: Sendable {
    private enum Entry {
        case entered, waits, full
    }

    private struct Line {
        var taken = 0
        var waiting: [CheckedContinuation<Bool, Never>] = []
    }

    private let lines = Mutex<[TenantID: Line]>([:])
    private let slots: Int
    private let places: Int

    /// - Parameters:
    ///   - slots: Of one tenant; patients.
    ///   - places: For those of one tenant who wait; patients.
    init(
        slots: Int = ApplicationLimits.patientsAtOnce,
        places: Int = ApplicationLimits.patientsWaiting
    ) {
        self.slots = slots
        self.places = places
    }

    /// Waits for a slot, which the caller has to give back with ``leave(_:)``.
    /// - Throws: `.overloaded` where there is no place to wait either.
    func enter(_ tenant: TenantID) async throws(ApplicationError) {
        let isIn = await withCheckedContinuation { caller in
            let entry = lines.withLock { lines -> Entry in
                var line = lines[tenant] ?? Line()
                defer { lines[tenant] = line }
                if line.taken < slots {
                    line.taken += 1
                    return .entered
                }
                guard line.waiting.count < places else { return .full }
                line.waiting.append(caller)
                return .waits
            }
            switch entry {
            case .entered: caller.resume(returning: true)
            case .waits: break
            case .full: caller.resume(returning: false)
            }
        }
        guard isIn else {
            throw .store(EventLogError(.overloaded, "too much is waiting for this tenant"))
        }
    }

    /// Gives a slot back: to who has waited longest, if anybody has.
    func leave(_ tenant: TenantID) {
        let next = lines.withLock { lines -> CheckedContinuation<Bool, Never>? in
            guard var line = lines[tenant] else { preconditionFailure("nobody is in") }
            guard line.waiting.isEmpty else {
                let next = line.waiting.removeFirst()
                lines[tenant] = line
                return next
            }
            line.taken -= 1
            lines[tenant] = line.taken == 0 ? nil : line
            return nil
        }
        next?.resume(returning: true)
    }
}
