public import Faults
public import Infusion
public import InfusionJournal
public import YAMLReader

/// A formulary as a file says it.
public struct FormularyFile: KnowledgeFile {
    public let formulary: Formulary
    public let text: String

    public init(_ text: String, file: String) throws(YAMLProblems) {
        try self.init(text, file: file, otherwise: Self.shipped.formulary.needs)
    }

    private init(
        _ text: String, file: String, otherwise shipped: IronNeedTables?
    ) throws(YAMLProblems) {
        formulary = try FormularyReader.read(
            try YAMLDocument.read(text, file: file), otherwise: shipped)
        self.text = text
    }

    public init(_ activated: KnowledgeActivated) throws(YAMLProblems) {
        try self.init(activated.content, file: activated.version)
    }

    public static let name = "formulary"
    public static let shipped: FormularyFile = embedded(
        PackageResources.formulary_yaml, file: "formulary.yaml"
    ) { (text, file) throws(YAMLProblems) in
        try FormularyFile(text, file: file, otherwise: nil)
    }

    public static let kinds: [KnowledgeEntry.Kind] = [.product, .row, .preparation, .need]
    public var version: String { formulary.version }
    public var entries: [KnowledgeEntry] { formulary.entries }
    public var weakenings: [Weakening] {
        formulary.weakenings(against: Self.shipped.formulary)
    }

    public static func activated(by event: AdministrationEvent) -> KnowledgeActivated? {
        switch event {
        case .formularyActivated(let activated): activated
        case .pathwaysActivated, .eventSkipped: nil
        }
    }

    public static func activation(_ activated: KnowledgeActivated) -> AdministrationEvent {
        .formularyActivated(activated)
    }
}

extension Formulary {
    /// Every product and row of clinical facts §1: what a clinic has that has activated no other.
    public static var standard: Formulary { FormularyFile.shipped.formulary }
}
