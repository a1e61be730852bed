import Faults
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
        let named = try map.required("key")
        let key = ProductKey(try selectable(named, try named.identifier()))
        let model = try map.optional("like").map { (like) throws(YAMLProblems) in
            guard let model = earlier[ProductKey(try like.text())] else {
                throw like.invalid(accepted: "the key of a product above")
            }
            return model
        }
        var fields = Fields(map, model)
        let source = reading(
            try fields.value("source", \.source) { (value) throws(YAMLProblems) in
                try value.source()
            })
        let drug = reading(try drug(&fields))
        let use = reading(try use(&fields))
        let vials = reading(
            try fields.whole("vials", \.vials) { (value) throws(YAMLProblems) in
                try VialReader.readAll(value, of: try source.get())
            })
        let told = try allRead(source, drug, use, vials, reading(try fields.finish()))
        return Product(
            key: key, moiety: told.1.moiety, region: told.1.region, brand: told.1.brand,
            generic: told.1.generic, ironPerMilliliter: told.1.ironPerMilliliter,
            testDose: told.2.testDose, observationMinutes: told.2.observationMinutes,
            otherIronReaction: told.2.otherIronReaction, boxedWarnings: told.2.boxedWarnings,
            contraindications: told.2.contraindications, vials: told.3,
            preparation: told.2.preparation, rows: told.2.rows, source: told.0)
    }

    private typealias Drug = (
        moiety: Moiety, region: LabelRegion, brand: String, generic: String,
        ironPerMilliliter: Decimal
    )

    private static func drug(_ fields: inout Fields) throws(YAMLProblems) -> Drug {
        let told = try allRead(
            reading(
                try fields.value("moiety", \.moiety) { (value) throws(YAMLProblems) in
                    try value.oneOf(Moiety.self)
                }),
            reading(
                try fields.value("region", \.region) { (value) throws(YAMLProblems) in
                    try value.oneOf(LabelRegion.self)
                }),
            reading(
                try fields.value("brand", \.brand) { (value) throws(YAMLProblems) in
                    try selectable(value, try value.text())
                }),
            reading(
                try fields.value("generic", \.generic) { (value) throws(YAMLProblems) in
                    try selectable(value, try value.text())
                }),
            reading(
                try fields.value("iron", \.ironPerMilliliter) { (value) throws(YAMLProblems) in
                    try value.positive("mg/mL")
                }))
        return (told.0, told.1, told.2, told.3, told.4)
    }

    /// Iron dextran of high molecular weight, Dexferrum, is nobody's to select (facts §1.1 c, V2 H), whatever
    /// else the file says of it.
    private static func selectable(
        _ value: YAMLValue, _ name: String
    ) throws(YAMLProblems) -> String {
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
        let isHeavy =
            words.contains("hmw") || words.contains { $0.hasPrefix("dexferrum") }
            || zip(words, words.dropFirst()).contains { $0 == "high" && $1 == "molecular" }
        guard !isHeavy else {
            throw value.invalid(
                accepted: "another iron: dextran of high molecular weight must not be selectable "
                    + "(facts §1.1 c, V2 H)")
        }
        return name
    }

    private typealias Use = (
        testDose: TestDoseRule, observationMinutes: Int, otherIronReaction: OtherIronReactionRule,
        boxedWarnings: [String], contraindications: [String], preparation: PreparationID?,
        rows: [DosingRowID]
    )

    private static func use(_ fields: inout Fields) throws(YAMLProblems) -> Use {
        let model = fields.model
        let told = try allRead(
            reading(try fields.value("testDose", \.testDose, testDose)),
            reading(
                try fields.value("observation", \.observationMinutes) {
                    (value) throws(YAMLProblems) in try value.whole("min")
                }),
            reading(
                try fields.value("otherIronReaction", \.otherIronReaction) {
                    (value) throws(YAMLProblems) in try value.oneOf(OtherIronReactionRule.self)
                }),
            reading(
                try fields.list("boxedWarnings", \.boxedWarnings) {
                    (value) throws(YAMLProblems) in try value.text()
                }),
            reading(
                try fields.list("contraindications", \.contraindications) {
                    (value) throws(YAMLProblems) in try value.text()
                }),
            reading(
                try fields.optional("preparation", model?.preparation) {
                    (value) throws(YAMLProblems) in PreparationID(try value.identifier())
                }),
            reading(
                try fields.list("rows", \.rows) { (value) throws(YAMLProblems) in
                    DosingRowID(try value.identifier())
                }))
        return (told.0, told.1, told.2, told.3, told.4, told.5, told.6)
    }

    private static func testDose(_ value: YAMLValue) throws(YAMLProblems) -> TestDoseRule {
        let accepted = "none, {mandatory: 25 mg, wait: 60 min} or {slowStart: 25 mg, over: 15 min}"
        guard value.isMapping else {
            return try value.oneOf([("none", TestDoseRule.none)])
        }
        var map = try value.mapping(accepted: accepted)
        let rule: TestDoseRule
        if let amount = map.optional("mandatory") {
            let (amount, wait) = try allRead(
                reading(try amount.positive("mg")),
                reading(try map.required("wait").whole("min")))
            rule = .mandatory(Milligrams(amount), waitMinutes: wait)
        } else if let amount = map.optional("slowStart") {
            let (amount, over) = try allRead(
                reading(try amount.positive("mg")),
                reading(try map.required("over").whole("min")))
            rule = .slowStart(Milligrams(amount), overMinutes: over)
        } else {
            throw value.invalid(accepted: accepted)
        }
        try map.finish()
        return rule
    }

    /// A product's members, each from the file or from the product it is like.
    private struct Fields {
        private var map: YAMLMapping
        let model: Product?

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
