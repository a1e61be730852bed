import Infusion

/// `signed-off` v1: `kind` says what it is about, and that kind's own member which. What the person wrote is
/// sealed.
enum SignedOffPayload: EventPayload {
    private enum Kind: StoredCode {
        case reaction, order, clinicalContext

        static var storedName: String { "sign-off subject" }

        var storedCode: String {
            switch self {
            case .reaction: "reaction"
            case .order: "order"
            case .clinicalContext: "clinical-context"
            }
        }
    }

    static func write(
        _ fact: SignOff, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        switch fact.subject {
        case .reaction(let id):
            try json.write("kind", Kind.reaction)
            try json.write("reaction", id)
        case .order(let id):
            try json.write("kind", Kind.order)
            try json.write("order", id)
        case .clinicalContext: try json.write("kind", Kind.clinicalContext)
        }
        try json.writeOptional("lifted", fact.lifted)
        try json.write("reason", fact.reason)
        try seals.write(.justification, fact.justification, to: &json)
        try json.write("role", fact.role)
        try json.writeOptional("coSigner", fact.coSigner)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> SignOff {
        SignOff(
            subject: try subject(&object),
            lifted: try object.readOptional("lifted"),
            reason: try object.read("reason"),
            justification: try seals.read(.justification, from: &object),
            role: try object.read("role"),
            coSigner: try object.readOptional("coSigner"))
    }

    private static func subject(_ object: inout JSONObject) throws(PayloadError) -> SignOffSubject {
        let kind: Kind = try object.read("kind")
        switch kind {
        case .reaction: return .reaction(try object.read("reaction"))
        case .order: return .order(try object.read("order"))
        case .clinicalContext: return .clinicalContext
        }
    }
}
