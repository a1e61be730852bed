import Foundation

/// A readable result: what rules decide on.
struct LabFact: Hashable {
    let lab: LabResultID
    let analyte: Analyte
    let value: LabValue
    let collectedAt: Instant
    /// The clinic-local date of collection.
    let date: CalendarDate
    let referenceLow: Decimal?
    let evidence: EventVersion
}

/// The readable results of one analyte, the oldest first. Each is made when it is read: a long history has
/// hundreds, of which a rule reads the last few.
struct Readings: RandomAccessCollection {
    /// Where the results of each analyte are among a patient's, in the order of their collection.
    typealias Places = [Analyte: [Int]]

    private let labs: [LabRecord]
    private let places: ArraySlice<Int>
    private let zone: TimeZone

    init(of labs: [LabRecord], at places: [Int], in zone: TimeZone) {
        self.init(labs, places[...], zone)
    }

    private init(_ labs: [LabRecord], _ places: ArraySlice<Int>, _ zone: TimeZone) {
        self.labs = labs
        self.places = places
        self.zone = zone
    }

    /// The readable ones that were collected by `instant`.
    static func places(in labs: [LabRecord], by instant: Instant) -> Places {
        var places: Places = [:]
        for index in labs.indices
        where labs[index].isReadable && labs[index].collectedAt <= instant {
            places[labs[index].analyte, default: []].append(index)
        }
        return places.mapValues { places in
            // Nearly always they are told in the order in which they were collected.
            let isOrdered = zip(places, places.dropFirst()).allSatisfy {
                labs[$0].collectedAt < labs[$1].collectedAt
            }
            if isOrdered { return places }
            return places.sorted {
                (labs[$0].collectedAt, labs[$0].current.version)
                    < (labs[$1].collectedAt, labs[$1].current.version)
            }
        }
    }

    var startIndex: Int { places.startIndex }
    var endIndex: Int { places.endIndex }

    subscript(index: Int) -> LabFact {
        let place = places[index]
        let current = labs[place].current
        return LabFact(
            lab: labs[place].id, analyte: labs[place].analyte, value: current.value,
            collectedAt: current.collectedAt, date: CalendarDate(current.collectedAt, in: zone),
            referenceLow: labs[place].referenceLow, evidence: current.version)
    }

    /// Those that can be of `date` or later; some at the beginning may be of the day before.
    func around(_ date: CalendarDate) -> Readings {
        // No zone's midnight is more than a day away from that of UTC.
        let earliest = Instant(
            microsecondsSinceUnixEpoch: Int64(date.dayNumber - 1) * 86_400_000_000)
        let first = places.partitioningIndex { labs[$0].collectedAt >= earliest }
        return Readings(labs, places[first...], zone)
    }
}

extension ArraySlice {
    /// The first index of an ordered list from which on `isBeyond` holds.
    fileprivate func partitioningIndex(_ isBeyond: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
