import Crypto
import Foundation
public import Infusion
public import YAMLReader

/// A formulary as a file says it, checked as a whole: the domain gets the values and never the file.
public struct FormularyFile: Sendable {
    public let formulary: Formulary
    /// As it was read, byte for byte.
    public let text: String
    /// SHA-256 of the text, in lower-case hexadecimal: what an activation names.
    public let contentHash: String

    /// - Parameter file: What problems call the file.
    /// - Throws: Everything that is wrong with it, each with its line.
    public init(_ text: String, file: String) throws(YAMLProblems) {
        let root = try YAMLDocument.read(text, file: file)
        formulary = try FormularyReader.read(root)
        self.text = text
        contentHash = SHA256.hash(data: Data(text.utf8)).map {
            let digits = String($0, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The formulary that Ferrovia ships.
    public static let shipped: FormularyFile = {
        let text = String(decoding: PackageResources.formulary_yaml, as: UTF8.self)
        do throws(YAMLProblems) {
            return try FormularyFile(text, file: "formulary.yaml")
        } catch {
            preconditionFailure("the formulary that is shipped is wrong:\n\(error)")
        }
    }()
}

extension Formulary {
    /// Every product and row of clinical facts §1: what a clinic has that has activated no other.
    public static var standard: Formulary { FormularyFile.shipped.formulary }
}
