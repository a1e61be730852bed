import HTTPTypes

extension HTTPField.Name {
    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("a valid header name") }
        return name
    }
    static let idempotencyKey = known("Idempotency-Key")
    /// On an answer that was given before.
    static let idempotencyReplayed = known("Idempotency-Replayed")
    /// The position of the log that an answer rests on.
    static let ferroviaPosition = known("Ferrovia-Position")
    static let correlationID = known("X-Correlation-ID")
    static let requestID = known("X-Request-ID")
    /// The second person's token, where a command takes one; as secret as `Authorization`.
    static let coSigner = known("Ferrovia-Co-Signer")
    static let lastEventID = known("Last-Event-ID")
}
