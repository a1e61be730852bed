import Foundation
import Infusion
import InfusionKnowledge
import YAMLReader

/// `then`: what must come of a case.
enum ExpectationReader {
    static func read(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> Expectations {
        var map = try value.mapping(accepted: "expectations, such as {refused: gates-shut}")
        var expected = Expectations()
        if let accepted = map.optional("accepted") {
            guard try accepted.bool() else {
                throw accepted.invalid(accepted: "yes; for a refusal say refused: CODE")
            }
            expected.outcome = (.accepted, accepted)
        }
        if let refused = map.optional("refused") {
            guard expected.outcome == nil else {
                throw refused.problem("stands beside `accepted`")
            }
            expected.outcome = (try refusal(refused), refused)
        }
        if let gates = map.optional("gates") {
            for (name, member) in try gates.mapping().all {
                expected.gates.append((try gate(name, member), try finding(member), member))
            }
        }
        if let shut = map.optional("shut") {
            let gates = try shut.list { (value) throws(YAMLProblems) in try value.oneOf(Gate.self) }
            expected.shut = (Set(gates), shut)
        }
        if let statuses = map.optional("ironStatus") {
            for (name, member) in try statuses.mapping().all {
                expected.ironStatus.append((try context(name, member), try status(member), member))
            }
        }
        if let queue = map.optional("queue") {
            for (name, member) in try queue.mapping().all {
                expected.queue.append((try rule(name, member), try row(member), member))
            }
        }
        if let order = map.optional("order") {
            expected.orders.append((nil, try self.order(order), order))
        }
        if let orders = map.optional("orders") {
            for (name, member) in try orders.mapping().all {
                expected.orders.append((name, try self.order(member), member))
            }
        }
        if let visits = map.optional("visits") {
            for (name, member) in try visits.mapping().all {
                expected.visits.append((name, try member.text(), member))
            }
        }
        if let response = map.optional("response") {
            expected.response = (try self.response(response), response)
        }
        if let plan = map.optional("plan") { expected.plan = (try PlanReader.read(plan), plan) }
        if let reviews = map.optional("reviews") {
            let wanted = try reviews.list { (value) throws(YAMLProblems) in
                try value.oneOf(ReviewExpectation.self)
            }
            expected.reviews = (wanted, reviews)
        }
        if let override = map.optional("override") {
            expected.override = (try self.override(override), override)
        }
        try WaitExpectationReader.read(&map, into: &expected, times)
        try map.finish()
        guard !expected.isEmpty else {
            throw value.problem(
                "expects nothing, so that every history would do; accepted: what must come, such as"
                    + " {accepted: yes}")
        }
        return expected
    }

    /// A code, or `{code: …, field: …, constraint: …}`.
    private static func refusal(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> Expectations.Outcome {
        guard value.isMapping else {
            return .refused(code: try value.text(), field: nil, constraint: nil)
        }
        var map = try value.mapping()
        let outcome = Expectations.Outcome.refused(
            code: try map.required("code").text(), field: try map.optional("field")?.text(),
            constraint: try map.optional("constraint")?.text())
        try map.finish()
        return outcome
    }

    private static func gate(_ name: String, _ value: YAMLValue) throws(YAMLProblems) -> Gate {
        try known(name, Gate(rawValue: name), Gate.allCases.map(\.rawValue), value)
    }

    private static func context(
        _ name: String, _ value: YAMLValue
    ) throws(YAMLProblems) -> ClinicalContext {
        try known(
            name, ClinicalContext(rawValue: name), ClinicalContext.allCases.map(\.rawValue), value)
    }

    private static func rule(
        _ name: String, _ value: YAMLValue
    ) throws(YAMLProblems) -> RecheckRule {
        try known(name, RecheckRule(rawValue: name), RecheckRule.allCases.map(\.rawValue), value)
    }

    private static func known<Value>(
        _ name: String, _ value: Value?, _ accepted: [String], _ place: YAMLValue
    ) throws(YAMLProblems) -> Value {
        guard let value else {
            throw place.problem(
                "'\(name)' is not known; accepted: \(accepted.joined(separator: ", "))")
        }
        return value
    }

    /// `passed`, `blocked`, `hard blocked`, or `{verdict: …, severity: …, next: …, from: …, because: …}`.
    private static func finding(_ value: YAMLValue) throws(YAMLProblems) -> FindingExpectation {
        guard value.isMapping else {
            let words = try value.text().split(separator: " ").map(String.init)
            let accepted = "a verdict, or a severity and a verdict, such as hard blocked"
            guard let last = words.last, let verdict = Verdict(rawValue: last), words.count <= 2
            else { throw value.invalid(accepted: accepted) }
            let severity = words.count == 2 ? Severity(rawValue: words[0]) : nil
            guard words.count == 1 || severity != nil else {
                throw value.invalid(accepted: accepted)
            }
            return FindingExpectation(verdict: verdict, severity: severity)
        }
        var map = try value.mapping()
        var finding = FindingExpectation(
            verdict: try map.required("verdict").oneOf(Verdict.self),
            severity: try map.optional("severity")?.oneOf(Severity.self),
            next: try map.optional("next")?.text(), from: try map.optional("from")?.date())
        if let because = map.optional("because") {
            for (name, member) in try because.mapping().all {
                finding.because.append((name, try member.text()))
            }
        }
        try map.finish()
        return finding
    }

    /// A classification, or `{is: …, eligible: yes, flags: […]}`.
    private static func status(_ value: YAMLValue) throws(YAMLProblems) -> StatusExpectation {
        guard value.isMapping else {
            return StatusExpectation(classification: try value.oneOf(IronClassification.self))
        }
        var map = try value.mapping()
        var status = StatusExpectation(
            classification: try map.optional("is")?.oneOf(IronClassification.self),
            eligible: try map.optional("eligible")?.bool())
        if let flags = map.optional("flags") {
            status.flags = Set(
                try flags.list { (value) throws(YAMLProblems) in
                    try value.oneOf(IronStatusFlag.self)
                })
        }
        try map.finish()
        return status
    }

    /// `none`, `open`, the due date, or the row.
    private static func row(_ value: YAMLValue) throws(YAMLProblems) -> RecheckExpectation? {
        guard value.isMapping else {
            switch try value.text() {
            case "none": return nil
            case "open": return RecheckExpectation()
            case _: return RecheckExpectation(due: try value.date())
            }
        }
        var map = try value.mapping()
        var row = RecheckExpectation(
            earliest: try map.optional("earliest")?.date(), due: try map.optional("due")?.date(),
            overdueAfter: try map.optional("overdueAfter")?.date(),
            urgency: try map.optional("urgency")?.oneOf(Urgency.self),
            reason: try map.optional("reason")?.text())
        if let tests = map.optional("tests") {
            row.tests = Set(
                try tests.list { (value) throws(YAMLProblems) in try value.oneOf(Analyte.self) })
        }
        try map.finish()
        return row
    }

    /// A status, or `{status: …, total: …, need: …, given: …, whyIntravenous: …}`.
    private static func order(_ value: YAMLValue) throws(YAMLProblems) -> OrderExpectation {
        guard value.isMapping else { return OrderExpectation(status: try value.text()) }
        var map = try value.mapping()
        let order = OrderExpectation(
            status: try map.optional("status")?.text(),
            total: try map.optional("total")?.milligrams(),
            need: try map.optional("need")?.amount("mg"),
            given: try map.optional("given")?.milligrams(),
            whyIntravenous: try map.optional("whyIntravenous")?.oneOf(IntravenousReason.self))
        try map.finish()
        return order
    }

    private static func override(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> OverrideExpectation {
        var map = try value.mapping(accepted: "an override, {gate: G-DX, severity: hard}")
        let override = OverrideExpectation(
            gate: try map.optional("gate")?.oneOf(Gate.self),
            severity: try map.optional("severity")?.oneOf(Severity.self),
            coSigner: try map.optional("coSigner")?.text(),
            patientRisk: try map.optional("patientRisk")?.oneOf(PatientRisk.self),
            evidenceRef: try map.optional("evidenceRef")?.text(),
            evidence: try map.optional("evidence")?.integer(0...1_000),
            isSpent: try map.optional("spent")?.bool())
        try map.finish()
        return override
    }

    /// A level, or `{level: …, provisional: …, verdicts: […], missing: […], missingTests: […], next: {…}}`.
    private static func response(_ value: YAMLValue) throws(YAMLProblems) -> ResponseExpectation {
        guard value.isMapping else {
            return ResponseExpectation(level: try value.oneOf(ResponseLevel.self))
        }
        var map = try value.mapping()
        var response = ResponseExpectation(
            level: try map.optional("level")?.oneOf(ResponseLevel.self),
            isProvisional: try map.optional("provisional")?.bool(),
            isEarlyTrend: try map.optional("earlyTrend")?.bool(),
            isIronReplete: try map.optional("ironReplete")?.bool())
        if let verdicts = map.optional("verdicts") {
            response.verdicts = try verdicts.list { (value) throws(YAMLProblems) in
                try value.oneOf(ResponseCause.self)
            }
        }
        if let missing = map.optional("missing") {
            response.missing = Set(
                try missing.list { (value) throws(YAMLProblems) in try value.oneOf(Analyte.self) })
        }
        if let tests = map.optional("missingTests") {
            response.missingTests = Set(
                try tests.list { (value) throws(YAMLProblems) in try value.oneOf(NamedTest.self) })
        }
        if let next = map.optional("next") {
            for (name, member) in try next.mapping().all {
                let cause = try known(
                    name, ResponseCause(rawValue: name), ResponseCause.allCases.map(\.rawValue),
                    member)
                response.next.append((cause, try member.text()))
            }
        }
        try map.finish()
        return response
    }
}
