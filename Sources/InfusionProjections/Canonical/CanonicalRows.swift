import EventStore
import Infusion
import InfusionJournal

/// A row in its canonical encoding, named: one line of JSON, every column under its name, keys
/// ascending, positions instead of clocks and serial numbers.
///
/// inline = asynchronous = rebuilt is a statement about these lines, in key order.
public struct CanonicalRow: Hashable, Sendable, CustomStringConvertible {
    /// What the row is about, without what it says: for naming a row that differs.
    public let key: String
    public let line: [UInt8]

    public var description: String { String(decoding: line, as: UTF8.self) }

    init(_ key: String, _ fields: (inout CanonicalJSONWriter) -> Void) {
        self.key = key
        var writer = CanonicalJSONWriter()
        writer.object(fields)
        line = writer.bytes
    }
}

extension PatientRows {
    /// All rows of one projection, in key order.
    public func canonical(_ projection: ProjectionName) -> [CanonicalRow] {
        switch projection {
        case .patientState: state.map { [CanonicalRow($0)] } ?? []
        case .recheckQueue: rechecks.sorted(by: <).map(CanonicalRow.init)
        case .appointments: appointments.sorted(by: <).map(CanonicalRow.init)
        case .subjectReferences: references.values.sorted(by: <).map(CanonicalRow.init)
        case .waitlist: waitlist.sorted(by: <).map(CanonicalRow.init)
        case .doseReport: []
        }
    }
}

extension CanonicalRow {
    public init(_ row: PatientStateRow) {
        self.init("\(row.patient)") {
            $0.field("document", String(decoding: row.document, as: UTF8.self))
            $0.field("foldVersion", row.foldVersion)
            $0.field("patient", row.patient)
            $0.field("position", row.position)
            $0.field("site", row.site.name)
            $0.field("version", EventVersion(row.version.value))
        }
    }

    public init(_ row: RecheckQueueRow) {
        self.init("\(row.patient) \(row.recheck) \(row.opened)") {
            $0.field("closed", row.closed)
            $0.field("closedReason", row.closedReason)
            $0.field("due", row.due)
            $0.field("earliest", row.earliest)
            $0.key("evidence")
            $0.array(row.evidence) { $0.integer($1.value) }
            $0.field("opened", row.opened)
            $0.field("overdueAfter", row.overdueAfter)
            $0.field("patient", row.patient)
            $0.field("reason", row.reason)
            $0.field("recheck", row.recheck.description)
            $0.field("ruleVersion", row.ruleVersion)
            $0.field("site", row.site.name)
            $0.field("tests", row.tests.map(\.rawValue))
            $0.field("urgency", row.urgency.rawValue)
        }
    }

    public init(_ row: AppointmentRow) {
        self.init("\(row.patient) \(row.appointment) \(row.opened)") {
            $0.field("appointment", row.appointment)
            $0.field("chair", row.slot.chair.name)
            $0.field("closed", row.closed)
            $0.field("end", row.slot.end)
            $0.field("heldUntil", row.heldUntil)
            $0.field("opened", row.opened)
            $0.field("order", row.order)
            $0.field("overridden", row.isOverridden)
            $0.field("patient", row.patient)
            $0.field("site", row.slot.site.name)
            $0.field("start", row.slot.start)
            $0.field("status", row.status.rawValue)
            $0.field("stock", row.stock?.rowText)
        }
    }

    public init(_ row: WaitlistRow) {
        self.init("\(row.patient) \(row.order) \(row.opened)") {
            $0.field("closed", row.closed)
            $0.field("due", row.due)
            $0.field("earliest", row.request.earliest)
            $0.field("hours", row.request.hours?.description)
            $0.field("latest", row.request.latest)
            $0.field("minutes", row.request.minutes)
            $0.field("noticeHours", row.request.noticeHours)
            $0.field("offer", row.offer?.appointment)
            $0.field("offerUntil", row.offer?.until)
            $0.field("opened", row.opened)
            $0.field("order", row.order)
            $0.field("patient", row.patient)
            $0.field("since", row.since)
            $0.field("site", row.request.site?.name)
            $0.field("status", row.status.rawValue)
            $0.field("urgency", row.urgency.rawValue)
            $0.field(
                "weekdays", Weekday.allCases.filter(row.request.weekdays.contains).map(\.rawValue))
        }
    }

    public init(_ row: SubjectReferenceRow) {
        self.init("\(row.patient) \(row.reference.kind.rawValue) \(row.reference.id.lowercased)") {
            $0.field("id", row.reference.id.lowercased)
            $0.field("kind", row.reference.kind.rawValue)
            $0.field("opened", row.opened)
            $0.field("patient", row.patient)
        }
    }

    public init(_ share: DoseReportShare) {
        self.init("\(share.patient) \(share.key)") {
            $0.write(share.key, share.counts, of: share.patient)
        }
    }

    public init(_ row: DoseReportRow) {
        self.init("\(row.key)") { $0.write(row.key, row.counts, of: nil) }
    }
}

extension CanonicalJSONWriter {
    fileprivate mutating func write(
        _ key: DoseReportKey, _ counts: DoseReportCounts, of patient: PatientID?
    ) {
        field("courses", counts.courses)
        field("coursesWithResponse", counts.coursesWithResponse)
        field("dosesCompleted", counts.dosesCompleted)
        field("dosesStarted", counts.dosesStarted)
        field("dosesStopped", counts.dosesStopped)
        field("hemoglobinRise", counts.hemoglobinRise)
        field("milligramsGiven", counts.milligramsGiven)
        field("month", key.month.description)
        field("patient", patient)
        field("product", key.product.name)
        field("reactionsGrade1", counts.reactionsGrade1)
        field("reactionsGrade2", counts.reactionsGrade2)
        field("reactionsGrade3", counts.reactionsGrade3)
        field("reactionsGrade4", counts.reactionsGrade4)
        field("reactionsGrade5", counts.reactionsGrade5)
        field("reactionsUngraded", counts.reactionsUngraded)
        field("site", key.site.name)
    }
}
