/// Waits until a condition holds: tests wait for what they need, never for a time.
///
/// The limit is only there so that a broken test ends.
public func eventually(
    _ what: String, within limit: Duration = .seconds(30),
    isolation: isolated (any Actor)? = #isolation, _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < end else { throw TestPostgresError("never came: \(what)") }
        try await Task.sleep(for: .milliseconds(5))
    }
}
