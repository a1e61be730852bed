public import Infusion

/// A refusal as every edge tells it: the same line, the same members, over HTTP and at the command line.
extension Refusal {
    public var standing: RefusalStanding {
        switch self {
        case .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased, .patientErased,
            .patientMerged, .mergeNotPossible, .notMerged, .attributionNotOpen, .careNotEnded,
            .duplicateIdentifier,
            .labAlreadyRetracted, .orderNotActive,
            .orderFullyBooked, .hemoglobinNeeded, .sameDayVisit, .appointmentNotOpen, .holdExpired,
            .holdNotExpired, .siteClosed, .chairRetired, .chairOutOfService, .noResuscitationCover,
            .afterLastStart, .visitTooShort, .patientElsewhere, .stockShort, .alreadyOnWaitlist,
            .notOnWaitlist, .offerNotAnswered,
            .offerNotOpen,
            .doseNotInProgress, .doseNotPaused, .restartNotAllowed, .doseStillInProgress,
            .observationTooShort, .notStable,
            .recheckNotOpen, .reviewNotOpen, .gateNotShut, .gatesShut:
            .state
        case .invalidValue, .inTheFuture, .labNotFound, .unknownProduct, .unknownDosingRow,
            .orderNotFound, .appointmentNotFound, .doseNotFound, .doseOutsideOrder,
            .reactionNotFound, .overrideNotAllowed, .signOffNeeded, .chairNotFound,
            .capacityOverrideNotAllowed:
            .value
        }
    }

    /// One line for people; the same for every occurrence.
    public var title: String {
        switch self {
        case .patientAlreadyRegistered: "The patient is registered already"
        case .patientNotRegistered: "The patient is not registered"
        case .patientDeceased: "The patient has died"
        case .patientErased: "The patient has been erased"
        case .patientMerged: "The record was merged into another patient's"
        case .mergeNotPossible: "The two records cannot be merged"
        case .notMerged: "The two records are not merged"
        case .attributionNotOpen: "The event needs no attribution"
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
        case .hemoglobinNeeded: "A haemoglobin is needed before the next unit"
        case .sameDayVisit: "Iron and red cells are not given on one day"
        case .appointmentNotFound: "The patient has no such appointment"
        case .appointmentNotOpen: "The appointment is not open"
        case .siteClosed: "The site is not open then"
        case .chairNotFound: "The site has no such chair"
        case .chairRetired: "The chair is retired"
        case .chairOutOfService: "The chair is out of service then"
        case .noResuscitationCover: "Nobody is free then to treat anaphylaxis"
        case .afterLastStart: "The visit begins too late on that date"
        case .visitTooShort: "The visit is shorter than its dose takes"
        case .patientElsewhere: "The chair, the patient or the nurses are taken at that time"
        case .stockShort: "The site's vials do not go round"
        case .capacityOverrideNotAllowed: "The role overrides no limit of a site"
        case .holdExpired: "The hold has run out"
        case .holdNotExpired: "The hold has not run out"
        case .alreadyOnWaitlist: "The order is on the wait list already"
        case .notOnWaitlist: "The order is not on the wait list"
        case .offerNotAnswered: "Another time is offered and not answered"
        case .offerNotOpen: "The appointment is no offer that waits for an answer"
        case .doseNotFound: "The patient has no such dose"
        case .doseNotInProgress: "The dose is not in progress"
        case .doseNotPaused: "The dose is not paused"
        case .restartNotAllowed: "The infusion may not go on"
        case .doseStillInProgress: "The dose is still in progress"
        case .doseOutsideOrder: "The dose is outside its order"
        case .reactionNotFound: "The patient has no such reaction"
        case .observationTooShort: "The patient has not been observed long enough"
        case .notStable: "The patient is not stable"
        case .recheckNotOpen: "The recheck is not open"
        case .reviewNotOpen: "The decision has no open review"
        case .overrideNotAllowed: "The gate cannot be overridden this way"
        case .gateNotShut: "The gate is not shut"
        case .signOffNeeded: "What stands in the way of iron is not lifted this way"
        case .gatesShut: "One or more gates are shut"
        }
    }

