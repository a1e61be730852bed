import Infusion
import InfusionApplication

/// What is recorded about a patient: labs, measurements, context, transfusions.
struct RecordRoutes {
    var endpoints: [Endpoint] {
        [labs, correctLab, retractLab, measurements, context, transfusions, chairside]
    }

    private var chairside: Endpoint {
        .command(
            "/v1/patients/{id}/chairside-checks", scope: .doseWrite, body: ChairsideBody.self
        ) { call, body in
            Instruction(
                target: .patient(try call.id()),
                command: .recordChairsideCheck(body.check, at: body.checkedAt))
        }
    }

    private var labs: Endpoint {
        .command("/v1/patients/{id}/labs", scope: .labWrite, body: LabsBody.self) { call, body in
            let results = body.results.enumerated().map { index, lab in
                lab.result(id: call.newID(lab.id, "lab", index: index))
            }
            return Instruction(
                target: .patient(try call.id()), command: .recordLabs(results),
                created: results.map { Creation("lab", $0.id.uuid) })
        }
    }

    private var correctLab: Endpoint {
        .command("/v1/labs/{id}/correct", scope: .labWrite, body: LabCorrectionBody.self) {
            call, body in
            let id: LabResultID = try call.id()
            return Instruction(
                target: .lab(id),
                command: .correctLab(
                    LabCorrected(
                        result: id, value: body.reported.value, status: body.status,
                        collectedAt: body.collectedAt)))
        }
    }

    private var retractLab: Endpoint {
        .command("/v1/labs/{id}/retract", scope: .labWrite, body: LabRetractionBody.self) {
            call, body in
            let id: LabResultID = try call.id()
            return Instruction(
                target: .lab(id),
                command: .retractLab(LabRetracted(result: id, reason: body.reason)))
        }
    }

    private var measurements: Endpoint {
        .command(
            "/v1/patients/{id}/measurements", scope: .patientWrite, body: MeasurementsBody.self
        ) { call, body in
            Instruction(
                target: .patient(try call.id()),
                command: .recordMeasurements(
                    weight: body.weight, height: body.height, at: body.measuredAt))
        }
    }

    private var context: Endpoint {
        .command(
            "/v1/patients/{id}/context", scope: .patientWrite, body: ContextBody.self,
            takesCoSigner: true
        ) { call, body in
            Instruction(
                target: .patient(try call.id()),
                command: .setClinicalContext(
                    body.contexts, facts: body.facts, at: body.effectiveAt,
                    signOff: body.signOff.given(by: call)))
        }
    }

    private var transfusions: Endpoint {
        .command(
            "/v1/patients/{id}/transfusions", scope: .patientWrite, body: TransfusionBody.self
        ) { call, body in
            let id = call.newID(body.id, "transfusion")
            return Instruction(
                target: .patient(try call.id()),
                command: .recordTransfusion(
                    Transfusion(id: id, units: body.units), at: body.transfusedAt),
                created: [Creation("transfusion", id.uuid)])
        }
    }
}
