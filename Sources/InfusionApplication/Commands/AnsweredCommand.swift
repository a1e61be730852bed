import Infusion

/// An accepted command's receipt, and what it did to its patient where this process has just decided it.
struct AnsweredCommand: Sendable {
    /// A patient before a command's events and after them.
    struct Change: Sendable {
        let before: PatientState
        let after: PatientState
    }

    let receipt: CommandReceipt
    /// `nil` of a command that was accepted before, or that concerned several patients: the log has it.
    let change: Change?
}
