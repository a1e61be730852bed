import EventStore
import Foundation
import Infusion
import InfusionProjections
import ReadModelsConformance
import Testing

@Suite struct PatientDocumentTests {
    /// What waits for the log is limited by what it weighs, and the document is nearly all of that.
    @Test func `changes weigh what their document does, and something for each row`() {
        let changes = CapacityVisit(TenantID(UUID()), chair: "1")
            .book(CapacityVisit.Plan(starts: 1)).changes
        #expect(changes.revisions.count == 1)
        #expect(changes.bytes > changes.document.count)
        let longer = PatientChanges(
            patient: changes.patient, site: changes.site, version: changes.version,
            foldVersion: changes.foldVersion, document: changes.document + [0, 0, 0],
            openings: [], closings: [], revisions: [], references: [], waitlist: [])
        #expect(longer.bytes == changes.document.count + 3)
    }

    @Test func `a state is told in full, in one spelling`() throws {
        var history = History()
        _ = history.hemoglobin("7.50", at: "2026-01-02T09:00")
        history.add(.weightRecorded(Kilograms(decimal("61.3"))), at: "2026-01-02T09:00")
        history.add(.clinicalContextSet([.oncology, .general]), at: "2026-01-02T09:00")
        history.add(
            .clinicalFactRecorded(.pregnancy(.pregnant(estimatedDueDate: date("2026-06-01")))),
            at: "2026-01-02T09:00")
        history.add(
            .clinicalFactRecorded(.therapy(.oralIron, active: true)), at: "2026-01-02T09:00")
        let text = String(decoding: PatientDocument.render(history.state), as: UTF8.self)
        #expect(
            text == """
                {"appointments":[],"contexts":[{"effectiveAt":"2026-01-02T09:00:00Z",\
                "value":["general","oncology"],"version":4}],"doses":[],\
                "facts":{"bleeding":{},"cancerInfusions":[],"cardiovascularDisease":[],\
                "conditions":{},"deceased":[],"happened":{},"hypophosphatemiaRisk":[],\
                "infection":[],"ironAllergies":[],"knownIronOverload":[],"planned":{},\
                "pregnancy":[{"effectiveAt":"2026-01-02T09:00:00Z","estimatedDueDate":"2026-06-01",\
                "status":"pregnant","version":5}],"symptoms":{},\
                "tested":{},"therapies":{"oralIron":[{"effectiveAt":"2026-01-02T09:00:00Z","value":true,\
                "version":6}]}},"gender":"female","heights":[],\
                "id":"00000000-0000-4000-8000-000000000001",\
                "labs":[{"analyte":"hemoglobin","canonical":{"unit":"g/dL","value":7.5},\
                "collectedAt":"2026-01-02T09:00:00Z","id":"00000000-0000-4000-8000-000000000065",\
                "status":"final","unit":"g/dL","value":7.5,"version":2}],\
                "orders":[],"overrides":[],"reactions":[],"rechecks":[],\
                "rechecksClosedByPerson":[],"registeredAt":"2026-01-01T08:00:00Z","site":"north",\
                "transfusionOrders":[],"transfusions":[],"version":6,\
                "weights":[{"effectiveAt":"2026-01-02T09:00:00Z",\
                "value":{"unit":"kg","value":61.3},"version":3}]}
                """)
    }

    /// Same state, same bytes, whatever the order in which sets and dictionaries are walked.
    @Test func `the course reads as JSON and names no person`() throws {
        var history = History()
        history.order(10, whyIntravenous: .oralNotTolerated, at: "2026-01-05T09:00")
        history.add(
            .appointmentBooked(
                Appointment(
                    id: AppointmentID(uuid(40)), order: OrderID(uuid(10)),
                    slot: AppointmentSlot(
                        site: SiteID("south"), chair: ChairID("3"),
                        start: instant("2026-01-12T10:00"),
                        end: instant("2026-01-12T11:00")), findings: [])), at: "2026-01-05T10:00")
        history.start(20, order: 10, at: "2026-01-12T10:00", appointment: 40)
        history.react(30, to: 20, .ctcae(2), at: "2026-01-12T10:05")
        history.add(
            .dosePaused(DoseID(uuid(20)), reason: .reaction), at: "2026-01-12T10:08")
        history.end(20, "300", at: "2026-01-12T10:10", stopped: true)
        history.add(
            .gateOverridden(
                GateOverride(
                    id: OverrideID(uuid(50)), gate: .interval, order: OrderID(uuid(10)),
                    reason: .noAlternative, justification: .present("Ada cannot wait"),
                    role: .prescriber, coSigner: "Dr Verdi", expiresAt: instant("2026-02-01T00:00"),
                    asked: AskedGate(
                        ruleVersion: 2, severity: .hard, evidence: [EventVersion(2)],
                        predicates: nil),
                    patientRisk: .high, evidenceRef: .present("Ada's own letter"))
            ),
            at: "2026-01-13T10:00")
        history.add(
            .patientDischarged(
                Discharge(dose: DoseID(uuid(20)), observedMinutes: 35, stable: true)),
            at: "2026-01-12T11:00")
        history.add(.orderHeld(OrderID(uuid(10)), reason: .reactionReview), at: "2026-01-12T11:00")
        let bytes = PatientDocument.render(history.state)
        #expect(bytes == PatientDocument.render(PatientState.fold(history.events)))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("Ada"))
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let order = try #require((object["orders"] as? [[String: Any]])?.first)
        #expect(order["status"] as? String == "held")
        #expect(order["whyIntravenous"] as? String == "oralNotTolerated")
        #expect(order["product"] as? String == "injectafer")
        #expect((order["remaining"] as? [String: Any])?["value"] as? Int == 1_200)
        let visit = try #require((object["appointments"] as? [[String: Any]])?.first)
        #expect(visit["status"] as? String == "fulfilled")
        let dose = try #require((object["doses"] as? [[String: Any]])?.first)
        #expect(dose["status"] as? String == "discharged")
        #expect(dose["stopReason"] as? String == "reaction")
        let pause = try #require((dose["pauses"] as? [[String: Any]])?.first)
        #expect(pause["reason"] as? String == "reaction")
        #expect(pause["resumedAt"] == nil)
        let reaction = try #require((object["reactions"] as? [[String: Any]])?.first)
        #expect(((reaction["grades"] as? [[String: Any]])?.first)?["grade"] as? Int == 2)
        let override = try #require((object["overrides"] as? [[String: Any]])?.first)
        #expect(override["severity"] as? String == "hard")
        #expect(override["ruleVersion"] as? Int == 2)
        #expect(override["evidence"] as? [Int] == [2])
        #expect(override["patientRisk"] as? String == "high")
        #expect(override["evidenceRef"] == nil)
    }

    @Test func `the document of an override of earlier releases is what it was`() throws {
        var history = History()
        history.add(
            .gateOverridden(
                GateOverride(
                    id: OverrideID(uuid(50)), gate: .interval, order: OrderID(uuid(10)),
                    reason: .noAlternative, justification: .erased, role: .nurse, coSigner: nil,
                    expiresAt: instant("2026-02-01T00:00"), asked: nil, patientRisk: nil,
                    evidenceRef: nil)), at: "2026-01-13T10:00")
        let text = String(decoding: PatientDocument.render(history.state), as: UTF8.self)
        let expected =
            #""overrides":[{"expiresAt":"\#(instant("2026-02-01T00:00").iso8601)","#
            + #""gate":"G-INTERVAL","grantedAt":"\#(instant("2026-01-13T10:00").iso8601)","#
            + #""id":"\#(OverrideID(uuid(50)))","order":"\#(OrderID(uuid(10)))","#
            + #""reason":"noAlternative","role":"nurse","version":2}]"#
        #expect(text.contains(expected), "\(text)")
    }
}
