public import Infusion
public import YAMLReader

/// A formulary as a file says it.
public struct FormularyFile: KnowledgeFile {
    public let formulary: Formulary
    public let text: String

    public init(_ text: String, file: String) throws(YAMLProblems) {
        formulary = try FormularyReader.read(try YAMLDocument.read(text, file: file))
        self.text = text
    }

    public static let shipped: FormularyFile = embedded(
        PackageResources.formulary_yaml, file: "formulary.yaml")

    public static let kinds: [KnowledgeEntry.Kind] = [.product, .row, .preparation]
    public var version: String { formulary.version }
    public var entries: [KnowledgeEntry] { formulary.entries }
    public var weakenings: [Weakening] {
        formulary.weakenings(against: Self.shipped.formulary)
    }
}

extension Formulary {
    /// Every product and row of clinical facts §1: what a clinic has that has activated no other.
    public static var standard: Formulary { FormularyFile.shipped.formulary }
}
