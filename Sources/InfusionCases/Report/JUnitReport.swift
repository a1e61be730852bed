import Foundation

/// The results as JUnit's XML, which continuous integration reads.
public enum JUnitReport {
    public static func xml(_ results: [CaseResult]) -> String {
        let failed = results.count { !$0.holds }
        let files = Dictionary(grouping: results, by: \.file).sorted { $0.key < $1.key }
        let suites = files.map { file, cases in suite(file, cases) }.joined()
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites tests="\(results.count)" failures="\(failed)" time="\(seconds(results))">
            \(suites)</testsuites>

            """
    }

    private static func suite(_ file: String, _ results: [CaseResult]) -> String {
        let failed = results.count { !$0.holds }
        let cases = results.map { testcase($0, file) }.joined()
        return """
              <testsuite name="\(escaped(file))" tests="\(results.count)" failures="\(failed)" \
            time="\(seconds(results))">
            \(cases)  </testsuite>

            """
    }

    private static func testcase(_ result: CaseResult, _ file: String) -> String {
        let head =
            "    <testcase classname=\"\(escaped(file))\" name=\"\(escaped(result.name))\" "
            + "time=\"\(seconds([result]))\""
        guard !result.holds else { return head + "/>\n" }
        let text = result.failures.joined(separator: "\n")
        return """
            \(head)>
                  <failure message="\(escaped(result.failures[0]))">\(escaped(text))</failure>
                </testcase>

            """
    }

    private static func seconds(_ results: [CaseResult]) -> String {
        let total = results.map(\.duration).reduce(.zero, +)
        let milliseconds = total / Duration.milliseconds(1)
        return String(format: "%.3f", milliseconds / 1_000)
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            // XML has no way to write most control characters.
            case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20: escaped += " "
            case _: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
