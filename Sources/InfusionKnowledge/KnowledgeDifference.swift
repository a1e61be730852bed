/// What two files of one kind say differently.
public struct KnowledgeDifference: Hashable, Sendable {
    public let kind: KnowledgeEntry.Kind
    public let entry: String
    /// `nil` where the entry itself is only in one of them.
    public let field: String?
    public let before: String?
    public let after: String?

    /// In the order of the newer one's entries, those that it lacks last.
    public static func between<File: KnowledgeFile>(
        _ old: File, _ new: File
    ) -> [KnowledgeDifference] {
        let before = old.entries
        let after = new.entries
        func known(_ entry: KnowledgeEntry, in entries: [KnowledgeEntry]) -> KnowledgeEntry? {
            entries.first { $0.kind == entry.kind && $0.name == entry.name }
        }
        let changed = after.flatMap { entry -> [KnowledgeDifference] in
            guard let earlier = known(entry, in: before) else {
                return [
                    KnowledgeDifference(
                        kind: entry.kind, entry: entry.name, field: nil, before: nil,
                        after: entry.summary)
                ]
            }
            return between(earlier, entry)
        }
        let gone = before.filter { known($0, in: after) == nil }.map {
            KnowledgeDifference(
                kind: $0.kind, entry: $0.name, field: nil, before: $0.summary, after: nil)
        }
        return changed + gone
    }

    private static func between(
        _ old: KnowledgeEntry, _ new: KnowledgeEntry
    ) -> [KnowledgeDifference] {
        let names = new.fields.map(\.name) + old.fields.map(\.name)
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }.compactMap { name in
            let before = old.fields.first { $0.name == name }?.text
            let after = new.fields.first { $0.name == name }?.text
            if before == after { return nil }
            return KnowledgeDifference(
                kind: new.kind, entry: new.name, field: name, before: before, after: after)
        }
    }
}

extension KnowledgeEntry {
    /// What it is about, for an entry that is told as a whole.
    fileprivate var summary: String {
        let wanted = ["brand", "generic", "indication", "dose", "diluents"]
        return fields.filter { wanted.contains($0.name) }.map(\.text).joined(separator: ", ")
    }
}
