import Faults
import Infusion
import InfusionApplication
import InfusionWire

/// Who answers for what a request takes back or lets go on: `reason` and `justification`, both or neither,
/// beside what the request says. The role is the token's, and the second signature the subject of the second
/// person's token.
struct SignOffBody: WireBody {
    static let members: BodyMembers = ["coSigner": "", "role": ""]
    let reason: SignOffReason?
    let justification: String?

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (reason, justification, _) = try allRead(
            reading(try reader.optional("reason", .oneOf(SignOffReason.self))),
            reading(
                try reader.optional("justification", .text(InfusionLimits.justificationCharacters))),
            reading(
                try reader.misplaced(
                    "coSigner",
                    accepted: "the header Ferrovia-Co-Signer: Bearer <token of the second person>"))
        )
        guard (reason == nil) == (justification == nil) else {
            throw FieldProblems(
                reader.pointer, "has one of reason and justification",
                accepted: "both, or neither")
        }
    }

    /// `nil` where nobody answers for it.
    func given(by call: CommandCall) -> GivenSignOff? {
        guard let reason, let justification else { return nil }
        return GivenSignOff(
            reason: reason, justification: justification, role: call.actor.role,
            coSigner: call.coSigner?.subject)
    }
}
