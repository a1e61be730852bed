/// A fact with the clinical time it is true from and the event it came from.
public struct Kept<Value: Hashable & Sendable>: Hashable, Sendable {
    public let value: Value
    public let effectiveAt: Instant
    public let version: EventVersion

    public init(_ value: Value, effectiveAt: Instant, version: EventVersion) {
        self.value = value
        self.effectiveAt = effectiveAt
        self.version = version
    }

    /// Effective order, and within one instant the order of the stream: the later word wins.
    func precedes(_ other: Kept) -> Bool {
        (effectiveAt, version) < (other.effectiveAt, other.version)
    }
}

/// The values one fact took, in *effective* order, whatever order the log learned them in.
public struct Timeline<Value: Hashable & Sendable>: Hashable, Sendable {
    public private(set) var entries: [Kept<Value>] = []
    public init() {}

    /// What was last true, whenever that was.
    public var latest: Kept<Value>? { entries.last }

    /// The first statement of what was last true: since when it holds, however often it was told
    /// again.
    public var latestSince: Kept<Value>? {
        guard let last = entries.last else { return nil }
        return entries.reversed().prefix { $0.value == last.value }.last
    }

    /// What was true at `instant`; `nil` when nothing had been said by then.
    public func at(_ instant: Instant) -> Kept<Value>? {
        entries.last { $0.effectiveAt <= instant }
    }

    /// What held at `start`, where it is what is looked for; else the first after it, until `end`, that is.
    func first(
        from start: Instant, to end: Instant, where matches: (Value) -> Bool
    ) -> Kept<Value>? {
        if let held = at(start), matches(held.value) { return held }
        return entries.first {
            $0.effectiveAt > start && $0.effectiveAt <= end && matches($0.value)
        }
    }

    mutating func insert(_ kept: Kept<Value>) {
        let index = entries.lastIndex { $0.precedes(kept) }.map { $0 + 1 } ?? 0
        entries.insert(kept, at: index)
    }

    /// Forgets what these events said.
    mutating func remove(_ versions: Set<EventVersion>) {
        entries.removeAll { versions.contains($0.version) }
    }

    /// The entries that `knowledge` has.
    func known(to knowledge: Knowledge) -> Timeline {
        var known = self
        known.entries.removeAll { !knowledge.holds($0) }
        return known
    }
}

extension Timeline<Bool> {
    /// The statements by which it became true; told again it becomes so no second time.
    var beginnings: [Kept<Bool>] {
        entries.indices.filter { entries[$0].value && ($0 == 0 || !entries[$0 - 1].value) }
            .map { entries[$0] }
    }
}
