extension SkipReason: StoredCode {
    static var storedName: String { "skip reason" }

    var storedCode: String {
        switch self {
        case .enteredInError: "entered-in-error"
        case .damaged: "damaged"
        case .restated: "restated"
        case .notNeeded: "not-needed"
        }
    }
}
