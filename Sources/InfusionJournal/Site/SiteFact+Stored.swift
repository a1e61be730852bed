import Infusion

/// All payloads of a site's events, v1: their members in writing order, spelled out in both directions.
extension SiteFact {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        switch self {
        case .siteOpened(let site, let zone):
            try json.write("site", site)
            try json.write("timeZone", zone)
        case .timeZoneCorrected(let zone): try json.write("timeZone", zone)
        case .limitsSet(let limits): try limits.write(to: &json)
        case .automaticOffersSet(let offers): try offers.write(to: &json)
        case .chairDefined(let chair): try chair.write(to: &json)
        case .chairRetired(let chair, let from):
            try json.write("chair", chair)
            try json.write("from", from)
        case .chairTakenOut(let outage): try outage.write(to: &json)
        case .chairReturned(let outage, let at):
            try json.write("outage", outage)
            try json.write("at", at)
        case .hoursSet(let weekly): try weekly.write(to: &json)
        case .hoursWithdrawn(let date): try json.write("validFrom", date)
        case .closureAnnounced(let closure): try closure.write(to: &json)
        case .closureWithdrawn(let id): try json.write("closure", id)
        case .openingAnnounced(let opening): try opening.write(to: &json)
        case .openingWithdrawn(let id): try json.write("opening", id)
        case .shiftPlanned(let shift): try shift.write(to: &json)
        case .shiftShortened(let id, let period, let reason):
            try json.write("shift", id)
            try period.write(to: &json)
            try json.write("reason", reason)
        case .shiftWithdrawn(let id, let reason):
            try json.write("shift", id)
            try json.write("reason", reason)
        case .stockCounted(let count): try count.write(to: &json)
        case .deliveryRecorded(let delivery): try delivery.write(to: &json)
        case .deliveryWithdrawn(let id): try json.write("delivery", id)
        }
    }

    init(_ type: SiteEventType, reading object: inout JSONObject) throws(PayloadError) {
        switch type {
        case .siteOpened:
            self = .siteOpened(
                try object.read("site"), timeZone: try object.read("timeZone"))
        case .timeZoneCorrected: self = .timeZoneCorrected(try object.read("timeZone"))
        case .limitsSet: self = .limitsSet(try CapacityLimits(reading: &object))
        case .automaticOffersSet:
            self = .automaticOffersSet(try AutomaticOffers(reading: &object))
        case .chairDefined: self = .chairDefined(try SiteChair(reading: &object))
        case .chairRetired:
            self = .chairRetired(try object.read("chair"), from: try object.read("from"))
        case .chairTakenOut: self = .chairTakenOut(try ChairOutage(reading: &object))
        case .chairReturned:
            self = .chairReturned(outage: try object.read("outage"), at: try object.read("at"))
        case .hoursSet: self = .hoursSet(try WeeklyHours(reading: &object))
        case .hoursWithdrawn: self = .hoursWithdrawn(validFrom: try object.read("validFrom"))
        case .closureAnnounced: self = .closureAnnounced(try SiteClosure(reading: &object))
        case .closureWithdrawn: self = .closureWithdrawn(try object.read("closure"))
        case .openingAnnounced: self = .openingAnnounced(try SiteOpening(reading: &object))
        case .openingWithdrawn: self = .openingWithdrawn(try object.read("opening"))
        case .shiftPlanned: self = .shiftPlanned(try Shift(reading: &object))
        case .shiftShortened:
            self = .shiftShortened(
                try object.read("shift"), to: try LocalPeriod(reading: &object),
                reason: try object.read("reason"))
        case .shiftWithdrawn:
            self = .shiftWithdrawn(
                try object.read("shift"), reason: try object.read("reason"))
        case .stockCounted: self = .stockCounted(try StockCount(reading: &object))
        case .deliveryRecorded: self = .deliveryRecorded(try StockDelivery(reading: &object))
        case .deliveryWithdrawn: self = .deliveryWithdrawn(try object.read("delivery"))
        }
    }
}
