public import Infusion

/// A patient's whole state as the API shows it: canonical JSON in FHIR-like names, without
/// identity.
///
/// Left out are the name, the birth date and the identifiers, the free text of overrides, and the
/// gates that passed: the events keep all of them. Dates and instants are ISO 8601, amounts exact
/// decimals with their UCUM unit. The same state gives the same bytes.
public enum PatientDocument {
    public static func render(_ state: PatientState) -> [UInt8] {
        var writer = CanonicalJSONWriter(reservingBytes: 1_024 + state.labs.count * 256)
        writer.object { $0.write(state) }
        return writer.bytes
    }
}

extension CanonicalJSONWriter {
    fileprivate mutating func write(_ state: PatientState) {
        field("appointments", state.appointments) { $0.write($1, in: state) }
        timeline("contexts", state.contexts) { $0.field("value", $1.map(\.rawValue).sorted()) }
        field("doses", state.doses) { $0.write($1) }
        key("facts")
        object { $0.write(state.facts) }
        field("gender", state.registration?.gender.rawValue)
        timeline("heights", state.heights) { $0.field("value", $1) }
        field("id", state.registration?.patient)
        field("labs", state.labs) { $0.write($1) }
        field("mergedInto", state.mergedInto?.value)
        if !state.merges.isEmpty { field("merges", state.merges) { $0.write($1) } }
        field("orders", state.orders) { $0.write($1, in: state) }
        field("overrides", state.overrides) { $0.write($1) }
        field("reactions", state.reactions) { $0.write($1) }
        field("rechecks", state.openRechecks.values.sorted { $0.version < $1.version }) {
            $0.write($1)
        }
        field("rechecksClosedByPerson", state.rechecksClosedByPerson.map(\.description).sorted())
        field("registeredAt", state.registration?.registeredAt)
        field("site", state.registration?.site.name)
        field("transfusionOrders", state.transfusionOrders) { writer, record in
            writer.field("cancellation", record.cancellation?.value.rawValue)
            writer.field("id", record.id)
            writer.field("indicated", record.order.isIndicated)
            writer.field("indication", record.order.indication.rawValue)
            writer.field("orderedAt", record.orderedAt)
            writer.field("status", record.status.rawValue)
            writer.field("transfusion", record.filled?.value.transfusion)
            writer.field("units", record.order.units)
            writer.field("version", record.version)
        }
        field("transfusions", state.transfusions) { writer, transfusion in
            writer.field("effectiveAt", transfusion.effectiveAt)
            writer.field("id", transfusion.value.id)
            writer.field("units", transfusion.value.units)
            writer.field("version", transfusion.version)
        }
        field("version", state.version)
        timeline("weights", state.weights) { $0.field("value", $1) }
    }

    private mutating func write(_ merge: MergeRecord) {
        field("mergedAt", merge.mergedAt)
        field("patient", merge.patient)
        key("toAttribute")
        array(merge.toAttribute) { $0.integer($1.value) }
        field("unmerged", merge.unmerged?.value.rawValue)
        field("version", merge.version)
    }

    private mutating func write(_ facts: ClinicalFacts) {
        timelines("bleeding", facts.bleeding) { $0.field("value", $1) }
        field("cancerInfusions", facts.cancerInfusions.entries) { writer, infusion in
            writer.field("cardiotoxic", infusion.value.cardiotoxic)
            writer.field("effectiveAt", infusion.effectiveAt)
            writer.field("end", infusion.value.end)
            writer.field("start", infusion.value.start)
            writer.field("version", infusion.version)
        }
        timeline("cardiovascularDisease", facts.cardiovascularDisease) { $0.field("value", $1) }
        timelines("conditions", facts.conditions) { $0.field("value", $1) }
        timeline("deceased", facts.deceased) { $0.field("value", $1) }
        timelines("happened", facts.happened) { $0.field("value", $1) }
        timeline("hypophosphatemiaRisk", facts.hypophosphatemiaRisk) { $0.field("value", $1) }
        timeline("infection", facts.infection) { $0.field("value", $1) }
        field("ironAllergies", facts.ironAllergies.entries) { writer, allergy in
            writer.field("effectiveAt", allergy.effectiveAt)
            writer.field("moiety", allergy.value.moiety?.rawValue)
            writer.field("serious", allergy.value.serious)
            writer.field("version", allergy.version)
        }
        timeline("knownIronOverload", facts.knownIronOverload) { $0.field("value", $1) }
        timelines("planned", facts.planned) { $0.field("value", $1) }
        field("pregnancy", facts.pregnancy.entries) { writer, status in
            writer.field("effectiveAt", status.effectiveAt)
            switch status.value {
            case .notPregnant: writer.field("status", "notPregnant")
            case .pregnant(let dueDate):
                writer.field("estimatedDueDate", dueDate)
                writer.field("status", "pregnant")
            case .unknown: writer.field("status", "unknown")
            }
            writer.field("version", status.version)
        }
        timelines("symptoms", facts.symptoms) { $0.field("value", $1) }
        timelines("tested", facts.tested) { $0.field("value", $1) }
        timelines("therapies", facts.therapies) { $0.field("value", $1) }
    }
}

/// What the parts of the document share.
extension CanonicalJSONWriter {
    /// An array of objects.
    mutating func field<Element>(
        _ name: String, _ elements: [Element],
        _ fields: (inout CanonicalJSONWriter, Element) -> Void
    ) {
        key(name)
        array(elements) { writer, element in writer.object { fields(&$0, element) } }
    }

    /// Every value a fact took, in effective order. What `value` writes must sort between
    /// `effectiveAt` and `version`.
    mutating func timeline<Value>(
        _ name: String, _ timeline: Timeline<Value>,
        _ value: (inout CanonicalJSONWriter, Value) -> Void
    ) {
        field(name, timeline.entries) { writer, entry in
            writer.field("effectiveAt", entry.effectiveAt)
            value(&writer, entry.value)
            writer.field("version", entry.version)
        }
    }

    /// A timeline for each name that something was said of.
    mutating func timelines<Name: RawRepresentable<String>, Value>(
        _ name: String, _ timelines: [Name: Timeline<Value>],
        _ value: (inout CanonicalJSONWriter, Value) -> Void
    ) {
        key(name)
        object { writer in
            for (name, timeline) in timelines.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                writer.timeline(name.rawValue, timeline, value)
            }
        }
    }

    /// The gates that did not simply pass.
    mutating func findings(_ findings: [Finding]) {
        field("findings", findings.filter { $0.verdict != .passed }) { writer, finding in
            writer.field("gate", finding.gate.rawValue)
            writer.field("nextStep", finding.nextStep)
            writer.field("passesFrom", finding.passesFrom)
            writer.field("ruleVersion", finding.ruleVersion)
            writer.field("severity", finding.severity.rawValue)
            writer.field("verdict", finding.verdict.rawValue)
        }
    }
}
