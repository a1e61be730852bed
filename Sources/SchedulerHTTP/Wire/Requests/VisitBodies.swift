import Faults
import Infusion
import InfusionWire

/// `POST /v1/orders/{id}/appointments`
struct BookingBody: WireBody {
    static let members: BodyMembers = SlotBody.members
    let id: AppointmentID?
    let slot: AppointmentSlot
    let override: CapacityOverrideBody?

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (id, slot, override) = try allRead(
            reading(try reader.optional("id", .id())),
            reading(try SlotBody(from: &reader).slot),
            reading(try reader.optional("override", .object(CapacityOverrideBody.self))))
    }
}

/// `POST /v1/appointments/{id}/move`
struct MoveBody: WireBody {
    static let members: BodyMembers = SlotBody.members
    let slot: AppointmentSlot
    let override: CapacityOverrideBody?

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (slot, override) = try allRead(
            reading(try SlotBody(from: &reader).slot),
            reading(try reader.optional("override", .object(CapacityOverrideBody.self))))
    }
}

/// Who answers for what the site's plan does not bear: the caller, in the role of their token.
struct CapacityOverrideBody: WireBody {
    private let rules: Set<CapacityRule>
    private let reason: CapacityReason

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (rules, reason) = try allRead(
            reading(
                Set(
                    try reader.required(
                        "rules",
                        .array(
                            of: .oneOf(CapacityRule.self), count: 1...CapacityRule.allCases.count)))
            ),
            reading(try reader.required("reason", .oneOf(CapacityReason.self))))
    }

    func by(_ role: ClinicalRole) -> CapacityOverride {
        CapacityOverride(rules: rules, reason: reason, role: role)
    }
}

/// A chair and a time, the fields of every booking.
struct SlotBody: WireBody {
    static let members: BodyMembers = [
        "slot": "", "slot.start": "start", "slot.end": "end", "slot.site": "site",
        "slot.chair": "chair",
    ]
    let slot: AppointmentSlot
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (site, chair, start, end) = try allRead(
            reading(try reader.required("site", .site)),
            reading(try reader.required("chair", .chair)),
            reading(try reader.required("start", .instant)),
            reading(try reader.required("end", .instant)))
        slot = AppointmentSlot(site: site, chair: chair, start: start, end: end)
    }
}

/// `POST /v1/orders/{id}/holds`
struct SlotHoldBody: WireBody {
    static let members: BodyMembers = SlotBody.members
    let id: AppointmentID?
    let slot: AppointmentSlot
    let minutes: Int
    let override: CapacityOverrideBody?

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (id, slot, minutes, override) = try allRead(
            reading(try reader.optional("id", .id())),
            reading(try SlotBody(from: &reader).slot),
            reading(try reader.required("minutes", .integer(InfusionLimits.holdMinutes))),
            reading(try reader.optional("override", .object(CapacityOverrideBody.self))))
    }
}

/// `POST /v1/appointments/{id}/confirm` and `no-show`: the visit is in the path, and its time is agreed. What is
/// said of them is no member of the body.
struct AgreedVisitBody: WireBody {
    static let members: BodyMembers = [
        "slot": "", "slot.start": "", "slot.end": "", "slot.site": "", "slot.chair": "",
    ]
    init(from reader: inout ObjectReader) throws(FieldProblems) {}
}

/// `POST /v1/appointments/{id}/arrive`
struct ArrivalBody: WireBody {
    static let members: BodyMembers = ["at": "arrivedAt"]
    let arrivedAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        arrivedAt = try reader.required("arrivedAt", .instant)
    }
}

/// `POST /v1/appointments/{id}/begin`
struct VisitStartBody: WireBody {
    static let members: BodyMembers = ["at": "begunAt"]
    let begunAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        begunAt = try reader.required("begunAt", .instant)
    }
}

/// `POST /v1/orders/{id}/doses`
struct DoseStartBody: WireBody {
    static let members: BodyMembers = ["at": "startedAt"]
    let id: DoseID?
    let appointment: AppointmentID?
    let planned: Milligrams
    let startedAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (id, appointment, planned, startedAt) = try allRead(
            reading(try reader.optional("id", .id())),
            reading(try reader.optional("appointment", .id())),
            reading(try reader.required("planned", .milligrams)),
            reading(try reader.required("startedAt", .instant)))
    }
}

/// `POST /v1/doses/{id}/pause`
struct DosePauseBody: WireBody {
    static let members: BodyMembers = ["at": "pausedAt"]
    let reason: StopReason
    let pausedAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (reason, pausedAt) = try allRead(
            reading(try reader.required("reason", .oneOf(StopReason.self))),
            reading(try reader.required("pausedAt", .instant)))
    }
}

