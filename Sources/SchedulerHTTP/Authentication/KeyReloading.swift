public import ServiceLifecycle
import UnixSignals

/// Reads the keys again on SIGHUP.
public struct KeyReloading: Service {
    private let authenticator: JWKSAuthenticator
    public init(_ authenticator: JWKSAuthenticator) { self.authenticator = authenticator }

    public func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() { await authenticator.reload() }
    }
}
