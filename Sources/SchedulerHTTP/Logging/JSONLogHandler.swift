import Foundation
import Infusion
import InfusionProjections
import InfusionWire
public import Logging

/// One JSON object on one line for every message.
///
/// What is logged is chosen where it is logged: ids of requests, route templates, codes and durations. No
/// handler can take a name back out of a message, so none is ever put in.
public struct JSONLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let write: @Sendable ([UInt8]) -> Void

    /// - Parameter write: takes one whole line; called from any thread.
    public init(
        label: String, level: Logger.Level = .info,
        write: @escaping @Sendable ([UInt8]) -> Void = JSONLogHandler.standardError
    ) {
        self.label = label
        logLevel = level
        self.write = write
    }

    /// One call of `write(2)` for a line, so that lines of several threads do not mix.
    public static let standardError: @Sendable ([UInt8]) -> Void = { line in
        FileHandle.standardError.write(Data(line))
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var merged = metadata
        if let provided = metadataProvider?.get() { merged.merge(provided) { _, new in new } }
        if let own = event.metadata { merged.merge(own) { _, new in new } }
        var members: [JSON.Member] = [
            .init(name: "time", value: .string(Self.now())),
            .init(name: "level", value: .string(event.level.rawValue)),
            .init(name: "label", value: .string(label)),
            .init(name: "message", value: .string(event.message.description)),
        ]
        if let error = event.error {
            members.append(.init(name: "error", value: .string("\(type(of: error))")))
        }
        for (key, value) in merged.sorted(by: { $0.key < $1.key })
        where !["time", "level", "label", "message", "error"].contains(key) {
            members.append(.init(name: key, value: .string(value.description)))
        }
        write(JSON.object(members).bytes + [UInt8(ascii: "\n")])
    }

    private static func now() -> String {
        let seconds = Date().timeIntervalSince1970
        return Instant(microsecondsSinceUnixEpoch: Int64((seconds * 1_000_000).rounded())).iso8601
    }
}