    /// What is wrong this time; `nil` where the title says it all.
    /// - Parameter place: What the edge calls a field of the domain.
    public func detail(naming place: (String) -> String) -> String? {
        switch self {
        case .invalidValue(let field, let problem, _), .doseOutsideOrder(let field, let problem, _):
            return "\(place(field)): \(problem)"
        case .inTheFuture(let field), .duplicateIdentifier(let field): return place(field)
        case .mergeNotPossible(_, let problem): return problem.text
        case .careNotEnded(let open): return "still open: \(open)"
        case .unknownProduct(let product, _): return product.name
        case .unknownDosingRow(let row, _): return row.name
        case .orderNotActive(_, let status), .appointmentNotOpen(_, let status),
            .doseNotInProgress(_, let status), .doseNotPaused(_, let status):
            return "its status is \(status)"
        case .orderFullyBooked(_, let booked, let dosesLeft):
            return "\(booked) booked, \(dosesLeft) left"
        case .restartNotAllowed(_, let problem): return problem.text
        case .chairNotFound(let chair, _), .chairRetired(let chair, _),
            .chairOutOfService(let chair, _):
            return chair.name
        case .siteClosed(let site, _): return site.name
        case .afterLastStart(let last):
            return last == nil ? "no visit so long has room before the site closes" : nil
        case .visitTooShort(let minutes, let needed): return "\(minutes) of \(needed) minutes"
        case .patientElsewhere: return OpeningConstraint.patientOverlap.rawValue
        case .stockShort(let shortage):
            let vials = shortage.vials.map {
                "\($0.count) of \($0.size) needed, \($0.left) left"
            }
            return "\(shortage.product): \(vials.joined(separator: "; "))"
        case .capacityOverrideNotAllowed(let role): return role.rawValue
        case .holdExpired: return "book the visit anew"
        case .holdNotExpired: return "it is good until then"
        case .hemoglobinNeeded(let date): return "collected after the unit of \(date)"
        case .observationTooShort(let minutes, let required):
            return "\(minutes) of \(required) minutes"
        case .overrideNotAllowed(let gate, let problem): return "\(gate.rawValue): \(problem)"
        case .gateNotShut(let gate, let date):
            return "\(gate.rawValue) lets the dose pass on \(date)"
        case .signOffNeeded(let block, let problem): return "\(block.rawValue): \(problem.text)"
        case .gatesShut(let findings):
            return findings.filter(\.refusesDose).map(\.gate.rawValue).joined(separator: ", ")
        case .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased, .patientErased,
            .patientMerged, .notMerged, .attributionNotOpen, .labNotFound,
            .labAlreadyRetracted, .orderNotFound, .appointmentNotFound, .doseNotFound,
            .doseStillInProgress, .reactionNotFound, .notStable, .recheckNotOpen,
            .reviewNotOpen, .sameDayVisit, .noResuscitationCover, .alreadyOnWaitlist,
            .notOnWaitlist, .offerNotAnswered, .offerNotOpen:
            return nil
        }
    }

    /// The field that it is about, if it is about one.
    public var field: RefusedField? {
        switch self {
        case .invalidValue(let field, let problem, let accepted),
            .doseOutsideOrder(let field, let problem, let accepted):
            RefusedField(field, problem, accepted: accepted)
        case .inTheFuture(let field):
            RefusedField(field, "in the future", accepted: "now or earlier")
        case .duplicateIdentifier(let field):
            RefusedField(field, "in use already", accepted: nil)
        case .signOffNeeded(_, let problem):
            RefusedField(problem.field, problem.text, accepted: problem.accepted)
        case .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased, .patientErased,
            .patientMerged, .mergeNotPossible, .notMerged, .attributionNotOpen, .careNotEnded,
            .labNotFound, .labAlreadyRetracted, .unknownProduct, .unknownDosingRow,
            .orderNotFound, .orderNotActive, .orderFullyBooked, .hemoglobinNeeded, .sameDayVisit,
            .appointmentNotFound, .appointmentNotOpen, .siteClosed, .chairNotFound, .chairRetired,
            .chairOutOfService, .noResuscitationCover, .afterLastStart, .visitTooShort,
            .patientElsewhere, .stockShort, .capacityOverrideNotAllowed, .holdExpired,
            .holdNotExpired, .alreadyOnWaitlist,
            .notOnWaitlist, .offerNotAnswered, .offerNotOpen, .doseNotFound, .doseNotInProgress,
            .doseNotPaused, .restartNotAllowed, .doseStillInProgress, .reactionNotFound,
            .observationTooShort, .notStable, .recheckNotOpen, .reviewNotOpen,
            .overrideNotAllowed, .gateNotShut, .gatesShut:
            nil
        }
    }

