import Foundation

extension IronNeedCalculator {
    /// The simplified table of a product's label; only Ferinject and Monofer have one.
    public func simplifiedTable(
        for moiety: Moiety, region: LabelRegion, weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(IronNeedProblem) -> IronNeed {
        switch (moiety, region) {
        case (.ferricCarboxymaltose, .eu):
            try ferinjectTable(weight: weight, hemoglobin: hemoglobin)
        case (.ferricDerisomaltose, .eu):
            try monoferTable(weight: weight, hemoglobin: hemoglobin)
        case (.ferricCarboxymaltose, .us), (.ferricDerisomaltose, .us), (.ironSucrose, _),
            (.ferumoxytol, _), (.ironDextran, _), (.sodiumFerricGluconate, _):
            throw .notInTable("the label has no simplified table")
        }
    }

    /// Ferinject (§2.2): actual weight.
    public func ferinjectTable(
        weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(IronNeedProblem) -> IronNeed {
        try Cells(name: "Ferinject", cells: tables.ferinject).need(
            weight: weight, hemoglobin: hemoglobin)
    }

    /// Monofer (§2.2), with bands of its own.
    public func monoferTable(
        weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(IronNeedProblem) -> IronNeed {
        try Cells(name: "Monofer", cells: tables.monofer).need(
            weight: weight, hemoglobin: hemoglobin)
    }

    /// Monofer's fixed need, then evaluated anew (§2.2).
    public func monoferFixedNeed(
        weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(IronNeedProblem) -> IronNeed {
        try Cells(
            name: "Monofer fixed need", cells: tables.monoferFixed,
            elsewhere: "use the table or Ganzoni"
        ).need(weight: weight, hemoglobin: hemoglobin)
    }

    /// ECCO for inflammatory bowel disease (§2.2, FERGIcor).
    ///
    /// Where the sex is not known the women's table, which asks for less iron, holds.
    public func eccoTable(
        weight: Kilograms, hemoglobin: GramsPerDeciliter, gender: AdministrativeGender
    ) throws(IronNeedProblem) -> IronNeed {
        let cells =
            switch gender {
            case .male: tables.eccoMen
            case .female, .other, .unknown: tables.eccoWomen
            }
        return try Cells(name: "ECCO", cells: cells, method: .eccoTable).need(
            weight: weight, hemoglobin: hemoglobin)
    }

    /// Injectafer in heart failure: day 1 and week 6 together (§1.3). Maintenance is decided later, dose
    /// by dose, and is not part of the need.
    public func heartFailureTable(
        weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(IronNeedProblem) -> IronNeed {
        try DosingWeight.requirePossible(weight)
        try Self.requirePossible(hemoglobin)
        let table = tables.heartFailure
        let doses: HeartFailureTable.Doses
        do {
            doses = try table.doses(weight: weight, hemoglobin: hemoglobin)
        } catch {
            throw .notInTable("no data from \(table.hemoglobinBelow) on")
        }
        return IronNeed(
            method: .heartFailureTable, milligrams: doses.total, weight: weight,
            hemoglobin: hemoglobin, targetHemoglobin: nil, stores: nil,
            formula: "Injectafer heart failure: day 1 \(doses.day1), week 6 \(doses.week6)")
    }

    /// The course that the label itself fixes; `nil` where the label leaves the total to a need.
    public static func labelCourse(
        of row: DosingRow, for subject: DosingSubject
    ) throws(DosingProblem) -> IronNeed? {
        guard let hemoglobin = subject.hemoglobin else { throw .missing(.hemoglobin) }
        let weight = try subject.knownWeight()
        let total: Milligrams
        switch row.course {
        case .byNeed: return nil
        case .flat, .perKilogram, .doses:
            guard let course = try row.limit(for: subject).course else { return nil }
            total = course
        case .heartFailureTable(let table):
            total = try table.doses(weight: weight, hemoglobin: hemoglobin).total
        }
        return IronNeed(
            method: .labelCourse, milligrams: total, weight: weight, hemoglobin: hemoglobin,
            targetHemoglobin: nil, stores: nil, formula: "label course of \(row.id): \(total)")
    }
}

/// A table of amounts, and what its answers call it.
private struct Cells {
    let name: String
    let cells: BandTable<Milligrams>
    var method = NeedMethod.simplifiedTable
    /// What to do beyond the table's ends.
    var elsewhere: String?

    func need(
        weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(IronNeedProblem) -> IronNeed {
        try DosingWeight.requirePossible(weight)
        try IronNeedCalculator.requirePossible(hemoglobin)
        guard let row = cells.row(weight: weight, hemoglobin: hemoglobin) else {
            let advice = elsewhere.map { ": \($0)" } ?? ""
            throw .notInTable(
                "the table of \(name) has no cell for \(weight), \(hemoglobin)\(advice)")
        }
        return IronNeed(
            method: method, milligrams: row.cell, weight: weight, hemoglobin: hemoglobin,
            targetHemoglobin: nil, stores: nil,
            formula: "\(name), \(row.place): \(row.cell)")
    }
}
