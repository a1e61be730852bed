import Infusion
import InfusionApplication
import InfusionProjections
import YAMLReader

/// Holds what came of a case against what must.
struct ExpectationCheck {
    let clinic: CaseClinic
    let cast: CaseCast
    /// Of the last step of `when`; `nil` where there is none.
    let outcome: CaseOutcome?

    func failures(of expected: Expectations) async throws -> [String] {
        var failures: [String] = []
        func fail(_ place: YAMLValue, _ message: String) {
            failures.append("\(place.problem(message))")
        }
        if let (wanted, place) = expected.outcome { outcome(wanted, place, fail) }
        gates(expected, fail)
        alternatives(expected, fail)
        let view = try await clinic.view(of: cast.own.patient)
        ironStatus(expected, view, fail)
        try await queue(expected, fail)
        orders(expected, view.state, fail)
        self.override(expected, view.state, fail)
        try await visits(expected, fail)
        unfit(expected, fail)
        let waits = WaitExpectationCheck(clinic: clinic, cast: cast)
        for (place, message) in try await waits.failures(of: expected) { fail(place, message) }
        try await response(expected, fail)
        try await plan(expected, fail)
        try await reviews(expected, fail)
        return failures
    }

    private typealias Fail = (YAMLValue, String) -> Void

    private func outcome(
        _ wanted: Expectations.Outcome, _ place: YAMLValue, _ fail: Fail
    ) {
        let came = outcome?.text ?? "nothing was asked"
        switch (wanted, outcome) {
        case (.accepted, .accepted): break
        case (.refused(let code, let field, let constraint), .refused(let refusal))
        where code == refusal.code && (field == nil || field == refusal.field)
            && (constraint == nil || constraint == refusal.constraint):
            break
        // A refusal has ended the case by now: this one asks nothing.
        case (.accepted, _): fail(place, "expected accepted; came \(came)")
        case (.refused(let code, let field, let constraint), _):
            let about = (field ?? constraint).map { " (\($0))" } ?? ""
            fail(place, "expected refused: \(code)\(about); came \(came)")
        }
    }

    private func gates(_ expected: Expectations, _ fail: Fail) {
        let findings = outcome?.findings ?? []
        if let (_, place) = expected.shut, findings.isEmpty {
            fail(place, "no gate was asked; came \(outcome?.text ?? "nothing")")
        } else if let (wanted, place) = expected.shut {
            let shut = Set(findings.filter(\.refusesDose).map(\.gate))
            if shut != wanted {
                fail(
                    place,
                    "expected shut: \(names(wanted)); came \(names(shut))")
            }
        }
        for (gate, wanted, place) in expected.gates {
            guard let finding = findings.first(where: { $0.gate == gate }) else {
                fail(place, "no gate was asked; came \(outcome?.text ?? "nothing")")
                continue
            }
            for message in wanted.differences(from: finding) { fail(place, message) }
        }
    }

    private func names(_ gates: Set<Gate>) -> String {
        list(gates.map(\.rawValue).sorted())
    }

    private func list(_ words: [String]) -> String {
        words.isEmpty ? "none" : words.joined(separator: ", ")
    }

    private func ironStatus(_ expected: Expectations, _ view: PatientView, _ fail: Fail) {
        for (context, wanted, place) in expected.ironStatus {
            guard let status = view.ironStatus.first(where: { $0.context == context }) else {
                fail(place, "the context \(context.rawValue) is not active")
                continue
            }
            for message in wanted.differences(from: status) { fail(place, message) }
        }
    }

    private func alternatives(_ expected: Expectations, _ fail: Fail) {
        guard let (wanted, place) = expected.alternatives else { return }
        guard case .refused(let refusal) = outcome else {
            return fail(place, "nothing was refused; came \(outcome?.text ?? "nothing")")
        }
        let came = refusal.alternatives
        let isMet =
            came.count == wanted.count
            && zip(came, wanted).allSatisfy { opening, wanted in
                opening.slot.start == wanted.start
                    && wanted.chair.map { $0 == opening.slot.chair.name } ?? true
            }
        if isMet { return }
        let all = came.map { "\(clinic.local($0.slot.start)) in \($0.slot.chair.name)" }
        fail(
            place,
            "expected \(list(wanted.map { clinic.local($0.start) })); came \(list(all))")
    }

