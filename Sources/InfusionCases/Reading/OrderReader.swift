import Foundation
import Infusion
import YAMLReader

/// Orders, visits, overrides and questions about them.
enum OrderReader {
    static func order(_ value: YAMLValue) throws(YAMLProblems) -> CaseOrder {
        var map = try value.mapping(accepted: "an order, {product: …, row: …, doses: [750 mg]}")
        let doses = try map.required("doses")
        let order = CaseOrder(
            name: try map.optional("name")?.text() ?? "order",
            product: ProductKey(try map.required("product").text()),
            row: DosingRowID(try map.required("row").text()),
            indication: try map.optional("for")?.oneOf(ClinicalContext.self) ?? .general,
            doses: doses.isList
                ? try doses.list { (value) throws(YAMLProblems) in try value.milligrams() }
                : [try doses.milligrams()],
            method: try map.optional("method")?.oneOf(NeedMethod.self) ?? .labelCourse,
            target: try map.optional("target").map { (value) throws(YAMLProblems) in
                GramsPerDeciliter(try value.amount("g/dL"))
            }, stores: try map.optional("stores")?.milligrams(),
            bloodLoss: try map.optional("bloodLoss").map(bloodLoss),
            whyIntravenous: try map.optional("whyIntravenous")?.oneOf(IntravenousReason.self))
        try map.finish()
        return order
    }

    /// `{units: 2}`, or `{volume: 500 mL, hematocrit: 20 %}`.
    private static func bloodLoss(_ value: YAMLValue) throws(YAMLProblems) -> BloodLoss {
        var map = try value.mapping(accepted: "{units: 2} or {volume: 500 mL, hematocrit: 20 %}")
        let loss: BloodLoss =
            if let units = map.optional("units") {
                .units(try units.decimal())
            } else {
                .volume(
                    Milliliters(try map.required("volume").amount("mL")),
                    hematocrit: Percent(try map.required("hematocrit").amount("%")))
            }
        try map.finish()
        return loss
    }

    /// A reason for the last one, or `{name: …, reason: …}`.
    static func named(
        _ value: YAMLValue, _ make: (String?, YAMLValue) throws(YAMLProblems) -> CaseAction
    ) throws(YAMLProblems) -> CaseAction {
        guard value.isMapping else { return try make(nil, value) }
        var map = try value.mapping()
        let name = try map.optional("name")?.text()
        let action = try make(name, try map.required("reason"))
        try map.finish()
        return action
    }

    static func override(_ value: YAMLValue) throws(YAMLProblems) -> CaseOverride {
        var map = try value.mapping(accepted: "an override, {gate: G-DX, by: prescriber}")
        let override = CaseOverride(
            gate: try map.required("gate").oneOf(Gate.self),
            order: try map.optional("order")?.text(),
            reason: try map.optional("reason")?.oneOf(OverrideReason.self)
                ?? .benefitOutweighsRisk,
            role: try map.optional("by")?.oneOf(ClinicalRole.self) ?? .prescriber,
            coSigner: try map.optional("coSigner")?.text(),
            days: try map.optional("days")?.integer(0...1_000) ?? 1,
            patientRisk: try map.optional("patientRisk")?.oneOf(PatientRisk.self),
            evidenceRef: try map.optional("evidenceRef")?.text())
        try map.finish()
        return override
    }

    /// Who answers for the step, and why.
    static func signOff(_ value: YAMLValue) throws(YAMLProblems) -> GivenSignOff {
        var map = try value.mapping(accepted: "a sign-off, {by: prescriber, coSigner: dr-second}")
        let signOff = GivenSignOff(
            reason: try map.optional("reason")?.oneOf(SignOffReason.self) ?? .clinicianReview,
            justification: CasePerformer.justification,
            role: try map.optional("by")?.oneOf(ClinicalRole.self) ?? .prescriber,
            coSigner: try map.optional("coSigner")?.text())
        try map.finish()
        return signOff
    }

    /// `gates` for the next dose of the last order, or `{order: …, dose: 750 mg, at: …}`.
    static func question(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> CaseAction {
        guard value.isMapping else {
            return try value.oneOf([
                ("gates", CaseAction.askGates(order: nil, nil, at: nil))
            ])
        }
        var map = try value.mapping(accepted: "gates, or {order: …, dose: 750 mg}")
        let action = CaseAction.askGates(
            order: try map.optional("order")?.text(), try map.optional("dose")?.milligrams(),
            at: try map.optional("at").map(times.instant))
        try map.finish()
        return action
    }
}
