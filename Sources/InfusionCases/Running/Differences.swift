import Infusion
import InfusionProjections

/// One line for each expectation that is not met.
func difference<Value: Equatable>(
    _ name: String, _ wanted: Value?, _ found: Value?, _ text: (Value) -> String
) -> String? {
    guard let wanted, wanted != found else { return nil }
    return "expected \(name) \(text(wanted)); came \(found.map(text) ?? "none")"
}

extension FindingExpectation {
    func differences(from finding: Finding) -> [String] {
        let main = [
            difference("verdict", verdict, finding.verdict, \.rawValue),
            difference("severity", severity, finding.severity, \.rawValue),
            difference("next", next, finding.nextStep, \.self),
            difference("from", from, finding.passesFrom, \.description),
        ].compactMap(\.self)
        let because = because.compactMap { name, value -> String? in
            let found = finding.predicates.filter { $0.name == name }.map { $0.value ?? "missing" }
            if found.contains(value) { return nil }
            let came =
                found.isEmpty
                ? "has no such predicate, but "
                    + finding.predicates.map(\.name).joined(separator: ", ")
                : "came \(found.joined(separator: ", "))"
            return "expected \(name) \(value); \(came)"
        }
        let all = main + because
        guard !main.isEmpty else { return all }
        let reasons = finding.predicates.map(\.text).joined(separator: "; ")
        return [all.joined(separator: "; ") + " (\(reasons))"]
    }
}

extension Predicate {
    /// `ferritin 12 < 30`.
    fileprivate var text: String {
        let told = holds.map { $0 ? "" : ", which it is not" } ?? ", unknown"
        return "\(name) \(value ?? "missing") \(comparison) \(threshold)\(told)"
    }
}

extension StatusExpectation {
    func differences(from status: IronStatus) -> [String] {
        [
            difference("status", classification, status.classification, \.rawValue),
            difference("eligible", eligible, status.eligibleToStart) { $0 ? "yes" : "no" },
            difference("flags", flags, status.flags) { flags in
                flags.isEmpty ? "none" : flags.map(\.rawValue).sorted().joined(separator: ", ")
            },
        ].compactMap(\.self)
    }
}

extension RecheckExpectation {
    func differences(from row: RecheckQueueRow) -> [String] {
        [
            difference("earliest", earliest, row.earliest, \.description),
            difference("due", due, row.due, \.description),
            difference("overdueAfter", overdueAfter, row.overdueAfter, \.description),
            difference("urgency", urgency, row.urgency, \.rawValue),
            difference("reason", reason, row.reason, \.self),
            difference("tests", tests, Set(row.tests)) { tests in
                tests.map(\.rawValue).sorted().joined(separator: ", ")
            },
        ].compactMap(\.self)
    }
}

extension OrderExpectation {
    func differences(from order: OrderRecord) -> [String] {
        [
            difference("status", status, order.status.rawValue, \.self),
            difference("total", total, order.order.plannedTotal, \.description),
            difference("need", need, order.order.need?.milligrams.value) { "\($0) mg" },
            difference("given", given, order.given, \.description),
            difference("whyIntravenous", whyIntravenous, order.order.whyIntravenous, \.rawValue),
        ].compactMap(\.self)
    }
}

extension OverrideExpectation {
    func differences(from record: OverrideRecord) -> [String] {
        let override = record.override
        return [
            difference("gate", gate, override.gate, \.rawValue),
            difference("severity", severity, override.asked?.severity, \.rawValue),
            difference("coSigner", coSigner, override.coSigner, \.self),
            difference("patientRisk", patientRisk, override.patientRisk, \.rawValue),
            difference("evidenceRef", evidenceRef, override.evidenceRef?.value, \.self),
            difference("evidence", evidence, override.asked?.evidence.count) { "of \($0) events" },
            difference("spent", isSpent, record.spentBy != nil) { $0 ? "yes" : "no" },
        ].compactMap(\.self)
    }
}

extension ResponseExpectation {
    func differences(from assessment: ResponseAssessment) -> [String] {
        func yesOrNo(_ flag: Bool) -> String { flag ? "yes" : "no" }
        let main = [
            difference("level", level, assessment.level, \.rawValue),
            difference("provisional", isProvisional, assessment.isProvisional, yesOrNo),
            difference("earlyTrend", isEarlyTrend, assessment.isEarlyTrend, yesOrNo),
            difference("ironReplete", isIronReplete, assessment.isIronReplete, yesOrNo),
            difference("verdicts", verdicts, assessment.verdicts.map(\.cause)) { causes in
                causes.isEmpty ? "none" : causes.map(\.rawValue).joined(separator: ", ")
            },
            difference("missing", missing, Set(assessment.missing)) { analytes in
                analytes.isEmpty
                    ? "none" : analytes.map(\.rawValue).sorted().joined(separator: ", ")
            },
            difference("missingTests", missingTests, Set(assessment.missingTests)) { tests in
                tests.isEmpty ? "none" : tests.map(\.rawValue).sorted().joined(separator: ", ")
            },
        ].compactMap(\.self)
        return main
            + next.compactMap { cause, step in
                let found = assessment.verdicts.first { $0.cause == cause }?.nextStep
                return difference("next of \(cause.rawValue)", step, found, \.self)
            }
    }
}
