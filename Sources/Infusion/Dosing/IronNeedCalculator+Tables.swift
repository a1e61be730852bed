import Foundation

extension IronNeedCalculator {
    /// The simplified table of a product's label; only Ferinject and Monofer have one.
    public static func simplifiedTable(
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

    /// Ferinject (§2.2, V H): actual weight; haemoglobin below 10, 10 to below 14, 14 and above.
    public static func ferinjectTable(
        weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(IronNeedProblem) -> IronNeed {
        let value = hemoglobin.banded.value
        let kilograms = weight.value
        let (column, cells): (String, [Decimal]) =
            if kilograms < 35 {
                ("< 35 kg", [500, 500, 500])
            } else if kilograms < 70 {
                ("35–<70 kg", [1500, 1000, 500])
            } else {
                ("≥ 70 kg", [2000, 1500, 500])
            }
        let (band, row) = value < 10 ? ("< 10", 0) : value < 14 ? ("10–<14", 1) : ("≥ 14", 2)
        return try cell(
            "Ferinject", cells[row], "\(column), Hb \(band) g/dL", weight: weight,
            hemoglobin: hemoglobin)
    }

    /// Monofer (§2.2, V H): its weights split at 50 and 70 kg, its haemoglobin at 10 alone.
    public static func monoferTable(
        weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(IronNeedProblem) -> IronNeed {
        let isLow = hemoglobin.banded.value < 10
        let kilograms = weight.value
        let (column, need): (String, Decimal) =
            if kilograms < 50 {
                ("< 50 kg", 500)
            } else if kilograms < 70 {
                ("50–<70 kg", isLow ? 1500 : 1000)
            } else {
                ("≥ 70 kg", isLow ? 2000 : 1500)
            }
        return try cell(
            "Monofer", need, "\(column), Hb \(isLow ? "< 10" : "≥ 10") g/dL", weight: weight,
            hemoglobin: hemoglobin)
    }

    /// Monofer's fixed need of 1,000 mg, then evaluated anew; from 50 kg on (§2.2, V H).
    public static func monoferFixedNeed(
        weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(IronNeedProblem) -> IronNeed {
        guard weight.value >= 50 else {
            throw .notInTable("the fixed need is for 50 kg and more: use the table or Ganzoni")
        }
        return try cell(
            "Monofer fixed need", 1000, "≥ 50 kg", weight: weight, hemoglobin: hemoglobin)
    }

    /// ECCO for inflammatory bowel disease (§2.2, FERGIcor, V2).
    ///
    /// Exactly 10.0 stands in both printed bands and belongs to the upper one. Where the sex is not known
    /// the women's limit, which asks for less iron, holds.
    public static func eccoTable(
        weight: Kilograms, hemoglobin: GramsPerDeciliter, gender: AdministrativeGender
    ) throws(IronNeedProblem) -> IronNeed {
        let value = hemoglobin.banded.value
        let upper: Decimal =
            switch gender {
            case .male: 13
            case .female, .other, .unknown: 12
            }
        let isHeavy = weight.value >= 70
        let low: Decimal = isHeavy ? 2000 : 1500
        let (band, need): (String, Decimal)
        if value < 7 {
            (band, need) = ("< 7", low + 500)
        } else if value < 10 {
            (band, need) = ("7–<10", low)
        } else if value <= upper {
            (band, need) = ("10–\(upper)", isHeavy ? 1500 : 1000)
        } else {
            throw .notInTable("no cell above \(upper) g/dL")
        }
        return try cell(
            "ECCO", need, "\(isHeavy ? "≥ 70 kg" : "< 70 kg"), Hb \(band) g/dL", weight: weight,
            hemoglobin: hemoglobin, method: .eccoTable)
    }

    /// Injectafer in heart failure: day 1 and week 6 together (§1.3). Maintenance is decided later, dose
    /// by dose, and is not part of the need.
    public static func heartFailureTable(
        weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(IronNeedProblem) -> IronNeed {
        try DosingWeight.requirePossible(weight)
        try requirePossible(hemoglobin)
        let doses: HeartFailureTable.Doses
        do {
            doses = try HeartFailureTable.doses(weight: weight, hemoglobin: hemoglobin)
        } catch {
            throw .notInTable("no data from \(HeartFailureTable.hemoglobinBelow) on")
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
        case .heartFailureTable:
            total = try HeartFailureTable.doses(weight: weight, hemoglobin: hemoglobin).total
        }
        return IronNeed(
            method: .labelCourse, milligrams: total, weight: weight, hemoglobin: hemoglobin,
            targetHemoglobin: nil, stores: nil, formula: "label course of \(row.id): \(total)")
    }

    private static func cell(
        _ table: String, _ need: Decimal, _ place: String, weight: Kilograms,
        hemoglobin: GramsPerDeciliter, method: NeedMethod = .simplifiedTable
    ) throws(IronNeedProblem) -> IronNeed {
        try DosingWeight.requirePossible(weight)
        try requirePossible(hemoglobin)
        return IronNeed(
            method: method, milligrams: Milligrams(need), weight: weight,
            hemoglobin: hemoglobin, targetHemoglobin: nil, stores: nil,
            formula: "\(table), \(place): \(need) mg")
    }
}
