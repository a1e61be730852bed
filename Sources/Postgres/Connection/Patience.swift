/// How long one operation waits, and what it does when that is over.
struct Patience {
    /// In nanoseconds of the monotonic clock.
    let deadline: Int64?
    let cancellation: Cancellation
    /// Why the server was asked to cancel, once it was.
    private(set) var reason: PostgresError.Code?
    private(set) var givesUpAt: Int64?

    /// - Parameter givesUpAt: When to stop waiting for an answer, without asking the server to cancel.
    init(deadline: Int64?, cancellation: Cancellation, givesUpAt: Int64? = nil) {
        self.deadline = deadline
        self.cancellation = cancellation
        self.givesUpAt = givesUpAt
    }

    /// Without a deadline and deaf to cancellation.
    static var unlimited: Patience { Patience(deadline: nil, cancellation: .ignored) }

    static func within(_ duration: Duration) -> Patience {
        Patience(deadline: .deadline(in: duration), cancellation: .cancelsStatement)
    }

    mutating func beginCancelling(for reason: PostgresError.Code) {
        self.reason = reason
        givesUpAt = .deadline(in: PostgresLimits.cancelGrace)
    }

    /// Whether the reason to stop has arrived, checked before each wait.
    func reasonToStop(isCancelRequested: Bool) -> PostgresError.Code? {
        if isCancelRequested { return .cancelled }
        if let deadline, deadline <= monotonicNanoseconds() { return .deadlineExceeded }
        return nil
    }

    /// What poll(2) is told; −1 waits for ever.
    var timeoutMilliseconds: Int32 {
        guard let until = givesUpAt ?? (cancellation == .ignored ? nil : deadline)
        else { return -1 }
        let left = max(0, until - monotonicNanoseconds())
        return Int32(clamping: left / 1_000_000 + 1)
    }
}

extension Int64 {
    /// A point on the monotonic clock.
    static func deadline(in duration: Duration) -> Int64 {
        let (sum, overflow) = monotonicNanoseconds().addingReportingOverflow(duration.nanoseconds)
        return overflow ? .max : sum
    }
}
