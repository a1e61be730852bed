import Foundation
import Infusion
import Testing

/// The worked examples of clinical facts §2.4, restated as values of the tests' own. Numbers are text.
enum WorkedExamples {
    struct Ganzoni: Sendable, CustomTestStringConvertible {
        let id: String
        let weight: String
        let hemoglobin: String
        var target: String?
        var stores: String?
        let need: String
        var source = "computed in clinical facts §2.4"
        var testDescription: String { id }
    }

    static let ganzoni: [Ganzoni] = [
        .init(id: "G01", weight: "70", hemoglobin: "8.0", need: "1676"),
        .init(id: "G02", weight: "60", hemoglobin: "9.0", need: "1364"),
        .init(id: "G03", weight: "50", hemoglobin: "7.0", need: "1460"),
        .init(id: "G04", weight: "80", hemoglobin: "6.0", need: "2228"),
        .init(id: "G06", weight: "30", hemoglobin: "6.0", need: "954", source: "SmPC table (V)"),
        .init(id: "G08", weight: "34.9", hemoglobin: "6.0", need: "1109.82", source: "< 35 branch"),
        .init(
            id: "G09", weight: "35.0", hemoglobin: "6.0", need: "1256",
            source: "the jump of 146 mg at the boundary is expected"),
        .init(id: "G11", weight: "70", hemoglobin: "15.2", need: "500", source: "not 466.4"),
        .init(id: "G12", weight: "70", hemoglobin: "14.0", need: "668"),
        .init(
            id: "G14", weight: "70", hemoglobin: "8.5", need: "1592", source: "85 g/L, converted"),
        .init(
            id: "G16", weight: "62", hemoglobin: "8.5", target: "11", need: "872",
            source: "pre-pregnancy weight"),
        .init(id: "G16 at target 15", weight: "62", hemoglobin: "8.5", need: "1467.2"),
        .init(
            id: "G17", weight: "70", hemoglobin: "8.0", target: "13", need: "1340",
            source: "CRAN's default, which must not be ours"),
        .init(
            id: "G18", weight: "70", hemoglobin: "6.0", target: "12", need: "1508",
            source: "edren prints 1,500"),
        .init(id: "G20", weight: "67", hemoglobin: "9.0", need: "1464.8"),
        .init(
            id: "G21", weight: "50", hemoglobin: "11", stores: "500", need: "980",
            source: "CADTH NBK564172 T12: 10 mg/kg (V)"),
        .init(
            id: "G22", weight: "70", hemoglobin: "9", stores: "1000", need: "2008",
            source: "CADTH (V)"),
    ]

    struct Rounded: Sendable, CustomTestStringConvertible {
        let id: String
        let need: String
        let weight: String
        let moiety: Moiety
        let printed: String
        var testDescription: String { "\(id) by \(moiety)" }
    }

    static let rounded: [Rounded] = [
        .init(id: "G06", need: "954", weight: "30", moiety: .ironSucrose, printed: "950"),
        .init(
            id: "G06, Hb 7.5", need: "846", weight: "30", moiety: .ironSucrose,
            printed: "850"),
        .init(id: "G24", need: "144", weight: "60", moiety: .ironSucrose, printed: "150"),
        .init(id: "tie", need: "975", weight: "60", moiety: .ironSucrose, printed: "950"),
        .init(
            id: "G20", need: "1464.8", weight: "67", moiety: .ferricCarboxymaltose, printed: "1500"),
        .init(
            id: "66 kg", need: "1464.8", weight: "66", moiety: .ferricCarboxymaltose,
            printed: "1400"),
        .init(
            id: "G09", need: "1256", weight: "35", moiety: .ferricCarboxymaltose, printed: "1200"),
        .init(
            id: "exact", need: "1109.82", weight: "34.9", moiety: .ferricDerisomaltose,
            printed: "1109.82"),
    ]

