import EventStore
import Foundation
import Infusion

// The order of rows by their keys, the same in memory as in the database: identifiers by their
// bytes, text by its bytes (`R11` before `R2`), numbers by their value.

extension RecheckQueueRow {
    public static func < (left: RecheckQueueRow, right: RecheckQueueRow) -> Bool {
        if left.patient != right.patient { return left.patient < right.patient }
        return (left.recheck.rule.rawValue, left.recheck.anchor, left.opened)
            < (right.recheck.rule.rawValue, right.recheck.anchor, right.opened)
    }
}

extension AppointmentRow {
    public static func < (left: AppointmentRow, right: AppointmentRow) -> Bool {
        if left.patient != right.patient { return left.patient < right.patient }
        return (left.appointment.uuid, left.opened) < (right.appointment.uuid, right.opened)
    }
}

extension WaitlistRow {
    public static func < (left: WaitlistRow, right: WaitlistRow) -> Bool {
        if left.patient != right.patient { return left.patient < right.patient }
        return (left.order.uuid, left.opened) < (right.order.uuid, right.opened)
    }
}

extension SubjectReferenceRow {
    public static func < (left: SubjectReferenceRow, right: SubjectReferenceRow) -> Bool {
        if left.patient != right.patient { return left.patient < right.patient }
        return (left.reference.kind.rawValue, left.reference.id)
            < (right.reference.kind.rawValue, right.reference.id)
    }
}

extension Identifier {
    /// By bytes, as PostgreSQL has it.
    static func < (left: Identifier, right: Identifier) -> Bool {
        left.uuid < right.uuid
    }
}
