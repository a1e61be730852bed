import NIOCore

/// Reads little at a time from a connection.
///
/// Of a body that nobody reads yet, or ever, some ten reads are taken from the network before its sender has to
/// wait. With the 64 KiB at a time that a busy connection would come to, thousands of them would be gigabytes.
final class SmallReads: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let bytes: Int

    /// - Parameter bytes: At the most.
    init(bytes: Int) { self.bytes = bytes }

    func handlerAdded(context: ChannelHandlerContext) {
        // A channel without such an option, as a test's, reads no network.
        try? context.channel.syncOptions?.setOption(
            .recvAllocator,
            value: AdaptiveRecvByteBufferAllocator(
                minimum: 64, initial: min(bytes, 2_048), maximum: bytes))
    }
}
