/// From one instant to a later one, which is no longer within.
public struct TimeSpan: Hashable, Sendable {
    public let from: Instant
    public let until: Instant

    /// `nil` unless it ends after it begins.
    public init?(from: Instant, until: Instant) {
        guard from < until else { return nil }
        self.from = from
        self.until = until
    }

    /// Whole minutes.
    public var minutes: Int64 { until.seconds(since: from) / 60 }

    public func contains(_ instant: Instant) -> Bool { from <= instant && instant < until }

    func overlaps(_ other: TimeSpan) -> Bool { from < other.until && other.from < until }

    func intersection(_ other: TimeSpan) -> TimeSpan? {
        TimeSpan(from: max(from, other.from), until: min(until, other.until))
    }
}

/// Spans in order, with time between any two of them.
public struct TimeSpans: Hashable, Sendable {
    public let all: [TimeSpan]

    /// Spans that overlap or touch become one.
    public init(_ spans: some Sequence<TimeSpan>) {
        var all: [TimeSpan] = []
        for span in spans.sorted(by: { $0.from < $1.from }) {
            if let last = all.last, span.from <= last.until,
                let joined = TimeSpan(from: last.from, until: max(last.until, span.until))
            {
                all[all.count - 1] = joined
            } else {
                all.append(span)
            }
        }
        self.all = all
    }

    public func contains(_ instant: Instant) -> Bool { all.contains { $0.contains(instant) } }

    /// What lies within the span.
    public func within(_ span: TimeSpan) -> TimeSpans {
        TimeSpans(all.compactMap { $0.intersection(span) })
    }

    /// What is left without the others.
    public func subtracting(_ others: TimeSpans) -> TimeSpans {
        TimeSpans(
            all.flatMap { span -> [TimeSpan] in
                var left: [TimeSpan] = []
                var from = span.from
                for other in others.all where other.overlaps(span) {
                    if let free = TimeSpan(from: from, until: other.from) { left.append(free) }
                    from = other.until
                }
                if let free = TimeSpan(from: from, until: span.until) { left.append(free) }
                return left
            })
    }
}
