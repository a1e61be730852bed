import Foundation
import Infusion
import InfusionKnowledge

/// Shorthand of the status tests.
enum StatusFixture {
    /// `<15`, `>=100`, `42.5`, or nothing.
    static func marker(_ text: String?) -> IronMarker? {
        guard let text else { return nil }
        let digits = text.drop { "<>=".contains($0) }
        let sign = text.prefix(text.count - digits.count)
        return IronMarker(
            DosingFixture.exact(String(digits)), comparator: Comparator(rawValue: String(sign)))
    }

    static func classify(
        _ context: ClinicalContext, _ ferritin: String?, _ saturation: String?, crp: String? = nil,
        active: Set<ClinicalContext> = [], _ circumstances: Set<IronStatusCircumstance> = []
    ) -> IronStatus {
        IronStatus.classify(
            IronStatusInput(
                context: context, activeContexts: active, ferritin: marker(ferritin),
                saturation: marker(saturation), cReactiveProtein: marker(crp),
                circumstances: circumstances), by: .standard)
    }
}
