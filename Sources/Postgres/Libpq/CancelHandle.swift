internal import CLibpq

/// Owns one `PGcancel`: what is needed to cancel from any thread what its connection is running.
///
/// `@unchecked`: libpq documents `PQcancel` as safe from other threads; nothing here changes.
final class CancelHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// Blocks until the server has taken the request. libpq 15 sends it unencrypted.
    func cancel() {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
            _ = PQcancel(pointer, message.baseAddress, Int32(message.count))
        }
    }
}
