import Foundation

/// What the recheck rules read: every fact known, whenever it was true.
struct RecheckView {
    let picture: ClinicalPicture
    var state: PatientState { picture.state }
    var policy: ClinicalPolicy { picture.context.site.policy }

    init(state: PatientState, context: DecisionContext) {
        picture = ClinicalPicture(
            state: state, context: context, at: Instant(microsecondsSinceUnixEpoch: .max))
    }

    func isClosedByPerson(_ id: RecheckID) -> Bool { state.rechecksClosedByPerson.contains(id) }

    /// Urgency ladder of facts §6: haemoglobin below 7 emergency, below 8 urgent.
    static func urgency(ofHemoglobin value: LabValue) -> Urgency {
        let range = ReportedRange(value.canonical, value.comparator)
        if range.isBelow(7) == true { return .emergency }
        return range.isBelow(8) == true ? .urgent : .routine
    }

    /// Urgency ladder of facts §6: phosphate below 1.0 mg/dL emergency, below 2.0 urgent.
    static func urgency(ofPhosphate value: LabValue) -> Urgency {
        let range = ReportedRange(value.canonical, value.comparator)
        if range.isBelow(1) == true { return .emergency }
        return range.isBelow(2) == true ? .urgent : .routine
    }

    /// The last haemoglobin's urgency: invalid for a verdict or not, it is valid for safety.
    var hemoglobinUrgency: Urgency {
        picture.latest(.hemoglobin).map { Self.urgency(ofHemoglobin: $0.value) } ?? .routine
    }
}

/// Days after the anchor that a rule asks for, both ends included (facts §6).
struct RecheckWindow {
    let earliest: Int
    let due: Int
    let overdueAfter: Int

    /// R2: from +14 d, overdue after +35 d.
    static let hemoglobinTrend = RecheckWindow(earliest: 14, due: 14, overdueAfter: 35)
    /// R3: "no earlier than 4 weeks post final administration", +28–56 d, overdue after +63 d.
    static let hemoglobinResponse = RecheckWindow(earliest: 28, due: 28, overdueAfter: 63)
    /// R5: from +10 d, the nadir at about +14 d, overdue after +28 d.
    static let phosphate = RecheckWindow(earliest: 10, due: 14, overdueAfter: 28)

    /// R4: as R3, overdue after +84 d; after small doses a result counts from +7 d.
    static func ironStores(earliest: Int) -> RecheckWindow {
        RecheckWindow(earliest: earliest, due: 28, overdueAfter: 84)
    }
}

/// The event a recheck counts from.
struct RecheckAnchor {
    enum Kind { case dose, transfusion }
    let kind: Kind
    let version: EventVersion
    let at: Instant
    let date: CalendarDate
}
