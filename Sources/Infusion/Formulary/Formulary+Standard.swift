public import Foundation

extension Formulary {
    /// Every product and row of clinical facts §1, as of November 2026.
    public static let standard = make()

    /// Public sources disagree on the weekly maximum of Venofer in the EU: 600 mg by arithmetic of
    /// 3 × 200, 500 mg in an EMA figure (§1.2, IS-EU). The safe one is the default; a site may set it.
    public static func make(ironSucroseWeeklyMaximumEU: Milligrams = Milligrams(500)) -> Formulary {
        let ironSucrose =
            IronSucrose.rowsOfUS
            + IronSucrose.rowsOfEU(weeklyMaximum: ironSucroseWeeklyMaximumEU)
        return Formulary(
            version: ironSucroseWeeklyMaximumEU.value == 500
                ? "2026.11.0" : "2026.11.0+is-eu-\(ironSucroseWeeklyMaximumEU.value)",
            products: FerricCarboxymaltose.products + FerricDerisomaltose.products
                + IronSucrose.products + Ferumoxytol.products + IronDextran.products
                + SodiumFerricGluconate.products,
            rows: FerricCarboxymaltose.rows + FerricDerisomaltose.rows + ironSucrose
                + Ferumoxytol.rows + IronDextran.rows + SodiumFerricGluconate.rows)
    }
}
