import Foundation
public import Infusion

/// The vials that are kept for a visit as a row has them: the product, and behind it each size in milligrams
/// with its number, as `injectafer 750:1 100:2`. No key of a product has a space in it.
extension StockNeed {
    public var rowText: String {
        ([product.name] + vials.map { "\($0.size.value):\($0.count)" }).joined(separator: " ")
    }

    /// `nil` for what ``rowText`` never writes.
    public init?(rowText: String) {
        let parts = rowText.split(separator: " ", omittingEmptySubsequences: false)
        guard let product = parts.first, !product.isEmpty else { return nil }
        var vials: [Vials] = []
        for part in parts.dropFirst() {
            let pair = part.split(separator: ":")
            guard pair.count == 2, let size = Decimal(string: String(pair[0]), locale: nil),
                let count = Int(pair[1])
            else { return nil }
            vials.append(Vials(size: Milligrams(size), count: count))
        }
        self.init(product: ProductKey(String(product)), vials: vials)
    }
}
