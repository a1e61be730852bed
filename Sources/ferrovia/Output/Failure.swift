import InfusionWire

/// What went wrong, in one line, and how the program ends.
struct Failure: Error {
    let message: String
    let exit: Exit
    /// What a program acts on besides the code: the members of the error in JSON.
    var members: [JSON.Member] = []

    var json: JSON {
        let error: [JSON.Member] = [
            .init(name: "code", value: .string(exit.name)),
            .init(name: "message", value: .string(message)),
        ]
        return ["error": .object(error + members)]
    }
}
