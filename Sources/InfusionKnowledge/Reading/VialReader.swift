import Faults
import Infusion
import YAMLReader

/// The sizes of a product: an amount, whose source is the product's, or one with a source of its own.
enum VialReader {
    private static let accepted = "a size, 750 mg, or {size: 750 mg, source: {…}}"

    static func readAll(
        _ value: YAMLValue, of product: ClinicalSource
    ) throws(YAMLProblems) -> [Vial] {
        var seen: Set<Milligrams> = []
        return try value.list { (value) throws(YAMLProblems) in
            let vial = try read(value, of: product)
            guard seen.insert(vial.size).inserted else {
                throw value.problem("is the size \(vial.size) once more")
            }
            return vial
        }
    }

    private static func read(
        _ value: YAMLValue, of product: ClinicalSource
    ) throws(YAMLProblems) -> Vial {
        guard value.isMapping else { return Vial(try size(value), source: product) }
        var map = try value.mapping(accepted: accepted)
        let (size, source, _) = try allRead(
            reading(try size(try map.required("size"))),
            reading(try map.required("source").source()), reading(try map.finish()))
        return Vial(size, source: source)
    }

    private static func size(_ value: YAMLValue) throws(YAMLProblems) -> Milligrams {
        let size = Milligrams(try value.positive("mg"))
        guard Vial.isSize(size) else {
            let limits = InfusionLimits.vialMilligrams
            throw value.invalid(
                accepted: "tenths of a milligram, \(limits.lowerBound) to \(limits.upperBound) mg")
        }
        return size
    }
}
