/// What a person should know of a row whatever became of it; the raw value is its stable code.
public enum ImportNote: String, Hashable, Sendable, CaseIterable {
    /// The row's code for the gender is none that is known: the patient's gender is `unknown` here.
    case genderCodeUnknown = "gender-code-unknown"
    /// The row repeats what was corrected or retracted here since: an old file, read again.
    case valueSuperseded = "value-superseded"
}
