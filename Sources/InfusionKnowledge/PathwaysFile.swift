public import Faults
public import Infusion
public import InfusionJournal
public import YAMLReader

/// The numbers of the rules as a file says them.
public struct PathwaysFile: KnowledgeFile {
    public let pathways: ClinicalPathways
    public let text: String

    public init(_ text: String, file: String) throws(YAMLProblems) {
        pathways = try PathwaysReader.read(try YAMLDocument.read(text, file: file))
        self.text = text
    }

    /// A number that its rules did not have yet is the one that is shipped, and one that they no longer have
    /// is passed over: a newer program goes on deciding by what an older one took into force.
    public init(_ activated: KnowledgeActivated) throws(YAMLProblems) {
        let document = try YAMLDocument.read(activated.content, file: activated.version)
        pathways = try PathwaysReader.read(document, over: Self.shipped.pathways)
        text = activated.content
    }

    public static let name = "pathways"
    public static let shipped: PathwaysFile = embedded(
        PackageResources.pathways_yaml, file: "pathways.yaml"
    ) { (text, file) throws(YAMLProblems) in try PathwaysFile(text, file: file) }

    public static let kinds: [KnowledgeEntry.Kind] = [.number]
    public var version: String { pathways.version }
    public var entries: [KnowledgeEntry] { PolicySetting.allCases.map(pathways.entry(of:)) }
    public var weakenings: [Weakening] {
        pathways.weakenings(against: Self.shipped.pathways)
    }

    public static func activated(by event: AdministrationEvent) -> KnowledgeActivated? {
        switch event {
        case .pathwaysActivated(let activated): activated
        case .formularyActivated, .eventSkipped: nil
        }
    }

    public static func activation(_ activated: KnowledgeActivated) -> AdministrationEvent {
        .pathwaysActivated(activated)
    }
}

extension ClinicalPathways {
    /// What decides where a site sets nothing of its own.
    public static var standard: ClinicalPathways { PathwaysFile.shipped.pathways }

    /// The row of `setting` as the file would say it.
    public func entry(of setting: PolicySetting) -> KnowledgeEntry {
        let row = self[setting]
        return KnowledgeEntry(
            .number, setting.rawValue,
            [
                ("value", "\(row.value)" + (setting.unit.map { " \($0)" } ?? "")),
                ("accepted", row.accepted.text), ("meaning", row.meaning),
                ("source", row.source.line),
            ])
    }
}

extension ClinicalPolicy {
    /// A site that sets nothing of its own.
    public static let standard = ClinicalPathways.standard.policy
}

extension PathwayRow.Accepted {
    fileprivate var text: String {
        switch self {
        case .fixed: "fixed"
        case .range(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .yesOrNo: "yes or no"
        }
    }
}
