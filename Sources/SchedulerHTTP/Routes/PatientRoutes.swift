import EventStore
import Infusion
import InfusionApplication
import InfusionWire

/// Patients: registered, found, looked at as of both clocks.
struct PatientRoutes {
    static let asOf: Set<String> = ["effectiveAt", "knownAt", "knownAtPosition"]

    var endpoints: [Endpoint] {
        [
            register, find, search, show, timeline, response, correctIdentity, erase, merge,
            unmerge,
            attribute,
        ]
    }

    private var register: Endpoint {
        .command("/v1/patients", scope: .patientWrite, body: RegistrationBody.self) { call, body in
            let id = call.newID(body.id, "patient")
            return Instruction(
                target: .patient(id),
                command: .registerPatient(
                    RegisterPatient(
                        patient: id, identity: body.identity, gender: body.gender, site: body.site)),
                created: [Creation("patient", id.uuid)], location: "/v1/patients/\(id)")
        }
    }

    /// `?identifier=system|value`; the search below does the same without an identifier in a URL.
    private var find: Endpoint {
        .query("/v1/patients", scope: .patientRead, parameters: ["identifier"]) { call, actor in
            let accepted = "a system's URI, a bar and a value: urn:oid:1.2.3|4711"
            let identifier = try call.query.value("identifier", accepted) { text in
                PatientIdentifier(token: text)
            }
            guard let identifier else {
                throw Problem(parameter: "identifier", problem: "is missing", accepted: accepted)
            }
            return try await Self.found(identifier, call: call, actor: actor)
        }
    }

    private var search: Endpoint {
        .search("/v1/patients/search", scope: .patientRead, body: SearchBody.self) {
            call, actor, body in
            try await Self.found(body.identifier, call: call, actor: actor)
        }
    }

    /// Nobody is an empty list and not an error: the question was a good one.
    private static func found(
        _ identifier: PatientIdentifier, call: Call, actor: Actor
    ) async throws -> Reply {
        let position = try await call.useCases.head(actor: actor)
        let patient = try await call.useCases.patient(holding: identifier, actor: actor)
        let patients: JSON = .list([patient].compactMap { $0 }) { ["id": .id($0)] }
        return Reply(
            ["patients": patients, "position": .integer(position.value)], position: position)
    }

    private var show: Endpoint {
        .query("/v1/patients/{id}", scope: .patientRead, parameters: Self.asOf) { call, actor in
            let asOf = try call.query.asOf()
            let view = try await call.useCases.patient(try call.id(), asOf: asOf, actor: actor)
            return Reply(view.json(asOf: asOf), position: view.position).with(version: view.version)
        }
    }

    private var timeline: Endpoint {
        .query(
            "/v1/patients/{id}/timeline", scope: .patientRead,
            parameters: Self.asOf.union(["cursor", "limit"])
        ) { call, actor in
            let id: PatientID = try call.id()
            let page = try await call.useCases.timeline(
                id, asOf: try call.query.asOf(),
                after: StreamVersion(try call.query.count("cursor") ?? 0),
                limit: try call.query.limit(call.edge.limits), actor: actor)
            return Reply(page.json(patient: id), position: page.position)
        }
    }

    /// How the last course was answered, or the one of an order.
    private var response: Endpoint {
        .query(
            "/v1/patients/{id}/response", scope: .patientRead,
            parameters: Self.asOf.union(["order"])
        ) { call, actor in
            let order = try call.query.value("order", "the id of an order, which is a UUID") {
                OrderID($0)
            }
            let answer = try await call.useCases.response(
                of: try call.id(), order: order, asOf: try call.query.asOf(), actor: actor)
            return Reply(answer.json, position: answer.position)
        }
    }

    private var correctIdentity: Endpoint {
        .command(
            "/v1/patients/{id}/identity", scope: .patientWrite, body: IdentityCorrectionBody.self
        ) { call, body in
            Instruction(
                target: .patient(try call.id()),
                command: .correctIdentity(body.identity, body.gender))
        }
    }

    private var erase: Endpoint {
        .command("/v1/patients/{id}/erase", scope: .patientErase, body: ErasureBody.self) {
            call, body in
            Instruction(target: .patient(try call.id()), command: .erasePatient(body.reason))
        }
    }

    /// The path's patient goes on; the body's is the other record.
    private var merge: Endpoint {
        .command("/v1/patients/{id}/merge", scope: .patientMerge, body: MergeBody.self) {
            call, body in
            let survivor: PatientID = try call.id()
            return Instruction(
                target: .patient(survivor),
                command: .mergePatients(
                    PatientMerge(survivor: survivor, merged: body.patient)))
        }
    }

    private var attribute: Endpoint {
        .command(
            "/v1/patients/{id}/attributions", scope: .patientMerge, body: AttributionBody.self
        ) { call, body in
            Instruction(
                target: .patient(try call.id()), command: .attributeRecord(body.attribution))
        }
    }

    private var unmerge: Endpoint {
        .command("/v1/patients/{id}/unmerge", scope: .patientMerge, body: UnmergeBody.self) {
            call, body in
            let survivor: PatientID = try call.id()
            return Instruction(
                target: .patient(survivor),
                command: .unmergePatients(
                    PatientMerge(survivor: survivor, merged: body.patient), reason: body.reason))
        }
    }
}

/// `POST /v1/patients/search`
struct SearchBody: WireBody {
    let identifier: PatientIdentifier
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        identifier = try reader.required("identifier", .object(IdentifierBody.self)).identifier
    }
}

extension PatientIdentifier {
    /// `system|value`, as FHIR's token search writes it.
    fileprivate init?(token: String) {
        guard let bar = token.firstIndex(of: "|") else { return nil }
        let system = token[..<bar]
        let value = token[token.index(after: bar)...]
        guard (1...InfusionLimits.nameCharacters).contains(system.count),
            (1...InfusionLimits.identifierCharacters).contains(value.count)
        else { return nil }
        self.init(system: String(system), value: String(value))
    }
}
