/// How one set of rules answers a decision that is asked again.
public struct Judgement: Hashable, Sendable {
    /// The refusal's code; `nil` where the rules accept.
    public let refusal: String?
    /// Gates that are shut and would stop a dose, with their verdict; of red cells G-TX, which is shut
    /// where they are indicated.
    public let shut: [Gate: Verdict]
    /// What the course may hold in all, where an order was asked about.
    public let plannedTotal: Milligrams?

    init(refusal: String? = nil, findings: [Finding] = [], plannedTotal: Milligrams? = nil) {
        self.refusal = refusal
        shut = Dictionary(
            findings.filter(\.refusesDose).map { ($0.gate, $0.verdict) },
            uniquingKeysWith: { first, _ in first })
        self.plannedTotal = plannedTotal
    }

    /// What the rules of `context` say of `command`.
    init(of command: PatientCommand, given state: PatientState, in context: DecisionContext) {
        do throws(Refusal) {
            let events = try PatientDecider().decide(command, given: state, in: context)
            self.init(accepted: events)
        } catch {
            self.init(refusal: error)
        }
    }

    private init(accepted events: [PatientEvent]) {
        for event in events {
            if case .infusionOrdered(let order) = event.fact {
                self.init(findings: order.findings, plannedTotal: order.plannedTotal)
                return
            }
            if case .transfusionOrdered(let order) = event.fact {
                self.init(findings: [order.finding])
                return
            }
        }
        self.init()
    }

    init(refusal: Refusal) {
        if case .gatesShut(let findings) = refusal {
            self.init(refusal: refusal.code, findings: findings)
        } else {
            self.init(refusal: refusal.code)
        }
    }

    /// `accepted`, `accepted, 1500 mg, shut: G-DX`, `refused: gates-shut, G-CUM blocked`.
    public var summary: String {
        let gates = Gate.allCases.compactMap { gate in
            shut[gate].map { "\(gate.rawValue) \($0.rawValue)" }
        }.joined(separator: ", ")
        if let refusal {
            return "refused: \(refusal)" + (gates.isEmpty ? "" : ", \(gates)")
        }
        let total = plannedTotal.map { ", \($0.value) mg" } ?? ""
        return "accepted\(total)" + (gates.isEmpty ? "" : ", shut: \(gates)")
    }

    /// The rules by which two answers differ: gates, else the refusal's code, else the total.
    func rules(against other: Judgement) -> [String] {
        let gates = Gate.allCases.filter { shut[$0] != other.shut[$0] }.map(\.rawValue)
        if !gates.isEmpty { return gates }
        if refusal != other.refusal { return [refusal, other.refusal].compactMap(\.self) }
        return plannedTotal == other.plannedTotal ? [] : ["planned-total"]
    }
}
