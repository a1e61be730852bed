/// How hard a site lets gates shut that shut less hard elsewhere: it raises and never lowers (facts §4: a site
/// may make a hard gate absolute).
public struct RaisedGates: Hashable, Sendable {
    private let severities: [Gate: Severity]

    /// As hard as the rules say.
    public static let none = RaisedGates()

    private init() { severities = [:] }

    /// - Throws: ``LoweredGate`` for the first gate, in their order, that would be weaker than its rule.
    public init(_ severities: [Gate: Severity]) throws(LoweredGate) {
        for gate in Gate.allCases {
            guard let severity = severities[gate] else { continue }
            guard gate.raisable.contains(severity) else {
                throw LoweredGate(gate: gate, severity: severity)
            }
        }
        self.severities = severities
    }

    /// How hard a gate shuts here that its rule shuts so hard. What a gate that shuts elsewhere only shows
    /// stays information: nobody has asked yet, or it does not apply in full.
    public func severity(_ severity: Severity, of gate: Gate) -> Severity {
        guard let own = severities[gate], own.rank > severity.rank else { return severity }
        if severity == .information, gate.severities != [.information] { return severity }
        return own
    }
}

/// A site would let a gate shut less hard than its rule does.
public struct LoweredGate: Error, Hashable, CustomStringConvertible {
    public let gate: Gate
    public let severity: Severity

    public init(gate: Gate, severity: Severity) {
        self.gate = gate
        self.severity = severity
    }

    public var description: String {
        let accepted = gate.raisable.map(\.rawValue).joined(separator: ", ")
        let why =
            gate.raisable.isEmpty
            ? "is information and never a gate"
            : "shuts harder than \(severity.rawValue); accepted: \(accepted)"
        return "\(gate.rawValue) \(why)"
    }
}

extension Gate {
    /// What only informs, wherever it is asked: the hypothesis about heart failure (facts §0.1 SEED-D,
    /// §10.1), the caution in the immunocompromised and the note in later pregnancy (§0.2, §1.6).
    static let informing: Set<Gate> = [
        .heartFailureInformation, .immunocompromised, .laterPregnancy,
    ]

    /// What a site may let it shut with: nothing weaker than the hardest that its rule says. What only
    /// informs is never a gate.
    public var raisable: [Severity] {
        guard !Self.informing.contains(self), let hardest = severities.first else { return [] }
        return Severity.allCases.filter { $0 != .information && $0.rank >= hardest.rank }
    }
}

extension Severity {
    /// From information, 0, to absolute, 3.
    var rank: Int {
        switch self {
        case .information: 0
        case .soft: 1
        case .hard: 2
        case .absolute: 3
        }
    }
}

extension Finding {
    /// The same, shut as hard as the site wants it, which it then says.
    func raised(by raised: RaisedGates) -> Finding {
        let severity = raised.severity(self.severity, of: gate)
        guard severity != self.severity else { return self }
        let predicate = Predicate.fact(
            "severity", severity.rawValue, ">=", self.severity.rawValue, holds: true,
            source: "set by the site; \(gate.because)")
        return Finding(
            gate: gate, ruleVersion: ruleVersion, severity: severity, verdict: verdict,
            predicates: predicates + [predicate], nextStep: nextStep, passesFrom: passesFrom)
    }
}
