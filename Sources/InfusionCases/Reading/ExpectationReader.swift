import Faults
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
        _ = try allRead(
            reading(try outcome(&map, into: &expected)), reading(try gates(&map, into: &expected)),
            reading(try facts(&map, into: &expected)), reading(try orders(&map, into: &expected)),
            reading(try decisions(&map, into: &expected)),
            reading(try WaitExpectationReader.read(&map, into: &expected, times)),
            reading(try map.finish()))
        guard !expected.isEmpty else {
            throw value.problem(
                "expects nothing, so that every history would do; accepted: what must come, such as"
                    + " {accepted: yes}")
        }
        return expected
    }

    /// What the last step came to.
    private static func outcome(
        _ map: inout YAMLMapping, into expected: inout Expectations
    ) throws(YAMLProblems) {
        let accepted = map.optional("accepted")
        let refused = map.optional("refused")
        let told = try allRead(
            reading(try accepted.map(Self.accepted)), reading(try refused.map(refusal)))
        if let refused, accepted != nil { throw refused.problem("stands beside `accepted`") }
        if let accepted, let outcome = told.0 { expected.outcome = (outcome, accepted) }
        if let refused, let outcome = told.1 { expected.outcome = (outcome, refused) }
    }

    private static func accepted(_ value: YAMLValue) throws(YAMLProblems) -> Expectations.Outcome {
        guard try value.bool() else {
            throw value.invalid(accepted: "yes; for a refusal say refused: CODE")
        }
        return .accepted
    }

    /// What it was told by the gates.
    private static func gates(
        _ map: inout YAMLMapping, into expected: inout Expectations
    ) throws(YAMLProblems) {
        let gates = map.optional("gates")
        let shut = map.optional("shut")
        let told = try allRead(
            reading(try gates.map(Self.gates) ?? []),
            reading(
                try shut?.list { (value) throws(YAMLProblems) in try value.oneOf(Gate.self) }))
        expected.gates = told.0
        if let shut, let gates = told.1 { expected.shut = (Set(gates), shut) }
    }

    private static func gates(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> [(gate: Gate, finding: FindingExpectation, place: YAMLValue)] {
        try value.members { (name, member) throws(YAMLProblems) in
            let told = try allRead(reading(try gate(name, member)), reading(try finding(member)))
            return (told.0, told.1, member)
        }
    }

    /// What is then known of the patient: their iron, what is to be looked at, how iron was answered.
    private static func facts(
        _ map: inout YAMLMapping, into expected: inout Expectations
    ) throws(YAMLProblems) {
        let response = map.optional("response")
        let told = try allRead(
            reading(try map.optional("ironStatus").map(ironStatus) ?? []),
            reading(try map.optional("queue").map(queue) ?? []),
            reading(try response.map(Self.response)))
        expected.ironStatus = told.0
        expected.queue = told.1
        if let response, let wanted = told.2 { expected.response = (wanted, response) }
    }

    private static func ironStatus(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> [(
        context: ClinicalContext, status: StatusExpectation, place: YAMLValue
    )] {
        try value.members { (name, member) throws(YAMLProblems) in
            let told = try allRead(reading(try context(name, member)), reading(try status(member)))
            return (told.0, told.1, member)
        }
    }

    private static func queue(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> [(rule: RecheckRule, row: RecheckExpectation?, place: YAMLValue)] {
        try value.members { (name, member) throws(YAMLProblems) in
            let told = try allRead(reading(try rule(name, member)), reading(try row(member)))
            return (told.0, told.1, member)
        }
    }

    /// What became of orders and visits, and what is still to come.
    private static func orders(
        _ map: inout YAMLMapping, into expected: inout Expectations
    ) throws(YAMLProblems) {
        typealias Named = (name: String?, order: OrderExpectation, place: YAMLValue)
        typealias Visit = (name: String, status: String, place: YAMLValue)
        let last = map.optional("order")
        let plan = map.optional("plan")
        let unfit = map.optional("unfit")
        let orders = reading(
            try map.optional("orders")?.members { (name, member) throws(YAMLProblems) -> Named in
                (name, try order(member), member)
            } ?? [])
        let visits = reading(
            try map.optional("visits")?.members { (name, member) throws(YAMLProblems) -> Visit in
                (name, try member.text(), member)
            } ?? [])
        let told = try allRead(
            reading(try last.map(order)), orders, visits, reading(try plan.map(PlanReader.read)),
            reading(try unfit?.list { (value) throws(YAMLProblems) in try value.text() }))
        if let last, let wanted = told.0 { expected.orders.append((nil, wanted, last)) }
        expected.orders += told.1
        expected.visits = told.2
        if let plan, let wanted = told.3 { expected.plan = (wanted, plan) }
        if let unfit, let wanted = told.4 { expected.unfit = (wanted, unfit) }
    }

    /// What waits for a person, and what a person overrode.
    private static func decisions(
        _ map: inout YAMLMapping, into expected: inout Expectations
    ) throws(YAMLProblems) {
        let reviews = map.optional("reviews")
        let override = map.optional("override")
        let told = try allRead(
            reading(
                try reviews?.list { (value) throws(YAMLProblems) in
                    try value.oneOf(ReviewExpectation.self)
                }), reading(try override.map(Self.override)))
        if let reviews, let wanted = told.0 { expected.reviews = (wanted, reviews) }
        if let override, let wanted = told.1 { expected.override = (wanted, override) }
    }

    /// A code, or `{code: …, field: …, constraint: …}`.
    private static func refusal(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> Expectations.Outcome {
        guard value.isMapping else {
            return .refused(code: try code(value), field: nil, constraint: nil)
        }
        var map = try value.mapping()
        let told = try allRead(
            reading(try code(try map.required("code"))), reading(try map.optional("field")?.text()),
            reading(try map.optional("constraint")?.text()), reading(try map.finish()))
        return .refused(code: told.0, field: told.1, constraint: told.2)
    }

    /// Of `docs/errors.md`: one that there is not would be expected for ever.
    private static func code(_ value: YAMLValue) throws(YAMLProblems) -> String {
        let codes = RefusalCode.allCases.map(\.rawValue) + [CaseRefusal.invalidBody]
        let name = try value.text(accepted: "the code of a refusal")
        guard codes.contains(name) else {
            let accepted = Spelling.nearest(to: name, of: codes)
            throw value.invalid(accepted: "one of " + accepted.joined(separator: ", "))
        }
        return name
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

    static func known<Value>(
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
        typealias Reason = (name: String, value: String)
        let because = reading(
            try map.optional("because")?.members { (name, member) throws(YAMLProblems) -> Reason in
                (name, try member.text())
            } ?? [])
        let told = try allRead(
            reading(try map.required("verdict").oneOf(Verdict.self)),
            reading(try map.optional("severity")?.oneOf(Severity.self)),
            reading(try map.optional("next")?.text()),
            reading(try map.optional("from")?.date()), because, reading(try map.finish()))
        return FindingExpectation(
            verdict: told.0, severity: told.1, next: told.2, from: told.3, because: told.4)
    }

    /// A classification, or `{is: …, eligible: yes, flags: […]}`.
    private static func status(_ value: YAMLValue) throws(YAMLProblems) -> StatusExpectation {
        guard value.isMapping else {
            return StatusExpectation(classification: try value.oneOf(IronClassification.self))
        }
        var map = try value.mapping()
        let told = try allRead(
            reading(try map.optional("is")?.oneOf(IronClassification.self)),
            reading(try map.optional("eligible")?.bool()),
            reading(
                try map.optional("flags")?.list { (value) throws(YAMLProblems) in
                    try value.oneOf(IronStatusFlag.self)
                }), reading(try map.finish()))
        return StatusExpectation(
            classification: told.0, eligible: told.1, flags: told.2.map { Set($0) })
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
        let told = try allRead(
            reading(try map.optional("earliest")?.date()),
            reading(try map.optional("due")?.date()),
            reading(try map.optional("overdueAfter")?.date()),
            reading(try map.optional("urgency")?.oneOf(Urgency.self)),
            reading(
                try map.optional("tests")?.list { (value) throws(YAMLProblems) in
                    try value.oneOf(Analyte.self)
                }), reading(try map.optional("reason")?.text()), reading(try map.finish()))
        return RecheckExpectation(
            earliest: told.0, due: told.1, overdueAfter: told.2, urgency: told.3,
            tests: told.4.map { Set($0) }, reason: told.5)
    }

    /// A status, or `{status: …, total: …, need: …, given: …, whyIntravenous: …}`.
    private static func order(_ value: YAMLValue) throws(YAMLProblems) -> OrderExpectation {
        guard value.isMapping else { return OrderExpectation(status: try value.text()) }
        var map = try value.mapping()
        let told = try allRead(
            reading(try map.optional("status")?.text()),
            reading(try map.optional("total")?.milligrams()),
            reading(try map.optional("need")?.amount("mg")),
            reading(try map.optional("given")?.milligrams()),
            reading(try map.optional("whyIntravenous")?.oneOf(IntravenousReason.self)),
            reading(try map.finish()))
        return OrderExpectation(
            status: told.0, total: told.1, need: told.2, given: told.3, whyIntravenous: told.4)
    }

    private static func override(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> OverrideExpectation {
        var map = try value.mapping(accepted: "an override, {gate: G-DX, severity: hard}")
        let told = try allRead(
            reading(try map.optional("gate")?.oneOf(Gate.self)),
            reading(try map.optional("severity")?.oneOf(Severity.self)),
            reading(try map.optional("coSigner")?.text()),
            reading(try map.optional("patientRisk")?.oneOf(PatientRisk.self)),
            reading(try map.optional("evidenceRef")?.text()),
            reading(try map.optional("evidence")?.integer(0...1_000)),
            reading(try map.optional("spent")?.bool()), reading(try map.finish()))
        return OverrideExpectation(
            gate: told.0, severity: told.1, coSigner: told.2, patientRisk: told.3,
            evidenceRef: told.4, evidence: told.5, isSpent: told.6)
    }
}
