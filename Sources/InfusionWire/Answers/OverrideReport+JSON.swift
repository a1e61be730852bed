import EventStore
import Infusion
public import InfusionApplication

extension OverrideReportPage {
    /// `GET /v1/reports/overrides`.
    public var json: JSON {
        [
            "rows": .list(OverrideCount.counts(of: uses), \.json),
            "next": .optional(next) { .string($0.token) }, "position": .integer(position.value),
        ]
    }
}

extension OverrideReportPlace {
    /// Readable on purpose: `<reached>_<known>_<microseconds>`.
    public var token: String {
        "\(reached.value)_\(known.value)_\(moment.microsecondsSinceUnixEpoch)"
    }

    /// `nil` for what is not a ``token``.
    public init?(token: String) {
        let parts = token.split(separator: "_", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 3, let reached = parts[0], let known = parts[1], let moment = parts[2],
            reached >= 0, known >= reached, moment >= 0
        else { return nil }
        self.init(
            reached: Position(reached), known: Position(known),
            moment: Instant(microsecondsSinceUnixEpoch: moment))
    }
}
