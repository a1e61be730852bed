internal import CLibpq
internal import Synchronization

/// What other threads may ask of a connection and see of it while its own thread is busy.
final class ConnectionSignal: Sendable {
    let wakeup = Wakeup()
    private let cancelRequested = Atomic(false)
    private let closeRequested = Atomic(false)
    private let doubtful = Atomic(false)
    private let resting = Atomic(true)
    private let dedicated = Atomic(false)
    private let socket = Atomic<Int32>(-1)
    private let backend = Atomic<Int32>(0)

    /// A connection in doubt is discarded, not repaired.
    var isDoubtful: Bool { doubtful.load(ordering: .acquiring) }
    /// No stream, no COPY, no open transaction, and never made to listen.
    var isAtRest: Bool {
        resting.load(ordering: .acquiring) && !dedicated.load(ordering: .acquiring)
    }
    var backendProcessID: Int32 { backend.load(ordering: .acquiring) }
    /// The socket has nothing to say, seen without disturbing the connection's thread.
    var isQuiet: Bool {
        let socket = socket.load(ordering: .acquiring)
        return socket >= 0
            && pollSocket(socket, events: Int16(POLLIN), wakeup: nil, timeoutMilliseconds: 0) == 0
    }
    var isCancelRequested: Bool { cancelRequested.load(ordering: .acquiring) }
    var isCloseRequested: Bool { closeRequested.load(ordering: .acquiring) }

    func doubt() { doubtful.store(true, ordering: .releasing) }
    func rest(_ isAtRest: Bool) { resting.store(isAtRest, ordering: .releasing) }
    func dedicate() { dedicated.store(true, ordering: .releasing) }
    func use(socket descriptor: Int32) { socket.store(descriptor, ordering: .releasing) }
    func use(backend process: Int32) { backend.store(process, ordering: .releasing) }
    func forgetCancel() { cancelRequested.store(false, ordering: .releasing) }

    func requestCancel() {
        cancelRequested.store(true, ordering: .releasing)
        wakeup.signal()
    }

    func requestClose() {
        doubt()
        closeRequested.store(true, ordering: .releasing)
        wakeup.signal()
    }
}
