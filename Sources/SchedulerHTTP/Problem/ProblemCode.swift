import Infusion

/// Every problem that the service itself reports. Refusals of the domain carry their own code; see
/// ``Problem/init(refusal:version:position:)``. The table of all codes is `docs/errors.md`.
enum ProblemCode: String, Hashable, Sendable, CaseIterable {
    case malformedJSON = "malformed-json"
    case invalidParameter = "invalid-parameter"
    case idempotencyKeyMissing = "idempotency-key-missing"
    case idempotencyKeyInvalid = "idempotency-key-invalid"
    case ifMatchInvalid = "if-match-invalid"
    case tokenMissing = "token-missing"
    case tokenInvalid = "token-invalid"
    case tokenExpired = "token-expired"
    case scopeMissing = "scope-missing"
    case coSignerTokenInvalid = "co-signer-token-invalid"
    case coSignerTokenExpired = "co-signer-token-expired"
    case coSignerScopeMissing = "co-signer-scope-missing"
    case tenantUnknown = "tenant-unknown"
    case notFound = "not-found"
    case routeNotFound = "route-not-found"
    case methodNotAllowed = "method-not-allowed"
    case bodyTimeout = "body-timeout"
    case identifierTaken = "identifier-taken"
    case slotTaken = "slot-taken"
    case beyondTheHead = "beyond-the-head"
    case versionMismatch = "version-mismatch"
    case bodyTooLarge = "body-too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case invalidBody = "invalid-body"
    case unknownSite = "unknown-site"
    case idempotencyKeyReused = "idempotency-key-reused"
    case headersTooLarge = "headers-too-large"
    case internalError = "internal-error"
    case historyUnreadable = "history-unreadable"
    case storeFailed = "store-failed"
    case contended = "contended"
    case storeUnavailable = "store-unavailable"
    case storeBusy = "store-busy"
    case outcomeUnknown = "outcome-unknown"
    case overloaded
    case requestTimeout = "request-timeout"
    case tooManySubscribers = "too-many-subscribers"
    case notReady = "not-ready"
    case keysUnavailable = "keys-unavailable"
    case limitExceeded = "limit-exceeded"

    var status: Int {
        switch self {
        case .malformedJSON, .invalidParameter, .idempotencyKeyMissing, .idempotencyKeyInvalid,
            .ifMatchInvalid:
            400
        case .tokenMissing, .tokenInvalid, .tokenExpired, .coSignerTokenInvalid,
            .coSignerTokenExpired:
            401
        case .scopeMissing, .coSignerScopeMissing, .tenantUnknown: 403
        case .notFound, .routeNotFound: 404
        case .methodNotAllowed: 405
        case .bodyTimeout: 408
        case .identifierTaken, .slotTaken, .beyondTheHead: 409
        case .versionMismatch: 412
        case .bodyTooLarge: 413
        case .unsupportedMediaType: 415
        case .invalidBody, .unknownSite, .idempotencyKeyReused, .limitExceeded: 422
        case .headersTooLarge: 431
        case .internalError, .historyUnreadable, .storeFailed: 500
        case .contended, .storeUnavailable, .storeBusy, .outcomeUnknown, .overloaded,
            .requestTimeout, .tooManySubscribers, .notReady, .keysUnavailable:
            503
        }
    }

    /// One line for people; the same for every occurrence.
    var title: String {
        switch self {
        case .malformedJSON: "The body is not JSON as it is accepted here"
        case .invalidParameter: "A parameter is missing or not valid"
        case .idempotencyKeyMissing: "A command needs an Idempotency-Key header"
        case .idempotencyKeyInvalid: "The Idempotency-Key is not 1 to 255 visible ASCII characters"
        case .ifMatchInvalid: "If-Match is not one quoted version"
        case .tokenMissing: "The request carries no bearer token"
        case .tokenInvalid: "The bearer token is not accepted"
        case .tokenExpired: "The bearer token has expired"
        case .scopeMissing: "The token does not allow this"
        case .coSignerTokenInvalid: "The second signature's token is not accepted"
        case .coSignerTokenExpired: "The second signature's token has expired"
        case .coSignerScopeMissing: "The second signature's token does not allow this"
        case .tenantUnknown: "The token's tenant does not exist or is closed"
        case .notFound: "There is no such thing"
        case .routeNotFound: "There is nothing at this path"
        case .methodNotAllowed: "The path does not answer to this method"
        case .bodyTimeout: "The body did not arrive in time"
        case .identifierTaken: "Another patient holds one of the identifiers"
        case .slotTaken: "The chair, the patient or the nurses are taken at that time"
        case .beyondTheHead: "The log ends before this position"
        case .versionMismatch: "The patient or the site has changed since the version in If-Match"
        case .bodyTooLarge: "The body is larger than allowed"
        case .unsupportedMediaType: "The body must be application/json"
        case .invalidBody: "Fields of the body are missing, unknown or not valid"
        case .unknownSite: "The tenant has no such site"
        case .idempotencyKeyReused: "The Idempotency-Key was used before for another request"
        case .headersTooLarge: "The headers are larger than allowed"
        case .internalError: "The service failed"
        case .historyUnreadable: "A stored event of the patient or the site cannot be read"
        case .storeFailed: "The store answered with an error"
        case .contended: "Other commands for the patient or the site kept winning"
        case .storeUnavailable: "The store cannot be reached"
        case .storeBusy: "Somebody else holds a lock of the store for too long"
        case .outcomeUnknown: "The outcome is unknown; retry with the same key"
        case .overloaded: "More is under way than the service takes"
        case .requestTimeout: "The request took too long"
        case .tooManySubscribers: "There are too many subscribers to the event feed"
        case .notReady: "The service is not ready"
        case .keysUnavailable: "The patient's key cannot be opened"
        case .limitExceeded:
            "The history of the patient or the site is longer than the service reads"
        }
    }

    /// Seconds to wait before the same request has a chance; `nil` where waiting does not help.
    var retryAfterSeconds: Int? {
        switch self {
        case .contended, .outcomeUnknown, .overloaded: 1
        case .storeUnavailable, .storeBusy, .requestTimeout, .notReady: 2
        case .tooManySubscribers, .keysUnavailable: 30
        case .malformedJSON, .invalidParameter, .idempotencyKeyMissing, .idempotencyKeyInvalid,
            .ifMatchInvalid, .tokenMissing, .tokenInvalid, .tokenExpired, .scopeMissing,
            .coSignerTokenInvalid, .coSignerTokenExpired, .coSignerScopeMissing,
            .tenantUnknown, .notFound, .routeNotFound, .methodNotAllowed, .bodyTimeout,
            .identifierTaken, .slotTaken, .beyondTheHead, .versionMismatch, .bodyTooLarge,
            .unsupportedMediaType, .invalidBody, .unknownSite, .idempotencyKeyReused,
            .headersTooLarge, .internalError,
            .historyUnreadable, .storeFailed, .limitExceeded:
            nil
        }
    }
}
