/// Every upcaster there is, by the shape it starts from; a payload takes step after step until its
/// shape is current.
public struct UpcasterRegistry: Sendable {
    private let steps: [Upcaster.Shape: Upcaster]

    /// Why a set of upcasters is none.
    public enum Problem: Error, Hashable, Sendable {
        /// Two start from the same shape: which one is right?
        case ambiguous(Upcaster.Shape)
        /// Following them never ends.
        case circular(Upcaster.Shape)
    }

    public init(_ upcasters: [Upcaster]) throws(Problem) {
        var steps: [Upcaster.Shape: Upcaster] = [:]
        for upcaster in upcasters {
            guard steps.updateValue(upcaster, forKey: upcaster.from) == nil else {
                throw .ambiguous(upcaster.from)
            }
        }
        for upcaster in upcasters {
            var shape = upcaster.to
            for _ in upcasters {
                guard let next = steps[shape] else { break }
                shape = next.to
            }
            guard steps[shape] == nil else { throw .circular(upcaster.from) }
        }
        self.steps = steps
    }

    /// What this program reads with.
    public static let standard: UpcasterRegistry = {
        do {
            return try UpcasterRegistry([
                .gateOverriddenFromV1, .gateOverriddenFromV2, .infusionOrderedFromV1,
                .reactionLoggedFromV1,
            ])
        } catch {
            preconditionFailure("the upcasters contradict each other: \(error)")
        }
    }()

    /// The last shape that leads on from `shape`; `shape` itself where no upcaster starts there.
    func destination(of shape: Upcaster.Shape) -> Upcaster.Shape {
        var shape = shape
        while let step = steps[shape] { shape = step.to }
        return shape
    }

    /// `payload` after every step that leads on from `shape`.
    func upcast(_ payload: JSONTree, of shape: Upcaster.Shape) throws(PayloadError) -> JSONTree {
        var (payload, shape) = (payload, shape)
        while let step = steps[shape] {
            payload = try step.transform(payload)
            shape = step.to
        }
        return payload
    }
}
