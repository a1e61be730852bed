internal import CLibpq
internal import Synchronization

/// The thread that one connection lives on.
///
/// Invariants:
/// 1. Jobs run one at a time, in the order they came, on this thread and no other.
/// 2. The thread sleeps in poll(2) on its wake-up and, while someone listens, on the socket.
/// 3. The thread owns the executor while it runs, and ends after `stop()` once the queue is empty.
final class ConnectionExecutor: SerialExecutor {
    /// A socket to watch while there is nothing to do.
    struct Watch: Sendable {
        let socket: Int32
        let onReadable: @Sendable () -> Void
    }

    private struct State {
        var jobs: [UnownedJob] = []
        var watch: Watch?
        var isSleeping = false
        var isStopping = false
    }

    private enum Next {
        case run
        case sleep(Watch?)
        case end
    }

    private let wakeup: Wakeup
    private let state = Mutex(State())
    private let thread = Atomic<UInt>(0)

    init(wakeup: Wakeup) {
        self.wakeup = wakeup
        startThread { self.runUntilStopped() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustWake = state.withLock { state in
            state.jobs.append(job)
            defer { state.isSleeping = false }
            return state.isSleeping
        }
        if mustWake { wakeup.signal() }
    }

    func checkIsolated() {
        precondition(isOnThread, "not on the connection's thread")
    }

    func isIsolatingCurrentContext() -> Bool? {
        isOnThread
    }

    func stop() {
        state.withLock {
            $0.isStopping = true
            $0.watch = nil
        }
        wakeup.signal()
    }

    /// Replaces what is watched; called on the thread, so it is not asleep.
    func watch(_ watch: Watch?) {
        state.withLock { $0.watch = watch }
    }

    private var isOnThread: Bool {
        thread.load(ordering: .relaxed) == UInt(pthread_self())
    }

    private func runUntilStopped() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        var jobs: [UnownedJob] = []
        while true {
            jobs.removeAll(keepingCapacity: true)
            switch next(&jobs) {
            case .run:
                for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
            case .sleep(let watch):
                sleep(watching: watch)
            case .end:
                return
            }
        }
    }

    private func next(_ jobs: inout [UnownedJob]) -> Next {
        state.withLock { state in
            if !state.jobs.isEmpty {
                swap(&jobs, &state.jobs)
                return .run
            }
            if state.isStopping { return .end }
            state.isSleeping = true
            return .sleep(state.watch)
        }
    }

    private func sleep(watching watch: Watch?) {
        let events = pollSocket(
            watch?.socket ?? -1, events: Int16(POLLIN), wakeup: wakeup, timeoutMilliseconds: -1)
        let isStillWatched = state.withLock { state in
            state.isSleeping = false
            return state.watch != nil
        }
        if events != 0, isStillWatched { watch?.onReadable() }
    }
}

/// Starts a detached thread; its closure is released when it ends.
func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    defer { pthread_attr_destroy(&attributes) }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    let code = pthread_create(
        &thread, &attributes,
        { argument in
            Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().body()
            return nil
        }, box.toOpaque())
    precondition(code == 0, "no thread left for a connection")
}
