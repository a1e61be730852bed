import Foundation
import Hummingbird
public import Logging
import NIOCore
public import ServiceLifecycle
import Synchronization

/// The API behind its address, as a service: it serves until it is told to stop.
public struct SchedulerServer: Service {
    private let parts: SchedulerAPI.Parts
    private let host: String
    private let port: Int
    private let logger: Logger

    /// - Parameter port: 0 for one that is free.
    public init(_ parts: SchedulerAPI.Parts, host: String, port: Int, logger: Logger) {
        self.parts = parts
        self.host = host
        self.port = port
        self.logger = logger
    }

    /// - Throws: ``AddressNotListening`` if the address cannot be had.
    public func run() async throws {
        let isListening = Mutex(false)
        let application = SchedulerAPI.buildApplication(
            parts, host: host, port: port, logger: logger,
            onServerRunning: { _ in isListening.withLock { $0 = true } })
        do {
            try await application.run()
        } catch  where !(error is CancellationError) && !isListening.withLock({ $0 }) {
            throw AddressNotListening(host: host, port: port, reason: Self.reason(error))
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return String(cString: strerror(error.errnoCode))
    }
}

/// Why nobody can be served: the address is taken, or not this machine's, or not allowed.
public struct AddressNotListening: Error, CustomStringConvertible {
    public let host: String
    public let port: Int
    /// The system's own words.
    public let reason: String

    public var description: String { "cannot listen at \(host), port \(port): \(reason)" }
}
