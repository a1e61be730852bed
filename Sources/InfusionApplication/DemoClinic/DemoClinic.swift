import EventStore
import Foundation
public import Infusion

/// A made-up clinic for trying things out: the same seed and end date give the same commands.
///
/// Every pathway is present: courses that work, the infusion that seems not to, oncology, metastatic
/// breast cancer with transfusions, heart failure, dialysis, pregnancy, bowel disease, surgery, reactions,
/// infections, no-shows, corrected and retracted results. No person in it exists.
public struct DemoClinic: Sendable {
    public static let defaultPatients = 200
    public static let defaultSeed: UInt64 = 20_260_401
    /// The clinic's history before the end date; days.
    public static let days = 365
    public static let identifierSystem = "urn:ferrovia:demo"

    let seed: UInt64
    let patients: Int
    let site: ClinicSite
    let lastDay: CalendarDate

    public init(seed: UInt64, patients: Int, site: ClinicSite, lastDay: CalendarDate) {
        self.seed = seed
        self.patients = patients
        self.site = site
        self.lastDay = lastDay
    }

    /// All commands in the order of their time; those of one patient keep their order.
    public func steps() -> [DemoStep] {
        let end = DemoCalendar(zone: site.timeZone).instant(lastDay, hour: 23)
        var all: [DemoStep] = []
        for index in 0..<patients {
            var random = DemoRandom(seed: seed &+ UInt64(index) &* 7_919)
            var writer = DemoPatient(index: index, site: site, lastDay: lastDay, random: &random)
            writer.live()
            all += writer.steps.filter { $0.at <= end }
        }
        return all.enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }
}

/// Clinic-local days and hours as instants.
struct DemoCalendar {
    let zone: TimeZone

    func instant(_ date: CalendarDate, hour: Int, minute: Int = 0) -> Instant {
        let guess = Instant(
            microsecondsSinceUnixEpoch: Int64(date.dayNumber) * 86_400_000_000
        ).adding(minutes: Int64(hour * 60 + minute))
        let seconds = Double(guess.microsecondsSinceUnixEpoch) / 1_000_000
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
        return guess.adding(seconds: Int64(-offset))
    }
}
