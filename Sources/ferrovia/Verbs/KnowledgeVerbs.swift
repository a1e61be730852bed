import Faults
import Infusion
import InfusionKnowledge
import InfusionWire
import YAMLReader

/// What is done in the same way with a formulary and with pathways.
enum KnowledgeVerbs<File: KnowledgeFile> {
    static func read(_ path: String) throws(YAMLProblems) -> File {
        let (text, name) = try Files.text(path)
        return try File(text, file: name)
    }

    /// As a command that needs a sound file asks for it.
    static func require(_ path: String) throws -> File {
        do throws(YAMLProblems) { return try read(path) } catch {
            throw Failure(error)
        }
    }

    // MARK: Validate

    /// - Throws: ``Exit/found`` where the file is not sound, or weaker than a label.
    static func validate(_ path: String, json: Bool) throws {
        let file: File
        do throws(YAMLProblems) { file = try read(path) } catch {
            show(error, json: json)
            throw Exit.found
        }
        let weakenings = file.weakenings
        show(file, weakenings, json: json)
        if !weakenings.isEmpty { throw Exit.found }
    }

    private static func show(_ problems: YAMLProblems, json: Bool) {
        guard json else {
            Console.out(problems.description)
            return
        }
        Console.out([
            "valid": .bool(false),
            "problems": .list(problems.all) {
                [
                    "line": .optional($0.line) { .integer(Int64($0)) },
                    "column": .optional($0.column) { .integer(Int64($0)) },
                    "path": .string($0.path), "message": .string($0.message),
                ]
            },
            "more": .integer(problems.untold),
        ])
    }

    private static func show(_ file: File, _ weakenings: [Weakening], json: Bool) {
        let entries = file.entries
        let counts = File.kinds.map { kind in
            (name: kind.rawValue, count: entries.count { $0.kind == kind })
        }
        guard json else {
            for weakening in weakenings {
                Console.out("weaker than the label: \(weakening)")
            }
            let held = counts.map { $0.count.counted(String($0.name.dropLast()), $0.name) }
                .joined(separator: ", ")
            return Console.out("\(file.version): \(held); SHA-256 \(file.contentHash)")
        }
        let head: [JSON.Member] = [
            JSON.Member(name: "valid", value: .bool(weakenings.isEmpty)),
            JSON.Member(name: "version", value: .string(file.version)),
            JSON.Member(name: "contentHash", value: .string(file.contentHash)),
        ]
        Console.out(
            .object(
                head + counts.map { JSON.Member(name: $0.name, value: .integer($0.count)) }
                    + [JSON.Member(name: "weakerThanLabel", value: .list(weakenings, \.json))]))
    }

    // MARK: Diff

    /// - Throws: ``Exit/found`` where there is a difference.
    static func diff(_ new: File, against old: File, json: Bool) throws {
        let differences = KnowledgeDifference.between(old, new)
        for difference in differences { show(difference, json: json) }
        if !differences.isEmpty { throw Exit.found }
        if !json { Console.out("No difference.") }
    }

    private static func show(_ difference: KnowledgeDifference, json: Bool) {
        guard !json else { return Console.out(difference.json) }
        let place =
            "\(difference.kind.rawValue) \(difference.entry)"
            + (difference.field.map { ".\($0)" } ?? "")
        switch (difference.before, difference.after) {
        case (let before?, let after?):
            Console.out("~ \(place)\n    - \(before)\n    + \(after)")
        case (let before?, nil): Console.out("- \(place): \(before)")
        case (nil, let after?): Console.out("+ \(place): \(after)")
        case (nil, nil): Console.out("~ \(place)")
        }
    }
}

extension Weakening {
    fileprivate var json: JSON {
        ["entry": .string(entry), "field": .string(field), "problem": .string(problem)]
    }
}

extension KnowledgeDifference {
    fileprivate var json: JSON {
        [
            "kind": .string(kind.rawValue), "entry": .string(entry),
            "field": .optional(field) { .string($0) }, "before": .optional(before) { .string($0) },
            "after": .optional(after) { .string($0) },
        ]
    }
}
