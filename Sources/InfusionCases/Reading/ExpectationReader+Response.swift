import Faults
import Infusion
import InfusionKnowledge
import YAMLReader

/// How iron was answered.
extension ExpectationReader {
    /// A level, or `{level: …, provisional: …, verdicts: […], missing: […], missingTests: […], next: {…}}`.
    static func response(_ value: YAMLValue) throws(YAMLProblems) -> ResponseExpectation {
        guard value.isMapping else {
            return ResponseExpectation(level: try value.oneOf(ResponseLevel.self))
        }
        var map = try value.mapping()
        let answer = reading(
            try allRead(
                reading(try map.optional("level")?.oneOf(ResponseLevel.self)),
                reading(try map.optional("provisional")?.bool()),
                reading(try map.optional("earlyTrend")?.bool()),
                reading(try map.optional("ironReplete")?.bool())))
        let reasons = reading(
            try allRead(
                reading(
                    try map.optional("verdicts")?.list { (value) throws(YAMLProblems) in
                        try value.oneOf(ResponseCause.self)
                    }),
                reading(
                    try map.optional("missing")?.list { (value) throws(YAMLProblems) in
                        try value.oneOf(Analyte.self)
                    }),
                reading(
                    try map.optional("missingTests")?.list { (value) throws(YAMLProblems) in
                        try value.oneOf(NamedTest.self)
                    }), reading(try map.optional("next").map(nextSteps) ?? [])))
        let told = try allRead(answer, reasons, reading(try map.finish()))
        return ResponseExpectation(
            level: told.0.0, isProvisional: told.0.1, isEarlyTrend: told.0.2,
            isIronReplete: told.0.3, verdicts: told.1.0, missing: told.1.1.map { Set($0) },
            missingTests: told.1.2.map { Set($0) }, next: told.1.3)
    }

    private static func nextSteps(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> [(cause: ResponseCause, step: String)] {
        try value.members { (name, member) throws(YAMLProblems) in
            let cause = try known(
                name, ResponseCause(rawValue: name), ResponseCause.allCases.map(\.rawValue), member)
            return (cause, try member.text())
        }
    }
}
