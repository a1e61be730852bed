import Crypto
public import Faults
import Foundation
public import Infusion
public import InfusionJournal
public import YAMLReader

/// A file of clinical knowledge, checked as a whole: the domain gets its values and never the file.
public protocol KnowledgeFile: Sendable {
    /// What messages call the kind: `formulary`.
    static var name: String { get }
    /// The one that Ferrovia ships.
    static var shipped: Self { get }
    /// - Parameter file: What problems call the file.
    /// - Throws: Everything that is wrong with it, each with its line.
    init(_ text: String, file: String) throws(YAMLProblems)
    /// One that is or was in force, perhaps taken into force by an earlier program.
    init(_ activated: KnowledgeActivated) throws(YAMLProblems)
    /// Of this kind; `nil` of any other event.
    static func activated(by event: AdministrationEvent) -> KnowledgeActivated?
    static func activation(_ activated: KnowledgeActivated) -> AdministrationEvent
    /// As it was read, byte for byte.
    var text: String { get }
    var version: String { get }
    /// What it holds.
    static var kinds: [KnowledgeEntry.Kind] { get }
    /// Kind by kind.
    var entries: [KnowledgeEntry] { get }
    /// Every way in which it allows more than the one that is shipped.
    var weakenings: [Weakening] { get }
}

extension KnowledgeFile {
    /// SHA-256 of the text, in lower-case hexadecimal: what an activation names.
    public var contentHash: String {
        SHA256.hash(data: Data(text.utf8)).map {
            let digits = String($0, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// Out of the program itself.
    static func embedded(
        _ bytes: [UInt8], file: String,
        read: (_ text: String, _ file: String) throws(YAMLProblems) -> Self
    ) -> Self {
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(YAMLProblems) { return try read(text, file) } catch {
            preconditionFailure("\(file), which is shipped, is wrong:\n\(error)")
        }
    }
}
