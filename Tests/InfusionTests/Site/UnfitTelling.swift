import Foundation
import Infusion
import Testing

extension Story {
    /// What a command does to the patient's visits 1 to 20 that stay booked: `number reason gates`, by their start.
    func unfit(
        by command: PatientCommand, at time: String, isOpened: Bool = true,
        raised: RaisedGates = .none, sourceLocation: SourceLocation = #_sourceLocation
    ) -> [String] {
        var after = self
        after.does(command, at: time, sourceLocation: sourceLocation)
        let plain = clinic.context(now: clinic.at(time))
        let course = UnfitCourse(
            before: state, after: after.state,
            in: DecisionContext(
                now: plain.now,
                site: SiteSettings(
                    site: plain.site.site, timeZone: plain.site.timeZone,
                    region: plain.site.region, policy: plain.site.policy, raisedGates: raised),
                formulary: plain.formulary))
        let named = Dictionary(
            uniqueKeysWithValues: (1...20).map { (id($0) as AppointmentID, $0 as UInt64) })
        let place = UnfitCourse.Place(timeZone: clinic.zone, isOpened: isOpened)
        return course.unfit(at: [SiteID("north"): place]).map { visit in
            (["\(named[visit.appointment] ?? 0)", visit.reason.rawValue]
                + visit.gates.map(\.rawValue)).joined(separator: " ")
        }
    }
}
