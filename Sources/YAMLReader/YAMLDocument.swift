public import Faults
import Yams

/// A YAML file, composed and not yet understood.
public enum YAMLDocument {
    /// The file's one document.
    /// - Parameter file: What problems call it.
    public static func read(_ text: String, file: String) throws(YAMLProblems) -> YAMLValue {
        let documents = try readAll(text, file: file)
        guard documents.count == 1 else {
            throw YAMLProblems(
                YAMLProblem(
                    file: file, line: nil, column: nil, path: "",
                    message: "holds \(documents.count) documents; accepted: one"))
        }
        return documents[0]
    }

    /// The documents of a file that may hold several, parted by `---`.
    public static func readAll(_ text: String, file: String) throws(YAMLProblems) -> [YAMLValue] {
        guard text.utf8.count <= YAMLLimits.fileBytes else {
            throw YAMLProblems(
                YAMLProblem(
                    file: file, line: nil, column: nil, path: "",
                    message: "is longer than \(YAMLLimits.fileBytes) bytes"))
        }
        let reading = Reading(file: file)
        var documents: [YAMLValue] = []
        do {
            let parser = try Parser(yaml: text)
            while let root = try parser.nextRoot() {
                documents.append(YAMLValue(root, path: "", parent: nil, reading))
            }
        } catch let error as YamlError {
            throw YAMLProblems(error.problem(file: file))
        } catch {
            throw YAMLProblems(
                YAMLProblem(file: file, line: nil, column: nil, path: "", message: "is no YAML"))
        }
        return documents
    }
}

/// What the values of one file share: its name, and how many of them have been read.
final class Reading {
    let file: String
    private var count = 0

    init(file: String) { self.file = file }

    /// Counts a value; an alias of aliases asks for more than any honest file has.
    func admit(_ number: Int) -> Bool {
        count += number
        return count <= YAMLLimits.values
    }
}

extension YamlError {
    fileprivate func problem(file: String) -> YAMLProblem {
        func at(_ mark: Mark?, _ message: String) -> YAMLProblem {
            YAMLProblem(
                file: file, line: mark?.line, column: mark?.column, path: "", message: message)
        }
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return at(mark, "is no YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            return at(
                context.mark,
                "names \(duplicates.sorted().joined(separator: ", ")) more than once")
        case .reader(let problem, _, _, _), .writer(let problem), .emitter(let problem),
            .representer(let problem):
            return at(nil, "is no YAML: \(problem)")
        case .dataCouldNotBeDecoded: return at(nil, "is not UTF-8")
        case .no, .memory: return at(nil, "cannot be read")
        }
    }
}
