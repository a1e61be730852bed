import Foundation

/// Why an override that was given, and has neither ended nor been spent, counts no more. It is of the
/// facts that its gate was shut by when it was given, and of no others (facts §10.2 `inputsHash`, §10.1
/// (12); what exactly counts is ED, and stands here alone).
///
/// It counts as long as all of this is so:
///
/// 1. The gate rests on no event that it did not rest on then, and on no result that was corrected or
///    retracted since. A newer fact is another event, also where it says the same; so is what a merge
///    carries over, and what is read again because a newer one has gone. Who the patient is, is not among
///    them: of an identity gates read the age and the sex, which their comparisons say.
/// 2. Whatever shuts the gate now shut it then: the same comparison, with the same value against the same
///    threshold. A number may have come nearer to what is wanted, as where the dose is smaller, and may not
///    be further from it, as where the dose is larger or the visit was moved towards another.
/// 3. The gate is shut no harder than it was then, and it is signed for a gate that is shut so hard.
///
/// That days pass is none of it: a count of days that was too high may become higher. Where a fact was
/// new enough then, and is too old now, its age shuts the gate by a comparison that did not shut it then.
public enum OverrideVoid: String, Hashable, Sendable, CaseIterable {
    /// Its event does not say what the gate rested on: it was given before that was written down.
    case factsNotKept = "facts-not-kept"
    /// The gate rests on other events, or on a result that was corrected or retracted.
    case otherFacts = "other-facts"
    /// Something shuts the gate that did not, or did less.
    case otherReasons = "other-reasons"
    /// The gate is shut harder than it was, or than its signatures open.
    case shutHarder = "shut-harder"

    /// `nil` where it counts.
    init?(_ record: OverrideRecord, for finding: Finding, in state: PatientState) {
        let override = record.override
        let severity = finding.severity
        let isHarder = override.asked.map { $0.severity.rank < severity.rank } ?? false
        if isHarder
            || !Overrides.suffices(
                role: override.role, coSigner: override.coSigner, for: severity)
        {
            self = .shutHarder
            return
        }
        guard let asked = override.asked, asked.isBound else {
            self = .factsNotKept
            return
        }
        let evidence = Set(asked.evidence)
        let identity = state.registration?.version
        let isOther =
            finding.predicates.flatMap(\.evidence).contains {
                $0 != identity && !evidence.contains($0)
            }
            || state.labs.contains { ChangedResult(of: $0, read: evidence) != nil }
        if isOther {
            self = .otherFacts
            return
        }
        let isCovered = finding.reasons.allSatisfy { reason in
            asked.predicates?.contains { $0.coversAsReason(reason) } ?? true
        }
        if isCovered { return nil }
        self = .otherReasons
    }
}

extension AskedGate {
    /// Whether it says what the gate rested on. Earlier releases kept the events alone: by them it is
    /// judged, and where there are none nobody knows what the person saw.
    fileprivate var isBound: Bool { predicates != nil || !evidence.isEmpty }
}

extension Finding {
    /// The comparisons that shut the gate.
    fileprivate var reasons: [Predicate] { predicates.filter { $0.holds != true } }
}

extension Predicate {
    /// Whether who took responsibility for this reason took it for `now`, too, which rests on no other
    /// event.
    fileprivate func coversAsReason(_ now: Predicate) -> Bool {
        guard name == now.name, unit == now.unit, comparison == now.comparison, holds == now.holds
        else { return false }
        if value == now.value, threshold == now.threshold { return true }
        guard let value, let later = now.value else { return false }
        // A date against a limit that moves along with the day that is asked about.
        if CalendarDate(value) != nil { return value == later }
        guard threshold == now.threshold else { return false }
        if let before = Age(value), let after = Age(later) {
            return (0...Self.birthdays).contains(after.months - before.months)
        }
        guard let before = value.number, let after = later.number,
            let wanted = IronThreshold.Comparison(rawValue: comparison)
        else { return false }
        return switch wanted {
        case .atLeast, .above: after >= before
        case .below, .atMost: after <= before || unit == Self.day
        }
    }

    private static let day = "d"
    /// The monthly birthdays that the longest override holds for: the patient's age grows, and says by
    /// nothing else that their birth date is still the same.
    private static let birthdays = InfusionLimits.overrideDays / 28 + 1
}

extension Age {
    /// As its description has it.
    fileprivate init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let count = Int(parts[0]) else { return nil }
        switch parts[1] {
        case "years": self = .years(count)
        case "months": self = .months(count)
        default: return nil
        }
    }
}

extension String {
    /// The number that it is, all of it.
    fileprivate var number: Decimal? {
        Decimal(string: self).flatMap { "\($0)" == self ? $0 : nil }
    }
}
