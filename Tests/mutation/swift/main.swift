// The acceptance cases, for `scripts/mutants`: stops at the first that does not hold.
//
//   mutant-cases run FILE[=NUMBER,NUMBER…]…   all cases of each file, or those of these numbers, from 0;
//                                              ends with 1 and names the first that does not hold
//   mutant-cases reach FILE…                   a line for what is reached before the first case, and one
//                                              for every case: what reading its file and running it reach

import Faults
import Foundation
import Infusion
import InfusionCases
import InfusionKnowledge
import YAMLReader

struct Selection {
    let file: String
    /// `nil`: all of them.
    let numbers: [Int]?

    init(_ argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        file = String(parts[0])
        numbers = parts.count == 2 ? parts[1].split(separator: ",").compactMap { Int($0) } : nil
    }

    func cases() throws -> [ClinicalCase] {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        return try CaseReader.read(text, file: file)
    }
}

func show(_ name: String, _ sites: some Sequence<Int>) {
    print(name, sites.map(String.init).joined(separator: " "), separator: "\t")
}

let runner = CaseRunner { (name) throws(YAMLProblems) in
    throw YAMLProblems(
        YAMLProblem(file: name, line: nil, column: nil, path: "", message: "is not here"))
}
let selections = CommandLine.arguments.dropFirst(2).map(Selection.init)
let shipped = FormularyFile.shipped.formulary

switch CommandLine.arguments.dropFirst().first {
case "run":
    for selection in selections {
        let cases = try selection.cases()
        for number in selection.numbers ?? Array(cases.indices) {
            guard cases.indices.contains(number) else {
                print("\(selection.file) has no case \(number)")
                exit(1)
            }
            let result = await runner.run(cases[number], shipped: shipped)
            if !result.holds {
                print(result.name)
                exit(1)
            }
        }
    }
case "reach":
    show("start", Mutant.takeReached())
    for selection in selections {
        let cases = try selection.cases()
        let reading = Set(Mutant.takeReached())
        for (number, found) in cases.enumerated() {
            let result = await runner.run(found, shipped: shipped)
            guard result.holds else {
                print("\(found.name) does not hold without any mutant")
                exit(1)
            }
            show(
                "\(selection.file)=\(number)", reading.union(Mutant.takeReached()).sorted())
        }
    }
case _:
    print("usage: mutant-cases run|reach FILE…")
    exit(64)
}
