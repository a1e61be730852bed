internal import CLibpq

/// Nanoseconds of the monotonic clock, for deadlines on a thread that cannot suspend.
func monotonicNanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

extension Duration {
    /// Saturates: a deadline beyond 292 years is none.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, overflowed) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflowed ? .max : sum
    }

    /// Whole seconds, rounded up, for libpq.
    var secondsRoundedUp: Int64 {
        components.seconds + (components.attoseconds > 0 ? 1 : 0)
    }
}

/// Polls for input and the wake-up. The result is the socket's events, 0 if there were none.
func pollSocket(
    _ socket: Int32, events: Int16, wakeup: Wakeup?, timeoutMilliseconds: Int32
) -> Int16 {
    var descriptors = (
        pollfd(fd: socket, events: events, revents: 0),
        pollfd(fd: wakeup?.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
    )
    let ready = withUnsafeMutablePointer(to: &descriptors) { pair in
        pair.withMemoryRebound(to: pollfd.self, capacity: 2) { poll($0, 2, timeoutMilliseconds) }
    }
    guard ready > 0 else { return 0 }
    if descriptors.1.revents != 0 { wakeup?.drain() }
    return descriptors.0.revents
}
