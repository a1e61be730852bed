import Faults
import HTTPTypes
import Hummingbird
import InfusionWire

/// An RFC 9457 problem: what every answer that is not a success carries.
struct Problem: Error, Hashable, Sendable {
    static let mediaType = "application/problem+json"

    let code: String
    let status: Int
    let title: String
    /// What is wrong this time. Never a value out of a patient's record.
    var detail: String?
    /// Members beyond the standard's, in the order given.
    var extensions: [JSON.Member] = []
    var headers: [HTTPField] = []

    init(_ code: ProblemCode, detail: String? = nil) {
        self.init(code: code.rawValue, status: code.status, title: code.title, detail: detail)
        if let seconds = code.retryAfterSeconds { self = self.with(.retryAfter, String(seconds)) }
    }

    init(code: String, status: Int, title: String, detail: String?) {
        self.code = code
        self.status = status
        self.title = title
        self.detail = detail
    }

    func with(_ name: HTTPField.Name, _ value: String) -> Problem {
        var copy = self
        copy.headers.append(HTTPField(name: name, value: value))
        return copy
    }

    func with(_ name: String, _ value: JSON) -> Problem {
        var copy = self
        copy.extensions.append(.init(name: name, value: value))
        return copy
    }

    /// As a command is told it: where waiting helps, and the outcome is known, a retry is safe because
    /// nothing was written. A question has no use for that.
    var toldToCommand: Problem {
        guard status == 503, code != ProblemCode.outcomeUnknown.rawValue else { return self }
        var copy = self
        copy.detail = (detail.map { "\($0); " } ?? "") + "nothing was written"
        return copy
    }

    /// - Parameter requestID: `instance`, by which the log lines of the request are found.
    func json(requestID: String) -> JSON {
        var members: [JSON.Member] = [
            .init(name: "type", value: .string("urn:ferrovia:problem:\(code)")),
            .init(name: "title", value: .string(title)),
            .init(name: "status", value: .number(String(status))),
            .init(name: "code", value: .string(code)),
        ]
        if let detail { members.append(.init(name: "detail", value: .string(detail))) }
        members.append(.init(name: "instance", value: .string("urn:ferrovia:request:\(requestID)")))
        return .object(members + extensions)
    }
}

extension Problem {
    init(fields: FieldProblems) {
        let first = fields.all.first
        let others = fields.all.count + fields.untold - 1
        let more = others > 0 ? " (and \(others) more)" : ""
        self.init(.invalidBody, detail: first.map { "\($0.pointer): \($0.problem)\(more)" })
        self = self.with("errors", .array(fields.all.map(\.json)))
    }

    /// A path, query or header parameter that is missing or not valid.
    init(parameter: String, problem: String, accepted: String) {
        self.init(.invalidParameter, detail: "\(parameter): \(problem)")
        self = self.with(parameter: parameter, problem: problem, accepted: accepted)
    }

    func with(parameter: String, problem: String, accepted: String?) -> Problem {
        let error: JSON = [
            "parameter": .string(parameter), "problem": .string(problem),
            "accepted": .optional(accepted) { .string($0) },
        ]
        return with("errors", [error])
    }
}
