public import InfusionJournal

/// Gives a text to our reader and to Foundation's and says whether they agree: the same values, or
/// both refuse, but for each ``Deviation`` exactly as it is described.
public struct Comparison: Sendable {
    /// Foundation's own limit, at which both must stop.
    public static let limits = JSONLimits(bytesMax: 1 << 20, depthMax: 512)

    private let read: @Sendable ([UInt8]) throws(JSONError) -> Reading

    /// - Parameter read: the reader that is examined.
    public init(
        of read: @escaping @Sendable ([UInt8]) throws(JSONError) -> Reading = Comparison.ours
    ) {
        self.read = read
    }

    /// Our reader.
    public static let ours: @Sendable ([UInt8]) throws(JSONError) -> Reading = {
        bytes throws(JSONError) in
        try Reading(JSONReader(limits: limits).read(bytes))
    }

    /// Compares the two on `text` and counts in `tally`; how they differ, or `nil`.
    public func difference(on text: [UInt8], _ tally: inout Tally) -> Difference? {
        tally.inputs += 1
        tally.bytes += text.count
        var text = text
        while true {
            if Mending.isOtherEncoding(text) {
                if let difference = refusal(of: text, .otherEncoding, &tally) { return difference }
                guard let unmarked = Mending.withoutMark(text) else { return nil }
                text = unmarked
                continue
            }
            let shape = TextShape(text)
            if !shape.trailingCommas.isEmpty {
                if let difference = refusal(of: text, .trailingComma, &tally) { return difference }
                text = Mending.withoutTrailingCommas(text, shape)
                continue
            }
            switch KeyLikeness(text, shape) {
            case .distinct: return difference(on: text, shape, hasOrdinals: false, &tally)
            case .equivalent: return difference(on: text, shape, hasOrdinals: true, &tally)
            case .duplicate:
                if let difference = refusal(of: text, .duplicateKey, &tally) { return difference }
                text = Mending.withOrdinals(text, shape)
            }
        }
    }

    /// Ours has to refuse this; Foundation may do as it likes, and is counted if it does not.
    private func refusal(
        of text: [UInt8], _ deviation: Deviation, _ tally: inout Tally
    ) -> Difference? {
        let theirs = FoundationValue.read(text)
        if theirs != nil { tally.deviations[deviation, default: 0] += 1 }
        guard let ours = try? read(text) else { return nil }
        return Difference(
            text: text, why: "ours takes \(deviation.rawValue)", ours: "\(ours)",
            theirs: theirs.map { "\($0)" } ?? "refused")
    }

    /// Both have to give the same answer. Foundation reads the text with the deviations taken out
    /// for which it would give another.
    private func difference(
        on text: [UInt8], _ shape: TextShape, hasOrdinals: Bool, _ tally: inout Tally
    ) -> Difference? {
        var asked = Mending.withoutNumbersBeyondDouble(text, shape)
        let hasHuge = asked != text
        if hasOrdinals { asked = Mending.withOrdinals(asked, TextShape(asked)) }
        let theirs = FoundationValue.read(asked)
        do {
            let ours = try read(text)
            guard let theirs else {
                return Difference(
                    text: text, why: "only ours accepts", ours: "\(ours)", theirs: "refused")
            }
            tally.accepted += 1
            if hasOrdinals { tally.deviations[.equivalentKeys, default: 0] += 1 }
            if hasHuge { tally.deviations[.numberBeyondDouble, default: 0] += 1 }
            var agreement = Agreement(hasOrdinals: hasOrdinals)
            let why =
                agreement.difference(ours, theirs) ?? misspelled(ours, text, shape)
                ?? unlikeAgain(ours)
            for deviation in agreement.deviations { tally.deviations[deviation, default: 0] += 1 }
            return why.map {
                Difference(text: text, why: $0, ours: "\(ours)", theirs: "\(theirs)")
            }
        } catch {
            return theirs.map {
                Difference(
                    text: text, why: "only Foundation accepts", ours: "refused: \(error)",
                    theirs: "\($0)")
            }
        }
    }

    /// No type of Foundation's holds every digit, so that the text itself has to be asked.
    private func misspelled(_ ours: Reading, _ text: [UInt8], _ shape: TextShape) -> String? {
        let spelled = shape.numbers.map { String(decoding: text[$0], as: UTF8.self) }
        return ours.numberTexts == spelled ? nil : "a number's spelling differs"
    }

    /// What was read, written, has to be read as the same again.
    private func unlikeAgain(_ reading: Reading) -> String? {
        do {
            return try read(reading.written) == reading ? nil : "written, it is read as another"
        } catch {
            return "written, it is refused: \(error)"
        }
    }
}
