import Faults
import Foundation
import Infusion
import YAMLReader

/// Orders, visits, overrides and questions about them.
enum OrderReader {
    static func order(_ value: YAMLValue) throws(YAMLProblems) -> CaseOrder {
        var map = try value.mapping(accepted: "an order, {product: …, row: …, doses: [750 mg]}")
        let drug = reading(try drug(&map))
        let need = reading(try need(&map))
        let told = try allRead(
            reading(try map.optional("name")?.text() ?? "order"), drug, need,
            reading(try map.optional("whyIntravenous")?.oneOf(IntravenousReason.self)),
            reading(try map.finish()))
        return CaseOrder(
            name: told.0, product: told.1.product, row: told.1.row,
            indication: told.1.indication, doses: told.1.doses, method: told.2.method,
            target: told.2.target, stores: told.2.stores, bloodLoss: told.2.bloodLoss,
            whyIntravenous: told.3)
    }

    private typealias Drug = (
        product: ProductKey, row: DosingRowID, indication: ClinicalContext, doses: [Milligrams]
    )

    private static func drug(_ map: inout YAMLMapping) throws(YAMLProblems) -> Drug {
        let told = try allRead(
            reading(ProductKey(try map.required("product").text())),
            reading(DosingRowID(try map.required("row").text())),
            reading(try map.optional("for")?.oneOf(ClinicalContext.self) ?? .general),
            reading(try doses(try map.required("doses"))))
        return (told.0, told.1, told.2, told.3)
    }

    private static func doses(_ value: YAMLValue) throws(YAMLProblems) -> [Milligrams] {
        guard value.isList else { return [try value.milligrams()] }
        return try value.list { (value) throws(YAMLProblems) in try value.milligrams() }
    }

    private typealias Need = (
        method: NeedMethod, target: GramsPerDeciliter?, stores: Milligrams?, bloodLoss: BloodLoss?
    )

    private static func need(_ map: inout YAMLMapping) throws(YAMLProblems) -> Need {
        let told = try allRead(
            reading(try map.optional("method")?.oneOf(NeedMethod.self) ?? .labelCourse),
            reading(
                try map.optional("target").map { (value) throws(YAMLProblems) in
                    GramsPerDeciliter(try value.amount("g/dL"))
                }), reading(try map.optional("stores")?.milligrams()),
            reading(try map.optional("bloodLoss").map(bloodLoss)))
        return (told.0, told.1, told.2, told.3)
    }

    /// `{units: 2}`, or `{volume: 500 mL, hematocrit: 20 %}`.
    private static func bloodLoss(_ value: YAMLValue) throws(YAMLProblems) -> BloodLoss {
        var map = try value.mapping(accepted: "{units: 2} or {volume: 500 mL, hematocrit: 20 %}")
        if let units = map.optional("units") {
            return .units(try allRead(reading(try units.decimal()), reading(try map.finish())).0)
        }
        let told = try allRead(
            reading(Milliliters(try map.required("volume").amount("mL"))),
            reading(Percent(try map.required("hematocrit").amount("%"))),
            reading(try map.finish()))
        return .volume(told.0, hematocrit: told.1)
    }

    /// A reason for the last one, or `{name: …, reason: …}`.
    static func named(
        _ value: YAMLValue, _ make: (String?, YAMLValue) throws(YAMLProblems) -> CaseAction
    ) throws(YAMLProblems) -> CaseAction {
        guard value.isMapping else { return try make(nil, value) }
        var map = try value.mapping()
        let name = reading(try map.optional("name")?.text())
        // A name that cannot be read says nothing of the reason.
        let action = reading(try make(try? name.get(), try map.required("reason")))
        return try allRead(name, action, reading(try map.finish())).1
    }

    static func override(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> CaseOverride {
        var map = try value.mapping(accepted: "an override, {gate: G-DX, by: prescriber}")
        let asked = reading(
            try allRead(
                reading(try map.required("gate").oneOf(Gate.self)),
                reading(try map.optional("order")?.text()),
                reading(
                    try map.optional("reason")?.oneOf(OverrideReason.self)
                        ?? .benefitOutweighsRisk)))
        let signed = reading(
            try allRead(
                reading(try map.optional("by")?.oneOf(ClinicalRole.self) ?? .prescriber),
                reading(try map.optional("coSigner")?.text()),
                reading(try map.optional("days")?.integer(0...1_000) ?? 1),
                reading(try map.optional("patientRisk")?.oneOf(PatientRisk.self)),
                reading(try map.optional("evidenceRef")?.text())))
        let dose = reading(
            try allRead(
                reading(try map.optional("at").map(times.instant)),
                reading(try map.optional("dose")?.milligrams())))
        let told = try allRead(asked, signed, dose, reading(try map.finish()))
        return CaseOverride(
            gate: told.0.0, order: told.0.1, reason: told.0.2, role: told.1.0,
            coSigner: told.1.1, days: told.1.2, patientRisk: told.1.3, evidenceRef: told.1.4,
            at: told.2.0, dose: told.2.1)
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
        let told = try allRead(
            reading(try map.optional("order")?.text()),
            reading(try map.optional("dose")?.milligrams()),
            reading(try map.optional("at").map(times.instant)), reading(try map.finish()))
        return .askGates(order: told.0, told.1, at: told.2)
    }
}