/// `POST /v1/doses/{id}/resume`
struct DoseResumeBody: WireBody {
    static let members: BodyMembers = ["at": "resumedAt"]
    let ratePercent: Int
    let resolved: Bool
    let resumedAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (ratePercent, resolved, resumedAt) = try allRead(
            reading(
                try reader.required("ratePercent", .integer(InfusionLimits.resumedRatePercent))),
            reading(try reader.required("resolved", .boolean)),
            reading(try reader.required("resumedAt", .instant)))
    }

    func command(id: DoseID, role: ClinicalRole) -> PatientCommand {
        .resumeDose(
            DoseResumed(id: id, ratePercent: ratePercent, isResolved: resolved, role: role),
            at: resumedAt)
    }
}

/// `POST /v1/doses/{id}/complete`
struct DoseEndBody: WireBody {
    static let members: BodyMembers = ["at": "endedAt"]
    let given: Milligrams
    let lot: LotNumber
    let expiry: CalendarDate
    let endedAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (given, lot, expiry, endedAt) = try allRead(
            reading(try reader.required("given", .milligramsOrNone)),
            reading(LotNumber(try reader.required("lot", .text(1...InfusionLimits.lotCharacters)))),
            reading(try reader.required("expiry", .date)),
            reading(try reader.required("endedAt", .instant)))
    }

    func end(of dose: DoseID) -> EndDose {
        EndDose(id: dose, given: given, lot: lot, expiry: expiry, at: endedAt)
    }
}

/// `POST /v1/doses/{id}/stop`
struct DoseStopBody: WireBody {
    static let members: BodyMembers = DoseEndBody.members
    let end: DoseEndBody
    let reason: StopReason
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (end, reason) = try allRead(
            reading(try DoseEndBody(from: &reader)),
            reading(try reader.required("reason", .oneOf(StopReason.self))))
    }
}

/// `POST /v1/doses/{id}/discharge`, and `POST /v1/appointments/{id}/discharge`
struct DischargeBody: WireBody {
    static let members: BodyMembers = ["at": "dischargedAt"]
    let stable: Bool
    let dischargedAt: Instant
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (stable, dischargedAt) = try allRead(
            reading(try reader.required("stable", .boolean)),
            reading(try reader.required("dischargedAt", .instant)))
    }
}

/// `POST /v1/doses/{id}/reactions`
struct ReactionBody: WireBody {
    static let members: BodyMembers = ["at": "observedAt"]
    let id: ReactionID?
    let kind: ReactionKind
    let grade: ReactionGrade
    let onsetMinute: Int?
    let deliveredAtOnset: Milligrams?
    let course: ReactionCourse
    let observedAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (id, kind, grade, onsetMinute, deliveredAtOnset, course, observedAt) = try allRead(
            reading(try reader.optional("id", .id())),
            reading(try reader.required("kind", .oneOf(ReactionKind.self))),
            reading(try Self.grade(&reader)),
            reading(try reader.optional("onsetMinute", .integer(InfusionLimits.onsetMinutes))),
            reading(try reader.optional("deliveredAtOnset", .milligramsOrNone)),
            reading(try Self.course(&reader)),
            reading(try reader.required("observedAt", .instant)))
    }

    private static func course(
        _ reader: inout ObjectReader
    ) throws(FieldProblems) -> ReactionCourse {
        let (rate, scale, actions, outcome) = try allRead(
            reading(try reader.optional("rate", .millilitersPerHour)),
            reading(try reader.optional("gradeScale", .oneOf(GradeScale.self))),
            reading(
                try reader.optional(
                    "actions",
                    .array(
                        of: .oneOf(ReactionAction.self), count: 0...ReactionAction.allCases.count)
                )),
            reading(try reader.optional("outcome", .oneOf(ReactionOutcome.self))))
        return ReactionCourse(
            rate: rate, gradeScale: scale, actions: Set(actions ?? []), outcome: outcome)
    }

    /// CTCAE 1 to 5; absent or null is "not graded yet".
    fileprivate static func grade(
        _ reader: inout ObjectReader
    ) throws(FieldProblems) -> ReactionGrade {
        guard let grade = try reader.optional("grade", .integer(1...5)) else { return .ungraded }
        return .ctcae(grade)
    }

    func reaction(id: ReactionID, dose: DoseID) -> Reaction {
        Reaction(
            id: id, dose: dose, kind: kind, grade: grade, onsetMinute: onsetMinute,
            deliveredAtOnset: deliveredAtOnset, course: course)
    }
}

/// `POST /v1/reactions/{id}/regrade`
struct RegradeBody: WireBody {
    static let members = SignOffBody.members
    let grade: ReactionGrade
    let signOff: SignOffBody
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (grade, signOff) = try allRead(
            reading(.ctcae(try reader.required("grade", .integer(1...5)))),
            reading(try SignOffBody(from: &reader)))
    }
}
