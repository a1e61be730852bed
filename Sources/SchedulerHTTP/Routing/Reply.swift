import EventStore
import HTTPTypes
import Hummingbird
import InfusionWire

/// An answer on its way out.
struct Reply: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields
    var body: ResponseBody

    init(status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], body: ResponseBody) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// JSON that rests on a position of the log.
    init(_ json: JSON, status: HTTPResponse.Status = .ok, position: Position?) {
        self.init(
            bytes: json.bytes, mediaType: "application/json", status: status)
        if let position { headers[.ferroviaPosition] = position.description }
    }

    init(bytes: [UInt8], mediaType: String, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status, headers: [.contentType: mediaType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The patient's version, as `If-Match` takes it back.
    func with(version: StreamVersion) -> Reply {
        var copy = self
        copy.headers[.eTag] = "\"\(version)\""
        return copy
    }

    func with(_ name: HTTPField.Name, _ value: String) -> Reply {
        var copy = self
        copy.headers[name] = value
        return copy
    }

    var response: Response { Response(status: status, headers: headers, body: body) }

    init(_ problem: Problem, requestID: String) {
        self.init(
            bytes: problem.json(requestID: requestID).bytes, mediaType: Problem.mediaType,
            status: HTTPResponse.Status(code: problem.status))
        for field in problem.headers { headers[field.name] = field.value }
    }
}
