/// Everything that is wrong with a file or a body, as far as one reading can tell: who made five mistakes
/// sees five.
public struct Faults<Fault: Hashable & Sendable>: Error, Hashable, Sendable {
    /// In the order in which they were found, at most ``FaultLimits/told``.
    public let all: [Fault]
    /// How many more there are.
    public let untold: Int

    /// - Precondition: at least one.
    public init(_ faults: [Fault], untold: Int = 0) {
        precondition(!faults.isEmpty, "what has no fault is not refused")
        all = Array(faults.prefix(FaultLimits.told))
        self.untold = untold + faults.count - all.count
    }

    public init(_ fault: Fault) { self.init([fault]) }

    /// All that any of these readings found; `nil` where none found anything. What several of them met, since
    /// they rest on the same member, is told once.
    public init?(joining readings: some Sequence<Faults>) {
        var all: [Fault] = []
        var met: Set<Fault> = []
        var untold = 0
        for faults in readings {
            all += faults.all.filter { met.insert($0).inserted }
            untold += faults.untold
        }
        guard !all.isEmpty else { return nil }
        self.init(all, untold: untold)
    }
}

extension Faults: CustomStringConvertible where Fault: CustomStringConvertible {
    /// A line for each.
    public var description: String {
        let lines = all.map(\.description)
        return (untold == 0 ? lines : lines + ["and \(untold) more"]).joined(separator: "\n")
    }
}
