import EventStore
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionWire

extension Problem {
    /// The one place where what the application says becomes what a client reads.
    init(application error: ApplicationError) {
        switch error {
        case .forbidden(let scope): self.init(missing: scope)
        case .notFound(let what):
            self.init(.notFound, detail: "no such \(what)")
        case .refused(let refusal, let version, let position):
            self.init(refusal: refusal, in: .body([:]), version: version, position: position)
        case .siteRefused(let refusal, let version, let position):
            self.init(siteRefusal: refusal, in: .body([:]), version: version, position: position)
        case .versionMismatch(let expected, let current):
            self.init(
                .versionMismatch,
                detail: "If-Match named version \(expected), the current one is \(current)")
            self = self.with("expectedVersion", .integer(expected.value))
                .with("currentVersion", .integer(current.value))
                .with(.eTag, "\"\(current)\"")
        case .keyReused:
            self.init(
                .idempotencyKeyReused,
                detail:
                    "use a new key, or send the method, path and body that were sent with it first")
        case .contended(let attempts):
            self.init(.contended, detail: "decided again \(attempts) times")
        case .unavailable(let constraint, let quarter):
            self.init(.slotTaken, detail: constraint)
            self = self.with("constraint", .string(constraint))
            if let quarter { self = self.with("quarter", .instant(quarter.start)) }
        case .identifierTaken: self.init(.identifierTaken)
        case .unknownSite(let site, let accepted):
            self.init(.unknownSite, detail: "no site \(site)")
            self = self.with("accepted", .array(accepted.map { .string($0) }))
        case .beyondTheHead(let asked, let head): self.init(known: asked, beyond: head)
        case .stillToCome(_, let head):
            self.init(
                parameter: "knownAt", problem: "is still to come", accepted: "now, or earlier")
            self = self.with("position", .integer(head.value))
        case .store(let failure): self.init(store: failure)
        case .journal(let failure): self.init(journal: failure)
        case .keys: self.init(.keysUnavailable)
        }
    }

    /// What nobody knows yet is not answered as what is known now.
    private init(known asked: Position, beyond head: Position) {
        self.init(
            .beyondTheHead, detail: "asked for what was known at \(asked), the log ends at \(head)")
        self = self.with("position", .integer(head.value))
            .with(
                parameter: "knownAtPosition", problem: "is behind the head of the log",
                accepted: "0 to \(head)")
    }

    /// What cannot be read is the operator's to mend, so it says where they look. One that cannot be stored is
    /// a fault of the program, of which nothing is in the log.
    private init(journal failure: JournalFailure) {
        switch failure.error {
        case .unwritable:
            self.init(.internalError)
        case .unknownEventType, .unreadable, .anotherSubject:
            self.init(
                .historyUnreadable,
                detail:
                    "\(failure); an operator has to look, with `ferrovia verify` and "
                    + "`ferrovia parked list`")
        }
        if let position = failure.position {
            self = self.with("position", .integer(position.value))
        }
    }

    init(missing scope: Scope) {
        self.init(.scopeMissing, detail: "the scope \(scope.rawValue) is needed")
        self = self.with("neededScope", .string(scope.rawValue))
            .with(
                .wwwAuthenticate,
                "Bearer error=\"insufficient_scope\", scope=\"\(scope.rawValue)\"")
    }

    /// Codes are open: an adapter's own are failures of the store.
    private init(store failure: EventLogError) {
        let known: [EventLogError.Code: ProblemCode] = [
            .unavailable: .storeUnavailable, .busy: .storeBusy, .outcomeUnknown: .outcomeUnknown,
            .overloaded: .overloaded, .unknownTenant: .tenantUnknown,
            .limitExceeded: .limitExceeded,
        ]
        // Which of the limits it was is the caller's to know; other descriptions are the operator's.
        self.init(
            known[failure.code] ?? .storeFailed,
            detail: failure.code == .overloaded ? failure.description : nil)
    }
}