    private func queue(_ expected: Expectations, _ fail: Fail) async throws {
        if expected.queue.isEmpty { return }
        let rows = try await clinic.queue(of: cast.own.patient)
        for (rule, wanted, place) in expected.queue {
            switch (wanted, rows.first { $0.recheck.rule == rule }) {
            case (nil, nil): break
            case (nil, let row?): fail(place, "expected none; came one due \(row.due)")
            case (_?, nil): fail(place, "expected an open recheck; came none")
            case (let wanted?, let row?):
                for message in wanted.differences(from: row) { fail(place, message) }
            }
        }
    }

    private func orders(_ expected: Expectations, _ state: PatientState, _ fail: Fail) {
        for (name, wanted, place) in expected.orders {
            guard let order = cast.own.order(named: name).flatMap(state.order) else {
                fail(place, "there is no such order")
                continue
            }
            for message in wanted.differences(from: order) { fail(place, message) }
        }
    }

    private func override(_ expected: Expectations, _ state: PatientState, _ fail: Fail) {
        guard let (wanted, place) = expected.override else { return }
        guard let record = state.overrides.last else {
            return fail(place, "there is no override")
        }
        for message in wanted.differences(from: record) { fail(place, message) }
    }

    private func visits(_ expected: Expectations, _ fail: Fail) async throws {
        for (name, wanted, place) in expected.visits {
            guard let visit = try await cast.record(ofVisit: name, clinic) else {
                fail(place, "there is no such visit")
                continue
            }
            if visit.status.name != wanted {
                fail(place, "expected \(wanted); came \(visit.status.name)")
            }
        }
    }

    private func unfit(_ expected: Expectations, _ fail: Fail) {
        guard let (wanted, place) = expected.unfit else { return }
        guard case .accepted = outcome else {
            return fail(place, "nothing was accepted; came \(outcome?.text ?? "nothing")")
        }
        if cast.unfit == wanted { return }
        fail(place, "expected \(list(wanted)); came \(list(cast.unfit))")
    }

    private func plan(_ expected: Expectations, _ fail: Fail) async throws {
        guard let (wanted, place) = expected.plan else { return }
        guard let order = cast.own.order(named: nil) else {
            return fail(place, "there is no order")
        }
        let doses = try await clinic.plan(of: order).further
        guard doses.count == wanted.count else {
            let all = doses.map(\.prescribed.description).joined(separator: ", ")
            return fail(
                place,
                "expected \(wanted.count) \(wanted.count == 1 ? "dose" : "doses") still to come; came "
                    + (all.isEmpty ? "none" : all))
        }
        for (dose, wanted) in zip(doses, wanted) {
            for message in wanted.differences(from: dose) {
                fail(place, "dose \(dose.number): \(message)")
            }
        }
    }

    private func reviews(_ expected: Expectations, _ fail: Fail) async throws {
        guard let (wanted, place) = expected.reviews else { return }
        let came = try await clinic.reviews(of: cast.own.patient).map { review in
            let verdict = review.wouldDiffer.map { $0 ? "would differ" : "stands" }
            return "\(review.decision.kind) \(verdict ?? "cannot be asked again")"
        }
        if came != wanted.map(\.rawValue) {
            fail(
                place,
                "expected \(list(wanted.map(\.rawValue))); came \(list(came))")
        }
    }

    private func response(_ expected: Expectations, _ fail: Fail) async throws {
        guard let (wanted, place) = expected.response else { return }
        guard let assessment = try await clinic.response(of: cast.own.patient) else {
            return fail(place, "no iron was given")
        }
        for message in wanted.differences(from: assessment) { fail(place, message) }
    }
}
