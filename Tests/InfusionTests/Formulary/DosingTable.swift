import Foundation
import Infusion
import Testing

/// Clinical facts §1.2 once more, by hand: what each row must answer for one patient.
struct DosingTableEntry: Sendable, CustomTestStringConvertible {
    let row: String
    let weight: String?
    let age: Age
    let hb: String?
    let single: String
    let weekly: String?
    let course: String?
    var testDescription: String { "\(row) \(weight ?? "any weight")" }

    init(
        _ row: String, _ weight: String?, _ single: String, week weekly: String? = nil,
        course: String? = nil, age: Age = .years(40), hb: String? = nil
    ) {
        self.row = row
        self.weight = weight
        self.age = age
        self.hb = hb
        self.single = single
        self.weekly = weekly
        self.course = course
    }
}

enum DosingTable {
    static let entries: [DosingTableEntry] = [
        .init("FCM-US-2", "50", "750", course: "1500"),
        .init("FCM-US-2", "120", "750", course: "1500", age: .years(1)),
        // U03 and U04: 900, and 1,050 capped.
        .init("FCM-US-1", "60", "900", course: "900"),
        .init("FCM-US-1", "70", "1000", course: "1000"),
        .init("FCM-US-1", "50.1", "751.5", course: "751.5"),
        .init("FCM-US-lt50", "49.9", "748.5", course: "1497"),
        .init("FCM-US-lt50", "10", "150", course: "300", age: .years(1)),
        .init("FCM-US-HF", "70", "1000", course: "3500", hb: "9.9"),
        .init("FCM-US-HF", "69.9", "500", course: "2000", hb: "14.1"),
        // T04: 20 mg/kg of 34.9 kg is 698 mg.
        .init("FCM-EU-inf", "34.9", "698", week: "1000"),
        .init("FCM-EU-inf", "49.9", "998", week: "1000"),
        .init("FCM-EU-inf", "50", "1000", week: "1000"),
        .init("FCM-EU-inf", "50.1", "1000", week: "1000"),
        .init("FCM-EU-inj", "50", "750", week: "1000"),
        .init("FCM-EU-inj", "70", "1000", week: "1000"),
        .init("FCM-EU-HD", nil, "200", week: "1000"),
        .init("FCM-EU-paed", "20", "300", week: "750", age: .years(5)),
        .init("FCM-EU-paed", "50.1", "750", week: "750", age: .years(13)),
        .init("FDI-US", "50", "1000", course: "1000"),
        .init("FDI-US", "69.9", "1000", course: "1000"),
        .init("FDI-US-lt50", "49.9", "998", course: "998"),
        .init("FDI-US-lt50", "49.5", "990", course: "990"),
        .init("FDI-EU", "50", "1000", week: "1000"),
        .init("FDI-EU", "70", "1400", week: "1400"),
        .init("FDI-EU-bolus", "70", "500", week: "1400"),
        .init("IS-US-NDD", nil, "200", course: "1000"),
        .init("IS-US-NDD500", nil, "500", course: "1000"),
        .init("IS-US-HDD", nil, "100", course: "1000"),
        .init("IS-US-PDD", nil, "400", course: "1000"),
        .init("IS-US-paed", "30", "15", age: .years(2)),
        .init("IS-US-paed", "250", "100", age: .years(17)),
        // 500 mg is the safe one of two sources; 600 is the other.
        .init("IS-EU", nil, "200", week: "500"),
        .init("IS-EU-TDI", "60", "420", week: "500"),
        .init("IS-EU-TDI", "80", "500", week: "500"),
        .init("FMX-US", nil, "510", course: "1020"),
        .init("FMX-HD", nil, "510", course: "1020"),
        .init("LMWID-US", "70", "100", week: "700"),
        .init("LMWID-US", "4.9", "25", week: "700", age: .months(4)),
        .init("LMWID-US-TDI", nil, "1000"),
        .init("LMWID-US-paed", "4.9", "25", age: .months(4)),
        .init("LMWID-US-paed", "5", "50", age: .months(4)),
        .init("LMWID-US-paed", "9.9", "50", age: .months(12)),
        .init("LMWID-US-paed", "10", "100", age: .months(12)),
        .init("LMWID-EU", nil, "200"),
        .init("LMWID-EU-TDI", "60", "1200", course: "1200"),
        .init("SFG-US", nil, "125", course: "1000"),
        .init("SFG-US-paed", "20", "30", course: "240", age: .years(6)),
        .init("SFG-US-paed", "90", "125", course: "1000", age: .years(17)),
    ]

    /// Least and greatest age of each row, the latter not included.
    static let ages: [String: (Age, Age?)] = [
        "FCM-US-2": (.years(1), nil), "FCM-US-1": (.adult, nil), "FCM-US-lt50": (.years(1), nil),
        "FCM-US-HF": (.adult, nil), "FCM-EU-inf": (.years(14), nil),
        "FCM-EU-inj": (.years(14), nil),
        "FCM-EU-HD": (.years(14), nil), "FCM-EU-paed": (.years(1), .years(14)),
        "FDI-US": (.adult, nil), "FDI-US-lt50": (.adult, nil), "FDI-EU": (.adult, nil),
        "FDI-EU-bolus": (.adult, nil), "IS-US-NDD": (.adult, nil), "IS-US-NDD500": (.adult, nil),
        "IS-US-HDD": (.adult, nil), "IS-US-PDD": (.adult, nil), "IS-US-paed": (.years(2), .adult),
        "IS-EU": (.adult, nil), "IS-EU-TDI": (.adult, nil), "FMX-US": (.adult, nil),
        "FMX-HD": (.adult, nil), "LMWID-US": (.months(4), nil), "LMWID-US-TDI": (.adult, nil),
        "LMWID-US-paed": (.months(4), .adult), "LMWID-EU": (.adult, nil),
        "LMWID-EU-TDI": (.adult, nil), "SFG-US": (.adult, nil), "SFG-US-paed": (.years(6), .adult),
    ]

    /// The half-open weight ranges; every other row takes any weight.
    static let weights: [String: (atLeast: String?, below: String?)] = [
        "FCM-US-2": ("50", nil), "FCM-US-1": ("50", nil), "FCM-US-lt50": (nil, "50"),
        "FDI-US": ("50", nil), "FDI-US-lt50": (nil, "50"),
    ]

    /// The evidence marks of the table.
    static let unverified: Set = [
        "FCM-EU-HD", "FCM-EU-paed", "FDI-EU-bolus", "IS-EU-TDI", "LMWID-US-TDI",
    ]
}
