import Infusion

/// The course of treatment: orders, appointments, doses, reactions, overrides, rechecks.
extension CanonicalJSONWriter {
    mutating func write(_ record: OrderRecord, in state: PatientState) {
        let order = record.order
        if let cancellation = record.cancellation {
            key("cancellation")
            object {
                $0.field("effectiveAt", cancellation.effectiveAt)
                $0.field("reason", cancellation.value.rawValue)
                $0.field("version", cancellation.version)
            }
        }
        field("dosingRow", order.dosingRow.name)
        findings(order.findings)
        field("formularyVersion", order.formularyVersion)
        field("given", record.given)
        field("holds", record.holds) { writer, hold in
            writer.field("effectiveAt", hold.effectiveAt)
            writer.field("reason", hold.value.rawValue)
            writer.field("version", hold.version)
        }
        field("id", order.id)
        field("indication", order.indication.rawValue)
        field("method", order.method.rawValue)
        field("moiety", order.moiety.rawValue)
        if let need = order.need {
            key("need")
            object { $0.write(need) }
        }
        field("orderedAt", record.orderedAt)
        field("plannedTotal", order.plannedTotal)
        key("prescribed")
        array(order.prescribed) { $0.decimal($1.value) }
        field("prescriber", order.signature.prescriber)
        field("product", order.product.name)
        field("remaining", record.remaining)
        field("signedAt", order.signature.signedAt)
        field("status", record.status.rawValue)
        field("version", record.version)
        field("whyIntravenous", order.whyIntravenous?.rawValue)
    }

    private mutating func write(_ need: IronNeed) {
        if let loss = need.loss {
            key("bloodLoss")
            object { $0.write(loss) }
        }
        field("formula", need.formula)
        field("hemoglobin", need.hemoglobin)
        field("method", need.method.rawValue)
        field("milligrams", need.milligrams)
        field("stores", need.stores)
        field("targetHemoglobin", need.targetHemoglobin)
        field("weight", need.weight)
    }

    private mutating func write(_ loss: BloodLoss) {
        switch loss {
        case .units(let units): field("units", units)
        case .volume(let volume, let hematocrit):
            field("hematocrit", hematocrit)
            field("volume", volume)
        }
    }

    mutating func write(_ record: AppointmentRecord, in state: PatientState) {
        if case .cancelled(let reason) = record.status {
            field("cancellationReason", reason.rawValue)
        }
        if let override = record.capacityOverride {
            key("capacityOverride")
            object {
                $0.field("reason", override.reason.rawValue)
                $0.field("role", override.role.rawValue)
                $0.field("rules", override.rules.map(\.rawValue).sorted())
            }
        }
        field("chair", record.slot.chair.name)
        if case .attended(let dose) = record.status { field("dose", dose) }
        field("end", record.slot.end)
        findings(record.findings)
        field("id", record.id)
        field("order", record.order)
        field("site", record.slot.site.name)
        field("start", record.slot.start)
        field("status", AppointmentCalendarProjection.status(of: record, in: state).rawValue)
        if let stock = record.stock { field("stock", stock.rowText) }
        field("version", record.version)
    }

    mutating func write(_ record: DoseRecord) {
        let dose = record.started
        field("appointment", dose.appointment)
        if let discharge = record.discharge {
            key("discharge")
            object {
                $0.field("effectiveAt", discharge.effectiveAt)
                $0.field("observedMinutes", discharge.value.observedMinutes)
                $0.field("stable", discharge.value.stable)
                $0.field("version", discharge.version)
            }
        }
        field("endedAt", record.end?.at)
        field("expiry", record.end?.given.expiry)
        findings(dose.findings)
        field("formularyVersion", dose.formularyVersion)
        field("given", record.end?.given.given)
        field("id", dose.id)
        field("localDate", dose.localDate)
        field("lot", record.end?.given.lot.text)
        field("moiety", dose.moiety.rawValue)
        field("order", dose.order)
        // Only where there are some: the document of a dose without one stays what it was.
        if !record.pauses.isEmpty {
            field("pauses", record.pauses) { writer, pause in
                writer.field("from", pause.from)
                writer.field("ratePercent", pause.resumption?.value.ratePercent)
                writer.field("reason", pause.reason.rawValue)
                writer.field("resolved", pause.resumption?.value.isResolved)
                writer.field("resumedAt", pause.resumption?.effectiveAt)
                writer.field("role", pause.resumption?.value.role.rawValue)
                writer.field("version", pause.version)
            }
        }
        field("planned", dose.planned)
        field("product", dose.product.name)
        field("startedAt", record.startedAt)
        field("status", record.status.rawValue)
        field("stopReason", record.end?.stopped?.rawValue)
        field("version", record.version)
    }

    mutating func write(_ record: ReactionRecord) {
        let reaction = record.reaction
        let course = reaction.course
        // Only where somebody said them, so that the rows of before stay as they are.
        if !course.actions.isEmpty { field("actions", course.actions.map(\.rawValue).sorted()) }
        field("deliveredAtOnset", reaction.deliveredAtOnset)
        field("dose", reaction.dose)
        field("effectiveAt", record.at)
        field("gradeScale", course.gradeScale?.rawValue)
        field("grades", record.grades) { writer, grade in
            writer.field("effectiveAt", grade.effectiveAt)
            switch grade.value {
            case .ungraded: break
            case .ctcae(let value): writer.field("grade", value)
            }
            writer.field("version", grade.version)
        }
        field("id", reaction.id)
        field("kind", reaction.kind.rawValue)
        field("onsetMinute", reaction.onsetMinute)
        field("outcome", course.outcome?.rawValue)
        field("rate", course.rate)
        field("version", record.version)
    }

    /// Without the justification and the reference, which are text and kept encrypted. What an override
    /// of earlier releases does not say is left out: its document stays what it was.
    mutating func write(_ record: OverrideRecord) {
        let override = record.override
        field("coSigner", override.coSigner)
        if let asked = override.asked {
            key("evidence")
            array(asked.evidence) { $0.integer($1.value) }
        }
        field("expiresAt", override.expiresAt)
        field("gate", override.gate.rawValue)
        field("grantedAt", record.grantedAt)
        field("id", override.id)
        field("order", override.order)
        field("patientRisk", override.patientRisk?.rawValue)
        field("reason", override.reason.rawValue)
        field("role", override.role.rawValue)
        field("ruleVersion", override.asked?.ruleVersion)
        field("severity", override.asked?.severity.rawValue)
        field("spentBy", record.spentBy)
        field("version", record.version)
    }

    mutating func write(_ recheck: Kept<RecheckOpened>) {
        let opened = recheck.value
        field("due", opened.due)
        field("earliest", opened.earliest)
        key("evidence")
        array(opened.evidence.sorted()) { $0.integer($1.value) }
        field("id", opened.id.description)
        field("openedAt", recheck.effectiveAt)
        field("overdueAfter", opened.overdueAfter)
        field("reason", opened.reason)
        field("rule", opened.id.rule.rawValue)
        field("ruleVersion", opened.ruleVersion)
        field("tests", opened.tests.map(\.rawValue).sorted())
        field("urgency", opened.urgency.rawValue)
        field("version", recheck.version)
    }
}
