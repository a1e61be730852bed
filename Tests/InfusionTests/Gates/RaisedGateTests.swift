import Foundation
import Infusion
import Testing

@Suite struct `Gates that a site raises` {
    @Test(arguments: Gate.allCases)
    func `none is weaker than its rule`(_ gate: Gate) {
        for severity in Severity.allCases where !gate.raisable.contains(severity) {
            #expect(throws: LoweredGate(gate: gate, severity: severity)) {
                try RaisedGates([gate: severity])
            }
        }
        let informs: Set<Gate> = [.heartFailureInformation, .immunocompromised, .laterPregnancy]
        #expect(gate.raisable.contains(.absolute) != informs.contains(gate))
    }

    @Test(arguments: Gate.allCases)
    func `what is raised is never less than it was`(_ gate: Gate) throws {
        let order: [Severity] = [.information, .soft, .hard, .absolute]
        for own in gate.raisable {
            let raised = try RaisedGates([gate: own])
            for severity in gate.severities {
                let now = raised.severity(severity, of: gate)
                let (before, after) = (order.firstIndex(of: severity), order.firstIndex(of: now))
                #expect(try #require(after) >= #require(before))
            }
            for other in Gate.allCases where other != gate {
                for severity in other.severities {
                    #expect(raised.severity(severity, of: other) == severity)
                }
            }
        }
    }

    @Test func `what nobody has asked about stays information`() throws {
        let raised = try RaisedGates([.atopy: .hard, .oralIron: .soft])
        #expect(raised.severity(.soft, of: .atopy) == .hard)
        #expect(raised.severity(.information, of: .atopy) == .information)
        #expect(raised.severity(.information, of: .oralIron) == .soft)
    }
}
