public import Infusion

/// The rows of the clinical tables, each of which some case must show.
public enum CaseCoverage {
    /// A row by its identifier, and the table it stands in.
    public struct Row: Hashable, Sendable {
        public let table: String
        public let id: String
    }

    /// Dosing rows, gates and rechecks as the program has them; the cells of the other tables by name.
    public static func rows(of formulary: Formulary) -> [Row] {
        formulary.rows.map { Row(table: "dosing rows (§1.2)", id: $0.id.name) }
            + heartFailure.map { Row(table: "heart-failure table (§1.3)", id: $0) }
            + need.map { Row(table: "iron need (§2)", id: $0) }
            + status.map { Row(table: "iron status (§3)", id: $0) }
            + Gate.allCases.map { Row(table: "gates (§4)", id: $0.rawValue) }
            + reactions.map { Row(table: "reactions (§5.3)", id: $0) }
            + RecheckRule.allCases.map { Row(table: "rechecks (§6)", id: $0.rawValue) }
            + response.map { Row(table: "response (§7)", id: $0) }
    }

    private static let heartFailure = [
        "HF-lt70kg-Hb-lt10", "HF-lt70kg-Hb10-14", "HF-lt70kg-Hb14-15", "HF-ge70kg-Hb-lt10",
        "HF-ge70kg-Hb10-14", "HF-ge70kg-Hb14-15", "HF-any-Hb-ge15", "HF-maintenance-week-12",
        "HF-maintenance-week-24", "HF-maintenance-week-36",
    ]

    private static let need =
        [
            "FERINJECT-lt35kg-Hb-lt10", "FERINJECT-lt35kg-Hb10-14", "FERINJECT-lt35kg-Hb-ge14",
            "FERINJECT-35-70kg-Hb-lt10", "FERINJECT-35-70kg-Hb10-14", "FERINJECT-35-70kg-Hb-ge14",
            "FERINJECT-ge70kg-Hb-lt10", "FERINJECT-ge70kg-Hb10-14", "FERINJECT-ge70kg-Hb-ge14",
            "MONOFER-lt50kg-Hb-lt10", "MONOFER-lt50kg-Hb-ge10", "MONOFER-50-70kg-Hb-lt10",
            "MONOFER-50-70kg-Hb-ge10", "MONOFER-ge70kg-Hb-lt10", "MONOFER-ge70kg-Hb-ge10",
        ]
        + [1, 2, 3, 4, 6, 8, 9, 11, 12, 14, 16, 17, 18, 20, 21, 22].map {
            "GANZONI-G" + ($0 < 10 ? "0" : "") + "\($0)"
        }

    private static let status = [
        "STATUS-GENERAL", "STATUS-ONC-ESMO", "STATUS-ONC-NCCN-ESA", "STATUS-HF", "STATUS-HF-FDA",
        "STATUS-CKD-ND", "STATUS-CKD-HD", "STATUS-IBD-ACTIVE", "STATUS-IBD-INACTIVE", "STATUS-PREG",
        "STATUS-PREOP", "STATUS-OVERLOAD", "STATUS-PRECEDENCE", "STATUS-BOUNDARY",
    ]

    private static let reactions = [
        "REACTION-MILD", "REACTION-MODERATE", "REACTION-SEVERE", "REACTION-EXTRAVASATION",
        "REACTION-DELAYED", "REACTION-HYPOTENSION",
    ]

    /// The levels of §7.1 and the rows of §7.2 by their numbers.
    private static let response =
        [
            "RESPONSE-EARLY-TREND", "RESPONSE-RESPONDER", "RESPONSE-PARTIAL", "RESPONSE-PENDING",
            "RESPONSE-TOO-EARLY", "RESPONSE-NON-RESPONDER", "RESPONSE-NOT-ASSESSABLE",
            "RESPONSE-ACUTE-LOSS",
        ] + (1...11).map { "RESPONSE-\($0)" }
}
