import Foundation
import Infusion
import YAMLReader

/// The products; one may be written as another with a few differences (`like`).
enum ProductReader {
    static func readAll(_ list: YAMLValue) throws(YAMLProblems) -> [Placed<Product>] {
        var earlier: [ProductKey: Product] = [:]
        return try list.list { (value) throws(YAMLProblems) in
            let product = try read(value, earlier)
            earlier[product.key] = product
            return Placed(value: product, place: value)
        }
    }

    private static func read(
        _ value: YAMLValue, _ earlier: [ProductKey: Product]
    ) throws(YAMLProblems) -> Product {
        var map = try value.mapping(accepted: "a product")
        let key = ProductKey(try map.required("key").identifier())
        let model = try map.optional("like").map { (like) throws(YAMLProblems) in
            guard let model = earlier[ProductKey(try like.text())] else {
                throw like.invalid(accepted: "the key of a product above")
            }
            return model
        }
        var fields = Fields(map, model)
        let source = try fields.value("source", \.source) { (value) throws(YAMLProblems) in
            try value.source()
        }
        let product = Product(
            key: key,
            moiety: try fields.value("moiety", \.moiety) { (value) throws(YAMLProblems) in
                try value.oneOf(Moiety.self)
            },
            region: try fields.value("region", \.region) { (value) throws(YAMLProblems) in
                try value.oneOf(LabelRegion.self)
            },
            brand: try fields.value("brand", \.brand) { (value) throws(YAMLProblems) in
                try value.text()
            },
            generic: try fields.value("generic", \.generic) { (value) throws(YAMLProblems) in
                try value.text()
            },
            ironPerMilliliter: try fields.value("iron", \.ironPerMilliliter) {
                (value) throws(YAMLProblems) in try value.positive("mg/mL")
            },
            testDose: try fields.value("testDose", \.testDose, testDose),
            observationMinutes: try fields.value("observation", \.observationMinutes) {
                (value) throws(YAMLProblems) in try value.whole("min")
            },
            otherIronReaction: try fields.value("otherIronReaction", \.otherIronReaction) {
                (value) throws(YAMLProblems) in try value.oneOf(OtherIronReactionRule.self)
            },
            boxedWarnings: try fields.list("boxedWarnings", \.boxedWarnings) {
                (value) throws(YAMLProblems) in try value.text()
            },
            contraindications: try fields.list("contraindications", \.contraindications) {
                (value) throws(YAMLProblems) in try value.text()
            },
            vials: try fields.whole("vials", \.vials) { (value) throws(YAMLProblems) in
                try VialReader.readAll(value, of: source)
            },
            preparation: try fields.optional("preparation", model?.preparation) {
                (value) throws(YAMLProblems) in PreparationID(try value.identifier())
            },
            rows: try fields.list("rows", \.rows) { (value) throws(YAMLProblems) in
                DosingRowID(try value.identifier())
            },
            source: source)
        try fields.finish()
        return product
    }

    private static func testDose(_ value: YAMLValue) throws(YAMLProblems) -> TestDoseRule {
        let accepted = "none, {mandatory: 25 mg, wait: 60 min} or {slowStart: 25 mg, over: 15 min}"
        guard value.isMapping else {
            return try value.oneOf([("none", TestDoseRule.none)])
        }
        var map = try value.mapping(accepted: accepted)
        let rule: TestDoseRule
        if let amount = map.optional("mandatory") {
            rule = .mandatory(
                Milligrams(try amount.positive("mg")),
                waitMinutes: try map.required("wait").whole("min"))
        } else if let amount = map.optional("slowStart") {
            rule = .slowStart(
                Milligrams(try amount.positive("mg")),
                overMinutes: try map.required("over").whole("min"))
        } else {
            throw value.invalid(accepted: accepted)
        }
        try map.finish()
        return rule
    }

    /// A product's members, each from the file or from the product it is like.
    private struct Fields {
        private var map: YAMLMapping
        private let model: Product?

        init(_ map: YAMLMapping, _ model: Product?) {
            self.map = map
            self.model = model
        }

        mutating func value<Value>(
            _ name: String, _ path: KeyPath<Product, Value>,
            _ read: (YAMLValue) throws(YAMLProblems) -> Value
        ) throws(YAMLProblems) -> Value {
            if let value = map.optional(name) { return try read(value) }
            guard let model else { return try read(try map.required(name)) }
            return model[keyPath: path]
        }

        mutating func list<Element>(
            _ name: String, _ path: KeyPath<Product, [Element]>,
            _ read: (YAMLValue) throws(YAMLProblems) -> Element
        ) throws(YAMLProblems) -> [Element] {
            if let value = map.optional(name) { return try value.list(read) }
            return model?[keyPath: path] ?? []
        }

        /// A list whose elements are read together.
        mutating func whole<Element>(
            _ name: String, _ path: KeyPath<Product, [Element]>,
            _ read: (YAMLValue) throws(YAMLProblems) -> [Element]
        ) throws(YAMLProblems) -> [Element] {
            if let value = map.optional(name) { return try read(value) }
            return model?[keyPath: path] ?? []
        }

        mutating func optional<Value>(
            _ name: String, _ otherwise: Value?,
            _ read: (YAMLValue) throws(YAMLProblems) -> Value
        ) throws(YAMLProblems) -> Value? {
            guard let value = map.optional(name) else { return otherwise }
            return try read(value)
        }

        func finish() throws(YAMLProblems) { try map.finish() }
    }
}
