import Foundation
import HTTPTypes
import InfusionWire

@testable import SchedulerHTTP

/// Keeps every answer of the tests, where `FERROVIA_HTTP_RECORDINGS` names a directory: a validator that is
/// not ours then checks each against the OpenAPI document (`Tests/http/check_recordings.py`).
enum Recorder {
    private static let directory = ProcessInfo.processInfo.environment["FERROVIA_HTTP_RECORDINGS"]

    static func record(_ method: HTTPRequest.Method, _ path: String, _ answer: Answer) throws {
        guard let directory else { return }
        let plain = path.split(separator: "?", maxSplits: 1).first.map(String.init) ?? path
        let endpoint = SchedulerAPI.endpoints.first {
            $0.method == method && $0.matches(path: plain)
        }
        let headers = answer.headers.map {
            JSON.Member(name: $0.name.rawName.lowercased(), value: .string($0.value))
        }
        let recording: JSON = [
            "method": .string(method.rawValue.lowercased()), "path": .string(path),
            "route": .optional(endpoint) { .string($0.template) },
            "status": .integer(answer.status), "headers": .object(headers),
            "body": .string(answer.text),
        ]
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        let file = URL(filePath: directory).appending(path: "\(UUID().uuidString).json")
        try Data(recording.bytes).write(to: file)
    }
}