    /// What neither the code nor the field says: ids, times, limits, what is accepted.
    public var members: [JSON.Member] {
        named.map { JSON.Member(name: $0.0, value: $0.1) }
    }

    private var named: [(String, JSON)] {
        switch self {
        case .unknownProduct(_, let accepted), .unknownDosingRow(_, let accepted):
            [("accepted", .array(accepted.map { .string($0) }))]
        case .labNotFound(let id), .labAlreadyRetracted(let id): [("lab", .id(id))]
        case .orderNotFound(let id), .alreadyOnWaitlist(let id), .notOnWaitlist(let id):
            [("order", .id(id))]
        case .orderNotActive(let id, let status):
            [("order", .id(id)), ("orderStatus", .string(status))]
        case .orderFullyBooked(let id, let booked, let dosesLeft):
            [
                ("order", .id(id)), ("bookedAppointments", .integer(booked)),
                ("dosesLeft", .integer(dosesLeft)),
            ]
        case .hemoglobinNeeded(let date): [("since", .date(date))]
        case .appointmentNotFound(let id), .sameDayVisit(let id), .offerNotOpen(let id):
            [("appointment", .id(id))]
        case .appointmentNotOpen(let id, let status):
            [("appointment", .id(id)), ("appointmentStatus", .string(status))]
        case .siteClosed(_, let at), .noResuscitationCover(let at): [("at", .instant(at))]
        case .chairNotFound(let chair, let accepted):
            [
                ("chair", .string(chair.name)),
                ("accepted", .array(accepted.map { .string($0) })),
            ]
        case .chairRetired(let chair, let from):
            [("chair", .string(chair.name)), ("retiredFrom", .date(from))]
        case .chairOutOfService(let chair, let at):
            [("chair", .string(chair.name)), ("at", .instant(at))]
        case .afterLastStart(let last): [("lastStart", .optional(last) { .instant($0) })]
        case .visitTooShort(_, let needed): [("neededMinutes", .integer(needed))]
        case .patientElsewhere(let id):
            [
                ("constraint", .string(OpeningConstraint.patientOverlap.rawValue)),
                ("appointment", .id(id)),
            ]
        case .stockShort(let shortage):
            [
                ("product", .string(shortage.product.name)),
                ("vials", .list(shortage.vials, \.json)),
            ]
        case .holdExpired(let id, let until), .holdNotExpired(let id, let until),
            .offerNotAnswered(let id, let until):
            [("appointment", .id(id)), ("until", .instant(until))]
        case .doseNotFound(let id), .doseStillInProgress(let id), .notStable(let id):
            [("dose", .id(id))]
        case .doseNotInProgress(let id, let status), .doseNotPaused(let id, let status):
            [("dose", .id(id)), ("doseStatus", .string(status))]
        case .restartNotAllowed(let id, let problem):
            [("dose", .id(id)), ("restart", .string(problem.code))]
        case .reactionNotFound(let id): [("reaction", .id(id))]
        case .observationTooShort(let minutes, let required):
            [("observedMinutes", .integer(minutes)), ("requiredMinutes", .integer(required))]
        case .recheckNotOpen(let id): [("recheck", .string(id.description))]
        case .reviewNotOpen(let decision): [("decision", .integer(decision.value))]
        case .overrideNotAllowed(let gate, _): [("gate", .string(gate.rawValue))]
        case .gateNotShut(let gate, let date):
            [("gate", .string(gate.rawValue)), ("date", .date(date))]
        case .signOffNeeded(let block, let problem):
            [("block", .string(block.rawValue)), ("signOff", .string(problem.code))]
        case .patientMerged(let survivor): [("survivor", .id(survivor))]
        case .mergeNotPossible(let patient, let problem):
            [("patient", .id(patient)), ("merge", .string(problem.code))]
        case .notMerged(let patient): [("patient", .id(patient))]
        case .attributionNotOpen(let event): [("event", .integer(event.value))]
        case .gatesShut(let findings): [("findings", .array(findings.map(\.json)))]
        case .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased,
            .patientErased, .careNotEnded, .capacityOverrideNotAllowed, .invalidValue,
            .doseOutsideOrder, .inTheFuture, .duplicateIdentifier:
            []
        }
    }
}
