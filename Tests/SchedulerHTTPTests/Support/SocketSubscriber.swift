import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOPosix
import Synchronization

/// A client of the event stream on a socket of its own, which remembers the ids it was sent.
final class SocketSubscriber: Sendable {
    let start: Int64
    private let seen = Mutex<[Int64]>([])
    private let isAnswered = Mutex(false)

    init(from start: Int64) { self.start = start }

    var ids: [Int64] { seen.withLock { $0 } }
    var isConnected: Bool { isAnswered.withLock { $0 } }

    /// Listens until the task is cancelled or the stream ends.
    func listen(port: Int) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(HTTP1ToHTTPClientCodec())
                    return try NIOAsyncChannel<HTTPResponsePart, HTTPRequestPart>(
                        wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(.head(request(port)))
            try await outbound.write(.end(nil))
            var reader = EventIDReader()
            for try await part in inbound {
                switch part {
                case .head(let head): isAnswered.withLock { $0 = head.status == .ok }
                case .body(let bytes):
                    let ids = reader.read(bytes)
                    seen.withLock { $0 += ids }
                case .end: return
                }
            }
        }
    }

    private func request(_ port: Int) -> HTTPRequest {
        HTTPRequest(
            method: .get, scheme: "http", authority: "127.0.0.1:\(port)",
            path: "/v1/events?after=\(start)",
            headerFields: [.accept: "text/event-stream", .authorization: "Bearer everything"])
    }
}

/// Finds the lines `id: <number>` in a stream that comes in pieces.
private struct EventIDReader {
    /// The first bytes of the line that is not complete yet: enough for an id.
    private var line: [UInt8] = []

    mutating func read(_ bytes: ByteBuffer) -> [Int64] {
        var ids: [Int64] = []
        for byte in bytes.readableBytesView {
            if byte == UInt8(ascii: "\n") {
                if line.starts(with: Array("id: ".utf8)),
                    let id = Int64(String(decoding: line.dropFirst(4), as: UTF8.self))
                {
                    ids.append(id)
                }
                line.removeAll(keepingCapacity: true)
            } else if line.count < 24 {
                line.append(byte)
            }
        }
        return ids
    }
}
