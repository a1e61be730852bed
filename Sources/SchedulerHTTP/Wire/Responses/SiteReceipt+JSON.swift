import EventStore
import Infusion
import InfusionApplication
import InfusionWire

extension SiteReceipt {
    /// The same bytes every time: whether it was given before is told by a header.
    var json: JSON {
        [
            "site": .string(site.name), "version": .integer(version.value),
            "position": .integer(position.value),
            "positions": .optional(positions) {
                ["first": .integer($0.lowerBound.value), "last": .integer($0.upperBound.value)]
            },
            "events": .list(events) { .string($0) },
            "unfitVisits": unfit.json,
            "recordedAt": .instant(recordedAt),
        ]
    }
}

extension UnfitVisits {
    var json: JSON { ["total": .integer(total), "visits": .list(named, \.json)] }
}
