import Infusion
import InfusionJournal

/// A JSON object read leniently by name, as FHIR asks: what is not known is ignored, what is known and
/// malformed reads as absent and is told apart by its reader.
struct FHIRElement {
    private let value: JSONValue

    init(_ value: JSONValue) { self.value = value }

    subscript(_ key: String) -> FHIRElement? {
        guard value.kind == .object, var object = try? value.object(),
            let member = object.memberIfPresent(key), !member.isNull
        else { return nil }
        return FHIRElement(member)
    }

    var elements: [FHIRElement] {
        guard value.kind == .array, let array = try? value.array() else { return [] }
        return array.map(FHIRElement.init)
    }

    var string: String? { try? value.string() }
    var number: JSONValue? { value.kind == .number ? value : nil }
    var json: JSONValue { value }

    /// The first coding of a `CodeableConcept` in `system`.
    func code(in system: String) -> String? {
        codings.first { $0["system"]?.string == system }?["code"]?.string
    }

    var codings: [FHIRElement] { self["coding"]?.elements ?? [] }

    /// How a concept is counted when it is not relevant: its first coding's code, or that it has none.
    var countedAs: String {
        codings.lazy.compactMap { $0["code"]?.string }.first ?? "no-code"
    }

    /// The id at the end of a reference: `urn:uuid:X`, `Patient/X`, `https://…/Patient/X`.
    var referencedID: String? {
        guard let reference = self["reference"]?.string else { return nil }
        if reference.hasPrefix("urn:uuid:") {
            return String(reference.dropFirst("urn:uuid:".count))
        }
        return reference.split(separator: "/").last.map(String.init)
    }
}
