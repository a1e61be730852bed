import InfusionWire

/// What went wrong, in one line, and how the program ends.
struct Failure: Error {
    let message: String
    let exit: Exit

    var json: JSON {
        ["error": ["code": .string(exit.name), "message": .string(message)]]
    }
}
