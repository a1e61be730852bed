import InfusionJournal

/// Every tree that differs from `tree` in one value.
func replacements(in tree: JSONTree, with value: JSONTree) -> [JSONTree] {
    [value] + changes(in: tree) { replacements(in: $0, with: value) }
}

/// Every tree that lacks one member of one object.
func removals(in tree: JSONTree) -> [JSONTree] {
    var here: [JSONTree] = []
    if case .object(let members) = tree {
        for index in members.indices {
            var fewer = members
            fewer.remove(at: index)
            here.append(.object(fewer))
        }
    }
    return here + changes(in: tree, removals)
}

/// Every tree that has one member more in one object.
func additions(in tree: JSONTree) -> [JSONTree] {
    var here: [JSONTree] = []
    if case .object(let members) = tree {
        here.append(.object(members + [.init("surplus", .null)]))
    }
    return here + changes(in: tree, additions)
}

private func changes(in tree: JSONTree, _ change: (JSONTree) -> [JSONTree]) -> [JSONTree] {
    switch tree {
    case .null, .bool, .number, .string: return []
    case .array(let elements):
        return elements.indices.flatMap { index in
            change(elements[index]).map { changed in
                var elements = elements
                elements[index] = changed
                return .array(elements)
            }
        }
    case .object(let members):
        return members.indices.flatMap { index in
            change(members[index].value).map { changed in
                var members = members
                members[index].value = changed
                return .object(members)
            }
        }
    }
}
