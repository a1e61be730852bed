public import Foundation
public import Infusion

/// A month of the calendar, as clinic-local dates fall into it.
public struct CalendarMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Months since year 0; January of year 1 is 12.
    public let number: Int
    public init(_ date: CalendarDate) {
        let (year, month, _) = date.components
        number = year * 12 + month - 1
    }
    public static func < (left: CalendarMonth, right: CalendarMonth) -> Bool {
        left.number < right.number
    }
    /// The first day; the month's key in the database.
    public var start: CalendarDate? {
        CalendarDate(year: number / 12, month: number % 12 + 1, day: 1)
    }
    /// `2026-03`.
    public var description: String { start.map { String($0.description.prefix(7)) } ?? "\(number)" }
}

/// What a line of the report is about.
public struct DoseReportKey: Hashable, Sendable, CustomStringConvertible {
    /// The product that was started.
    public let product: ProductKey
    /// Where the chair stood: the site of the dose's appointment, or the patient's site without
    /// one.
    public let site: SiteID
    /// The month of the clinic-local date on which the dose was started.
    public let month: CalendarMonth
    public init(product: ProductKey, site: SiteID, month: CalendarMonth) {
        self.product = product
        self.site = site
        self.month = month
    }
    public var description: String { "\(product) \(site) \(month)" }
}

/// The figures of one line. All of them add up: the report is the sum over patients.
public struct DoseReportCounts: Hashable, Sendable {
    /// Doses started in the month; each of the next two is a part of these, whenever it ended.
    public var dosesStarted = 0
    public var dosesCompleted = 0
    public var dosesStopped = 0
    /// What these doses gave, in milligrams of iron, stopped ones included. A running dose gives
    /// nothing.
    public var milligramsGiven: Decimal = 0
    /// Reactions to these doses by their present grade: not graded, then CTCAE 1 to 5.
    public var reactionsUngraded = 0
    public var reactionsGrade1 = 0
    public var reactionsGrade2 = 0
    public var reactionsGrade3 = 0
    public var reactionsGrade4 = 0
    public var reactionsGrade5 = 0
    /// Courses whose last dose so far was started in the month. A course is the doses of one order
    /// that gave more than 0 mg; its line is that of its last dose.
    public var courses = 0
    /// Those courses that have both a baseline and a follow-up haemoglobin; see
    /// ``DoseReportProjection``.
    public var coursesWithResponse = 0
    /// The sum of follow-up minus baseline over those courses, in g/dL; may be negative.
    public var hemoglobinRise: Decimal = 0

    public init() {}

    public static func += (left: inout DoseReportCounts, right: DoseReportCounts) {
        left.dosesStarted += right.dosesStarted
        left.dosesCompleted += right.dosesCompleted
        left.dosesStopped += right.dosesStopped
        left.milligramsGiven += right.milligramsGiven
        left.reactionsUngraded += right.reactionsUngraded
        left.reactionsGrade1 += right.reactionsGrade1
        left.reactionsGrade2 += right.reactionsGrade2
        left.reactionsGrade3 += right.reactionsGrade3
        left.reactionsGrade4 += right.reactionsGrade4
        left.reactionsGrade5 += right.reactionsGrade5
        left.courses += right.courses
        left.coursesWithResponse += right.coursesWithResponse
        left.hemoglobinRise += right.hemoglobinRise
    }
}

/// One line of the report.
public struct DoseReportRow: Hashable, Sendable {
    public let key: DoseReportKey
    public let counts: DoseReportCounts
    public init(key: DoseReportKey, counts: DoseReportCounts) {
        self.key = key
        self.counts = counts
    }
}

/// What one patient adds to one line: the report's source, kept so that a change of one patient
/// changes exactly the lines it concerns.
public struct DoseReportShare: Hashable, Sendable {
    public let patient: PatientID
    public let key: DoseReportKey
    public let counts: DoseReportCounts
    public init(patient: PatientID, key: DoseReportKey, counts: DoseReportCounts) {
        self.patient = patient
        self.key = key
        self.counts = counts
    }
}
