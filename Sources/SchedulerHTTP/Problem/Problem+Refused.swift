import EventStore
import Infusion
import InfusionWire

/// Where a request has what a refusal is about.
enum RefusedPlace: Hashable, Sendable {
    case body(BodyMembers)
    /// A question has no body: its parameters have the domain's names.
    case query
}

extension Problem {
    /// The domain's no: the code is the refusal's own.
    init(
        refusal: Refusal, in place: RefusedPlace, version: StreamVersion, position: Position
    ) {
        self.init(
            code: refusal.code, status: refusal.standing.rawValue, title: refusal.title,
            detail: refusal.detail { place.name(of: $0) })
        self = self.with(refusal.field, in: place).with(refusal.members)
            .judged(at: version, position)
    }

    /// A site's no: the code is the refusal's own.
    init(
        siteRefusal refusal: SiteRefusal, in place: RefusedPlace, version: StreamVersion,
        position: Position
    ) {
        self.init(
            code: refusal.code, status: refusal.standing.rawValue, title: refusal.title,
            detail: refusal.text)
        self = self.with(refusal.field, in: place).with(refusal.members)
            .judged(at: version, position)
    }

    private func with(_ refused: RefusedField?, in place: RefusedPlace) -> Problem {
        guard let refused else { return self }
        switch place {
        case .body(let members):
            let problem = FieldProblem(
                pointer: members.pointer(to: refused.field), problem: refused.problem,
                accepted: refused.accepted)
            return with("errors", [problem.json])
        case .query:
            return with(
                parameter: refused.field, problem: refused.problem, accepted: refused.accepted)
        }
    }

    private func with(_ members: [JSON.Member]) -> Problem {
        members.reduce(self) { $0.with($1.name, $1.value) }
    }

    private func judged(at version: StreamVersion, _ position: Position) -> Problem {
        with("version", .integer(version.value)).with("position", .integer(position.value))
            .with(.ferroviaPosition, String(position.value))
    }
}

extension RefusedPlace {
    /// What the body does not hold keeps the domain's name.
    fileprivate func name(of field: String) -> String {
        switch self {
        case .body(let members):
            let pointer = members.pointer(to: field)
            return pointer.isEmpty ? field : pointer
        case .query: return field
        }
    }
}
