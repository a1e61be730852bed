import ArgumentParser
import Infusion

/// A row of the queue by its id, `<patient>.R3-17`.
struct RecheckReference {
    let patient: PatientID
    let recheck: RecheckID
}

extension RecheckReference: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let patient = PatientID(String(parts[0])) else { return nil }
        let name = parts[1].split(separator: "-", omittingEmptySubsequences: false)
        guard name.count == 2, let rule = RecheckRule(rawValue: String(name[0])),
            let anchor = Int64(name[1])
        else { return nil }
        self.init(patient: patient, recheck: RecheckID(rule: rule, anchor: EventVersion(anchor)))
    }
}
