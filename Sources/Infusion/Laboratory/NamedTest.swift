/// Tests that the rows of the response name and of which no rule reads a value, beside ``Analyte``: that they
/// were done is a fact, and what they found is for people to judge (clinical facts §7.2, §8; SEED-B).
public enum NamedTest: String, Hashable, Sendable, CaseIterable {
    /// Row 9.
    case peripheralSmear
    /// Row 9: thalassaemia and its like.
    case hemoglobinElectrophoresis
    /// Rows 8 and 9.
    case reticulocyteCount
    /// Row 9: haemolysis, with haptoglobin.
    case lactateDehydrogenase, haptoglobin
    /// Row 5, where it is done at all.
    case hepcidin
    /// §8.
    case solubleTransferrinReceptor
    /// Row 4: blood in the stool.
    case fecalImmunochemicalTest
    /// Row 4: gastroscopy or colonoscopy.
    case gastrointestinalEndoscopy
    /// Row 4: malabsorption.
    case celiacSerology
    /// SEED-B: autoimmune disease.
    case autoimmuneSerology

    /// What it tells is true for life: once done it is done (ED). Any other is asked for anew by each course.
    public var isLasting: Bool {
        switch self {
        case .hemoglobinElectrophoresis: true
        case .peripheralSmear, .reticulocyteCount, .lactateDehydrogenase, .haptoglobin, .hepcidin,
            .solubleTransferrinReceptor, .fecalImmunochemicalTest, .gastrointestinalEndoscopy,
            .celiacSerology, .autoimmuneSerology:
            false
        }
    }
}
