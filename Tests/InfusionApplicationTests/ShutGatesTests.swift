import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

/// What an order's receipt tells of the gates that do not refuse it and would stop its doses.
@Suite("Shut gates in an order's receipt") struct ShutGatesReceiptTests {
    @Test func `an order for a haemoglobin that asks for red cells is accepted and says so`()
        async throws
    {
        let clinic = try await MemoryClinic()
        let patient = try await clinic.register()
        let target = CommandTarget.patient(patient)
        let now = clinic.clock.now
        try await clinic.send(
            .setClinicalContext(
                [.general], facts: [.infection(active: false), .pregnancy(.notPregnant)], at: now),
            to: target)
        let weighed = try await clinic.send(
            .recordMeasurements(weight: Kilograms(80), height: nil, at: now), to: target)
        #expect(weighed.shutGates == [])
        let hemoglobin = LabResult(
            id: LabResultID(UUID()), analyte: .hemoglobin,
            value: LabValue(
                comparator: nil, reported: 6, reportedUnit: Analyte.hemoglobin.canonicalUnit,
                canonical: 6),
            collectedAt: now, status: .final, referenceLow: nil, source: nil)
        try await clinic.send(.recordLabs([hemoglobin]), to: target)
        let order = OrderID(UUID())
        let request = clinic.request(
            .orderInfusion(
                OrderInfusion(
                    id: order, product: ProductKey("injectafer"),
                    dosingRow: DosingRowID("FCM-US-2"), indication: .general,
                    prescribed: [Milligrams(750), Milligrams(750)], method: .labelCourse,
                    targetHemoglobin: nil, stores: nil,
                    signature: Signature(prescriber: "Dr Bianchi", signedAt: now))), to: target)
        let receipt = try await clinic.useCases.handle(request)
        let gates = receipt.shutGates.map(\.gate)
        #expect(gates.contains(.diagnosis) && gates.contains(.transfusion), "\(gates)")
        #expect(!gates.contains(.weightAndAge) && !gates.contains(.infection), "\(gates)")
        #expect(receipt.shutGates.allSatisfy { $0.refusesDose })
        let again = try await clinic.useCases.handle(request)
        #expect(again.replayed)
        #expect(again.shutGates == receipt.shutGates)
    }
}
