/// The test environment is not what a test needs.
public struct TestPostgresError: Error, CustomStringConvertible {
    /// What is missing.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
