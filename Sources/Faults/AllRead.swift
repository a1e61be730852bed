/// What all of these readings found, or what is wrong with any of them: members of one mapping or object do
/// not wait for each other to be put right.
public func allRead<each Value, Fault>(
    _ results: repeat Result<each Value, Faults<Fault>>
) throws(Faults<Fault>) -> (repeat each Value) {
    var wrong: [Faults<Fault>] = []
    for result in repeat each results {
        switch result {
        case .success: continue
        case .failure(let faults): wrong.append(faults)
        }
    }
    if let faults = Faults(joining: wrong) { throw faults }
    return (repeat try (each results).get())
}

extension Sequence {
    /// What `read` makes of each element, or what is wrong with any of them.
    public func allRead<Value, Fault>(
        _ read: (Element) throws(Faults<Fault>) -> Value
    ) throws(Faults<Fault>) -> [Value] {
        var values: [Value] = []
        var wrong: [Faults<Fault>] = []
        for element in self {
            do throws(Faults<Fault>) { values.append(try read(element)) } catch {
                wrong.append(error)
            }
        }
        if let faults = Faults(joining: wrong) { throw faults }
        return values
    }
}
