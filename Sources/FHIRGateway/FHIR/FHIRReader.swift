import Infusion
import InfusionJournal

/// Reads a Bundle, a single resource, or NDJSON, and never lets a torn part take the rest along.
public struct FHIRReader: Sendable {
    /// The source's URI, under which resource ids are unique.
    public let source: String
    public init(source: String) { self.source = source }

    /// - Parameter isTorn: Whether the end of the bytes is missing. A last line without a line break is then
    ///   not taken: what is left of it may read as something else.
    func rows(in bytes: [UInt8], file: String, isTorn: Bool) -> [ImportedRow] {
        let translator = FHIRTranslator(source: source)
        let reader = JSONReader(
            limits: JSONLimits(bytesMax: ImportLimits.bundleBytes, depthMax: 128))
        if let whole = try? reader.read(bytes) {
            return resources(of: whole).enumerated().map { index, resource in
                translator.translate(resource, at: RowLocation(file: file, row: index + 1))
            }
        }
        return lines(of: bytes).map { number, line in
            let location = RowLocation(file: file, row: number)
            if isTorn, line.endIndex == bytes.endIndex {
                return ImportedRow(
                    location: location, subject: nil,
                    fact: .disposition(.quarantined(reason: "record-torn")))
            }
            guard line.count <= ImportLimits.lineBytes, let value = try? reader.read(line) else {
                return ImportedRow(
                    location: location, subject: nil,
                    fact: .disposition(.quarantined(reason: "not-json")))
            }
            return translator.translate(value, at: location)
        }
    }

    private func resources(of value: JSONValue) -> [JSONValue] {
        let element = FHIRElement(value)
        guard element["resourceType"]?.string == "Bundle" else { return [value] }
        return (element["entry"]?.elements ?? []).map { $0["resource"]?.json ?? $0.json }
    }

    /// Lines that are not blank, numbered from 1.
    private func lines(of bytes: [UInt8]) -> [(Int, ArraySlice<UInt8>)] {
        var text = bytes[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        return text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
            .compactMap { index, line in
                let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
                return isBlank ? nil : (index + 1, line)
            }
    }
}
