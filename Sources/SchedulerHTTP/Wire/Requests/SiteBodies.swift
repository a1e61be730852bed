import Faults
import Infusion
import InfusionWire

/// `POST /v1/sites/{id}/chairs/{chair}/out-of-service`
struct ChairOutageBody: WireBody {
    static let members: BodyMembers = ["id": "outage", "chair": ""]
    let outage: SiteEntryID?
    let from: LocalTime
    let until: LocalTime?
    let reason: OutageReason

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (outage, from, until, reason) = try allRead(
            reading(try reader.optional("outage", .siteEntry)),
            reading(try reader.required("from", .localTime)),
            reading(try reader.optional("until", .localTime)),
            reading(try reader.required("reason", .oneOf(OutageReason.self))))
    }
}

/// `POST /v1/sites/{id}/chairs/{chair}/back-in-service`
struct ChairReturnBody: WireBody {
    let at: LocalTime

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        at = try reader.required("at", .localTime)
    }
}

/// `POST /v1/sites/{id}/closures`
struct ClosureBody: WireBody {
    static let members: BodyMembers = ["id": "closure"]
    let closure: SiteEntryID?
    let period: LocalPeriod
    let reason: ClosureReason

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (closure, period, reason) = try allRead(
            reading(try reader.optional("closure", .siteEntry)),
            reading(try reader.period()),
            reading(try reader.required("reason", .oneOf(ClosureReason.self))))
    }
}

/// `POST /v1/sites/{id}/shifts/{shift}/shorten`
struct ShiftShorteningBody: WireBody {
    static let members: BodyMembers = ["period": ""]
    let period: LocalPeriod
    let reason: ShiftChangeReason

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (period, reason) = try allRead(
            reading(try reader.period()),
            reading(try reader.required("reason", .oneOf(ShiftChangeReason.self))))
    }
}

/// `POST /v1/sites/{id}/shifts/{shift}/withdraw`
struct ShiftWithdrawalBody: WireBody {
    let reason: ShiftChangeReason

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        reason = try reader.required("reason", .oneOf(ShiftChangeReason.self))
    }
}

extension ObjectReader {
    /// `from` and `until`, on the site's wall.
    fileprivate mutating func period() throws(FieldProblems) -> LocalPeriod {
        let (from, until) = try allRead(
            reading(try required("from", .localTime)), reading(try required("until", .localTime)))
        guard let period = LocalPeriod(from: from, until: until) else {
            throw FieldProblems(
                JSONPointer.member(pointer, "until"), "is not after from",
                accepted: "a time after \(from)")
        }
        return period
    }
}

extension Field where Value == LocalTime {
    /// On the site's wall; an offset would say which instant, and that is the zone's to say.
    static let localTime = string("a local time, YYYY-MM-DDThh:mm") { LocalTime($0) }
}

extension Field where Value == SiteEntryID {
    static let siteEntry = Field<SiteEntryID>.string(
        "1 to \(InfusionLimits.entryNameCharacters) visible ASCII characters"
    ) { text in
        let isName = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return (1...InfusionLimits.entryNameCharacters).contains(text.utf8.count) && isName
            ? SiteEntryID(text) : nil
    }
}
