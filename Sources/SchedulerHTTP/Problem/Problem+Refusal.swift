import EventStore
import Infusion

/// Whether a refusal is about the value sent (422) or about how things stand (409).
enum RefusalStanding: Int, Hashable, Sendable {
    case state = 409
    case value = 422
}

extension Refusal {
    var standing: RefusalStanding {
        switch self {
        case .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased, .patientErased,
            .careNotEnded, .duplicateIdentifier, .labAlreadyRetracted, .orderNotActive,
            .orderFullyBooked, .appointmentNotOpen,
            .doseNotInProgress, .doseStillInProgress, .observationTooShort, .notStable,
            .recheckNotOpen, .gatesShut:
            .state
        case .invalidValue, .inTheFuture, .labNotFound, .unknownProduct, .unknownDosingRow,
            .orderNotFound, .appointmentNotFound, .doseNotFound, .doseOutsideOrder,
            .reactionNotFound, .overrideNotAllowed:
            .value
        }
    }

    /// One line for people; the same for every occurrence.
    var title: String {
        switch self {
        case .patientAlreadyRegistered: "The patient is registered already"
        case .patientNotRegistered: "The patient is not registered"
        case .patientDeceased: "The patient has died"
        case .patientErased: "The patient has been erased"
        case .careNotEnded: "The patient's care has to be ended first"
        case .invalidValue: "A value is not possible"
        case .inTheFuture: "Something that happened cannot lie in the future"
        case .duplicateIdentifier: "The id is in use already"
        case .labNotFound: "The patient has no such result"
        case .labAlreadyRetracted: "The result was retracted"
        case .unknownProduct: "The formulary has no such product"
        case .unknownDosingRow: "The product has no such dosing row"
        case .orderNotFound: "The patient has no such order"
        case .orderNotActive: "The order is not active"
        case .orderFullyBooked: "Every dose left of the order is booked"
        case .appointmentNotFound: "The patient has no such appointment"
        case .appointmentNotOpen: "The appointment is not open"
        case .doseNotFound: "The patient has no such dose"
        case .doseNotInProgress: "The dose is not in progress"
        case .doseStillInProgress: "The dose is still in progress"
        case .doseOutsideOrder: "The dose is outside its order"
        case .reactionNotFound: "The patient has no such reaction"
        case .observationTooShort: "The patient has not been observed long enough"
        case .notStable: "The patient is not stable"
        case .recheckNotOpen: "The recheck is not open"
        case .overrideNotAllowed: "The gate cannot be overridden this way"
        case .gatesShut: "One or more gates are shut"
        }
    }

    fileprivate var detail: String? {
        switch self {
        case .invalidValue(let field, let problem, _), .doseOutsideOrder(let field, let problem, _):
            "\(field): \(problem)"
        case .inTheFuture(let field), .duplicateIdentifier(let field): field
        case .careNotEnded(let open): "still open: \(open)"
        case .unknownProduct(let product): product.name
        case .unknownDosingRow(let row, _): row.name
        case .orderNotActive(_, let status), .appointmentNotOpen(_, let status),
            .doseNotInProgress(_, let status):
            "its status is \(status)"
        case .orderFullyBooked(_, let booked, let dosesLeft):
            "\(booked) booked, \(dosesLeft) left"
        case .observationTooShort(let minutes, let required):
            "\(minutes) of \(required) minutes"
        case .overrideNotAllowed(let gate, let problem): "\(gate.rawValue): \(problem)"
        case .gatesShut(let findings):
            findings.filter { $0.verdict == .blocked || $0.verdict == .indeterminate }
                .map(\.gate.rawValue).joined(separator: ", ")
        case .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased, .patientErased,
            .labNotFound,
            .labAlreadyRetracted, .orderNotFound, .appointmentNotFound, .doseNotFound,
            .doseStillInProgress, .reactionNotFound, .notStable, .recheckNotOpen:
            nil
        }
    }

    /// What the code alone does not say, as members of the problem.
    fileprivate var members: [(String, JSON)] {
        switch self {
        case .invalidValue(let field, let problem, let accepted),
            .doseOutsideOrder(let field, let problem, let accepted):
            [
                (
                    "errors",
                    [
                        FieldProblem(pointer: pointer(field), problem: problem, accepted: accepted)
                            .json
                    ]
                )
            ]
        case .inTheFuture(let field):
            [
                (
                    "errors",
                    [
                        FieldProblem(
                            pointer: pointer(field), problem: "in the future",
                            accepted: "now or earlier"
                        ).json
                    ]
                )
            ]
        case .duplicateIdentifier(let field):
            [
                (
                    "errors",
                    [
                        FieldProblem(
                            pointer: pointer(field), problem: "in use already", accepted: nil
                        ).json
                    ]
                )
            ]
        case .unknownDosingRow(_, let accepted):
            [("accepted", .array(accepted.map { .string($0) }))]
        case .labNotFound(let id), .labAlreadyRetracted(let id): [("lab", .id(id))]
        case .orderNotFound(let id): [("order", .id(id))]
        case .orderNotActive(let id, let status):
            [("order", .id(id)), ("orderStatus", .string(status))]
        case .orderFullyBooked(let id, let booked, let dosesLeft):
            [
                ("order", .id(id)), ("bookedAppointments", .integer(booked)),
                ("dosesLeft", .integer(dosesLeft)),
            ]
        case .appointmentNotFound(let id): [("appointment", .id(id))]
        case .appointmentNotOpen(let id, let status):
            [("appointment", .id(id)), ("appointmentStatus", .string(status))]
        case .doseNotFound(let id), .doseStillInProgress(let id), .notStable(let id):
            [("dose", .id(id))]
        case .doseNotInProgress(let id, let status):
            [("dose", .id(id)), ("doseStatus", .string(status))]
        case .reactionNotFound(let id): [("reaction", .id(id))]
        case .observationTooShort(let minutes, let required):
            [("observedMinutes", .integer(minutes)), ("requiredMinutes", .integer(required))]
        case .recheckNotOpen(let id): [("recheck", .string(id.description))]
        case .overrideNotAllowed(let gate, _): [("gate", .string(gate.rawValue))]
        case .gatesShut(let findings): [("findings", .array(findings.map(\.json)))]
        case .unknownProduct, .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased,
            .patientErased, .careNotEnded:
            []
        }
    }

    /// Fields come as the domain names them, `labs[3].value` or already as a pointer.
    private func pointer(_ field: String) -> String {
        guard !field.hasPrefix("/") else { return field }
        let parts = field.replacing("[", with: ".").replacing("]", with: "").split(separator: ".")
        return parts.reduce("") { Problem.pointer($0, String($1)) }
    }
}

extension Problem {
    /// The domain's no: the code is the refusal's own.
    init(refusal: Refusal, version: StreamVersion, position: Position) {
        self.init(
            code: refusal.code, status: refusal.standing.rawValue, title: refusal.title,
            detail: refusal.detail)
        for (name, value) in refusal.members { self = self.with(name, value) }
        self = self.with("version", .integer(version.value)).with(
            "position", .integer(position.value)
        )
        .with(.ferroviaPosition, String(position.value))
    }
}
