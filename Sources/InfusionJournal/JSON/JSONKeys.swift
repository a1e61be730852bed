/// Finds keys that occur twice in one object.
enum JSONKeys {
    /// Up to here comparing every pair is fastest; beyond, a set keeps hostile objects linear.
    private static let pairwiseMax: UInt32 = 16

    /// The second of two equal keys of the object at `index`.
    static func duplicate(in nodes: [JSONNode], object index: Int, _ input: Span<UInt8>) -> Int? {
        let object = nodes[index]
        guard object.count > 1 else { return nil }
        guard object.count <= pairwiseMax else {
            return firstRepeated(in: nodes, object: index, input)
        }
        var key = index + 1
        while key < object.next {
            var other = Int(nodes[key + 1].next)
            while other < object.next {
                if areEqual(nodes[key], nodes[other], input) { return other }
                other = Int(nodes[other + 1].next)
            }
            key = Int(nodes[key + 1].next)
        }
        return nil
    }

    private static func firstRepeated(
        in nodes: [JSONNode], object index: Int, _ input: Span<UInt8>
    ) -> Int? {
        let object = nodes[index]
        var seen = Set<[UInt8]>(minimumCapacity: Int(object.count))
        var key = index + 1
        while key < object.next {
            guard seen.insert(JSONEscapes.unescaped(input, nodes[key].range)).inserted else {
                return key
            }
            key = Int(nodes[key + 1].next)
        }
        return nil
    }

    private static func areEqual(_ left: JSONNode, _ right: JSONNode, _ input: Span<UInt8>) -> Bool
    {
        if left.isEscaped || right.isEscaped {
            return JSONEscapes.unescaped(input, left.range)
                == JSONEscapes.unescaped(input, right.range)
        }
        guard left.range.count == right.range.count else { return false }
        for offset in 0..<left.range.count
        where input[Int(left.start) + offset] != input[Int(right.start) + offset] {
            return false
        }
        return true
    }
}
