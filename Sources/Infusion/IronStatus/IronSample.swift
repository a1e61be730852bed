import Foundation

/// One possible truth behind the reported markers: exact numbers, or nothing.
///
/// A comparator stands for many numbers. The rules are asked about one number out of every stretch between
/// two thresholds that the comparator allows; if all agree, that is the answer, else there is none.
struct IronSample: Hashable {
    let ferritin: Decimal?
    let saturation: Decimal?
    /// C-reactive protein raised, or inflammation known clinically; `nil` when not measured.
    let isInflamed: Bool?

    static func all(of input: IronStatusInput, _ limits: IronLimits) -> [IronSample] {
        let ferritins = candidates(
            input.ferritin, thresholds: limits.values(of: .ferritin), upTo: nil)
        let saturations = candidates(
            input.saturation, thresholds: limits.values(of: .saturation), upTo: 100)
        let inflammations = inflammation(input, limits)
        return ferritins.flatMap { ferritin in
            saturations.flatMap { saturation in
                inflammations.map {
                    IronSample(ferritin: ferritin, saturation: saturation, isInflamed: $0)
                }
            }
        }
    }

    private static func inflammation(
        _ input: IronStatusInput, _ limits: IronLimits
    ) -> [Bool?] {
        if input.circumstances.contains(.inflammation) { return [true] }
        guard let protein = input.cReactiveProtein else { return [nil] }
        return limits[.raisedProtein].holds(for: protein).map { [$0] } ?? [true, false]
    }

    private static func candidates(
        _ marker: IronMarker?, thresholds: [Decimal], upTo highest: Decimal?
    ) -> [Decimal?] {
        guard let marker else { return [nil] }
        guard marker.comparator != nil else { return [marker.value] }
        let points = Set(thresholds + [marker.value]).sorted()
        let between = zip(points, points.dropFirst()).map { ($0 + $1) / 2 }
        let outside = [(points.first ?? 0) / 2, (points.last ?? 0) + 1]
        let range = ReportedRange(marker.value, marker.comparator)
        let inside = Set(points + between + outside).sorted().filter { candidate in
            range.contains(candidate) && highest.map { candidate <= $0 } ?? true
        }
        // `>100` of a saturation holds nothing; the number itself then stands for it.
        return inside.isEmpty ? [marker.value] : inside
    }
}
