import EventStore
import Infusion
import Synchronization

/// Folded states of patients who were lately decided on, so that a command reads only what is new.
///
/// A cache of the fold and never its source: events do not change, so a state is right for its version for
/// ever, and the append compares the version anyway. Bounded; when full, the one unused for longest goes.
final class PatientStateCache: Sendable {
    struct Key: Hashable {
        let tenant: TenantID
        let patient: PatientID
    }
    struct Entry {
        let state: PatientState
        let version: StreamVersion
        let position: Position
        fileprivate var lastUse: UInt64 = 0

        init(state: PatientState, version: StreamVersion, position: Position) {
            self.state = state
            self.version = version
            self.position = position
        }
    }
    private struct Contents {
        var entries: [Key: Entry] = [:]
        var uses: UInt64 = 0
    }
    private let contents = Mutex(Contents())

    func entry(_ key: Key) -> Entry? {
        contents.withLock { contents in
            guard contents.entries[key] != nil else { return nil }
            contents.uses += 1
            contents.entries[key]?.lastUse = contents.uses
            return contents.entries[key]
        }
    }

    func keep(_ entry: Entry, for key: Key) {
        contents.withLock { contents in
            contents.uses += 1
            var entry = entry
            entry.lastUse = contents.uses
            contents.entries[key] = entry
            guard contents.entries.count > ApplicationLimits.cachedPatients else { return }
            // A tenth at a time, so that the search for the oldest is paid for rarely.
            let oldest = contents.entries.sorted { $0.value.lastUse < $1.value.lastUse }
                .prefix(ApplicationLimits.cachedPatients / 10 + 1)
            for (key, _) in oldest { contents.entries[key] = nil }
        }
    }

    func forget(_ key: Key) {
        contents.withLock { $0.entries[key] = nil }
    }
}
