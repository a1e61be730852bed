import Foundation
import Infusion
import InfusionKnowledge

/// A clinic of the tests: its calendar, its label region, its clock.
struct Clinic {
    var zone: TimeZone
    var region: LabelRegion
    var policy = ClinicalPolicy.standard
    var actor: String?
    /// Where the visits take place that commands ask for.
    var visitPlace: VisitPlace?
    var visitSite: VisitSite?
    /// What that site has of the product of the visit.
    var stock: SiteStock?

    static func zone(_ name: String) -> TimeZone {
        guard let zone = TimeZone(identifier: name) else { preconditionFailure("no zone \(name)") }
        return zone
    }

    static let newYork = Clinic(zone: zone("America/New_York"), region: .us)
    static let rome = Clinic(zone: zone("Europe/Rome"), region: .eu)
    static let sydney = Clinic(zone: zone("Australia/Sydney"), region: .eu)

    /// `at("2026-03-02 10:30")`, or a date alone for noon, in the clinic's own time.
    func at(_ text: String) -> Instant {
        let parts = text.split(separator: " ")
        let time = (parts.count > 1 ? String(parts[1]) : "12:00").split(separator: ":").compactMap {
            Int($0)
        }
        let (year, month, day) = date(String(parts[0])).components
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let components = DateComponents(
            year: year, month: month, day: day, hour: time[0], minute: time[1])
        guard let date = calendar.date(from: components) else {
            preconditionFailure("no such time: \(text)")
        }
        return Instant(microsecondsSinceUnixEpoch: Int64(date.timeIntervalSince1970) * 1_000_000)
    }

    func context(now: Instant) -> DecisionContext {
        DecisionContext(
            now: now,
            site: SiteSettings(
                site: SiteID("north"), timeZone: zone, region: region, policy: policy),
            formulary: .standard, actor: actor, visitPlace: visitPlace, visitSite: visitSite,
            stock: stock)
    }
}

func date(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(text) else { preconditionFailure("no such date: \(text)") }
    return date
}

/// `uuid(7)`: the same for the same number, in every run.
func uuid(_ number: UInt64) -> UUID {
    let tail = String(number, radix: 16)
    let text = String(repeating: "0", count: 12 - min(12, tail.count)) + tail.suffix(12)
    guard let uuid = UUID(uuidString: "00000000-0000-4000-8000-\(text)") else {
        preconditionFailure("no uuid of \(number)")
    }
    return uuid
}

func id<Subject>(_ number: UInt64) -> Identifier<Subject> { Identifier(uuid(number)) }
func mg(_ value: Decimal) -> Milligrams { Milligrams(value) }
func decimal(_ text: String) -> Decimal {
    guard let value = Decimal(string: text, locale: nil) else {
        preconditionFailure("not a decimal")
    }
    return value
}
