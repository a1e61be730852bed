/// An entry of a file as the file would say it: a name for each field and the text of its value.
public struct KnowledgeEntry: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case product = "products"
        case row = "rows"
        case preparation = "preparations"
        case need = "needs"
        case number = "numbers"
    }
    public struct Field: Hashable, Sendable {
        public let name: String
        public let text: String
    }
    public let kind: Kind
    public let name: String
    /// Those that say something, in the order of the file.
    public let fields: [Field]

    init(_ kind: Kind, _ name: String, _ fields: [(String, String?)]) {
        self.kind = kind
        self.name = name
        self.fields = fields.compactMap { name, text in
            text.map { Field(name: name, text: $0) }
        }
    }
}