    struct Infed: Sendable, CustomTestStringConvertible {
        let id: String
        let leanBodyWeight: String
        let hemoglobin: String
        let desired: String?
        let milliliters: String
        let milligrams: String
        var testDescription: String { id }
    }

    static let infed: [Infed] = [
        .init(
            id: "I01", leanBodyWeight: "70", hemoglobin: "7", desired: "12", milliliters: "33.67",
            milligrams: "1683.5"),
        .init(
            id: "I02", leanBodyWeight: "70", hemoglobin: "7", desired: "14.8",
            milliliters: "42.3332",
            milligrams: "2116.66"),
        .init(
            id: "I02 by default", leanBodyWeight: "70", hemoglobin: "7", desired: nil,
            milliliters: "42.3332", milligrams: "2116.66"),
        .init(
            id: "a child of 15 kg", leanBodyWeight: "15", hemoglobin: "7", desired: nil,
            milliliters: "7.215", milligrams: "360.75"),
    ]

    struct Table: Sendable, CustomTestStringConvertible {
        enum Name: Sendable { case ferinject, monofer }
        let name: Name
        let weight: String
        let hemoglobin: String
        let need: String
        var testDescription: String { "\(name) \(weight) kg, Hb \(hemoglobin)" }
    }

    /// T01, T02, T04, T06, T07, then every cell of §2.2 and both sides of each of its boundaries.
    static let tables: [Table] =
        cells(
            .ferinject,
            [
                ("69.9", "9.9", "1500"), ("70", "9.9", "2000"), ("34.9", "8", "500"),
                ("34.9", "10", "500"), ("34.9", "14", "500"),
                ("35", "9.99", "1500"), ("35", "10", "1000"), ("35", "13.99", "1000"),
                ("35", "14", "500"),
                ("69.9", "10", "1000"), ("69.9", "14", "500"),
                ("70", "10", "1500"), ("70", "13.99", "1500"), ("70", "14", "500"),
                ("70", "9.994", "2000"), ("70", "9.995", "1500"), ("70.1", "15", "500"),
            ])
        + cells(
            .monofer,
            [
                ("49.9", "8", "500"), ("50", "8", "1500"), ("49.9", "10", "500"),
                ("50", "9.99", "1500"),
                ("50", "10", "1000"), ("50.1", "10", "1000"), ("69.9", "9.9", "1500"),
                ("69.9", "10", "1000"), ("70", "9.9", "2000"), ("70", "10", "1500"),
                ("70", "14", "1500"),
                ("70", "9.995", "1500"),
            ])

    private static func cells(_ name: Table.Name, _ rows: [(String, String, String)]) -> [Table] {
        rows.map { Table(name: name, weight: $0.0, hemoglobin: $0.1, need: $0.2) }
    }

    /// §1.3, every band of both weights with both sides of every boundary; U06 and U07 are among them.
    struct HeartFailure: Sendable, CustomTestStringConvertible {
        let weight: String
        let hemoglobin: String
        let day1: String
        let week6: String
        var testDescription: String { "\(weight) kg, Hb \(hemoglobin)" }
    }

    static let heartFailure: [HeartFailure] = [
        ("69.9", "9.9", "1000", "500"), ("69.9", "10", "1000", "0"), ("69.9", "14.0", "1000", "0"),
        ("69.9", "14.1", "500", "0"), ("69.9", "14.99", "500", "0"),
        ("70", "9.9", "1000", "1000"), ("70", "10", "1000", "500"), ("70", "14", "1000", "500"),
        ("70", "14.1", "500", "0"), ("70", "14.99", "500", "0"),
        // Compared after rounding to 0.01 g/dL.
        ("70", "9.994", "1000", "1000"), ("70", "9.995", "1000", "500"),
        ("70", "14.004", "1000", "500"), ("70", "14.01", "500", "0"), ("70", "14.994", "500", "0"),
        ("40", "9.0", "1000", "500"), ("70.1", "12", "1000", "500"),
    ].map { HeartFailure(weight: $0.0, hemoglobin: $0.1, day1: $0.2, week6: $0.3) }
}
