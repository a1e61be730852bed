"""What makes the mutants, on small examples; `scripts/mutants` runs this first."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from mutation import accepted, build, knowledge, main, mutants, report, rewriting, running, sites

HARNESS = Path(__file__).parent / "swift"
EXAMPLE = """import Foundation

enum Level: Int { case low = 3 }
struct Limit { var optional: Int? }

/// Below 35 < 36 nothing is said.
func rule(_ weight: Decimal, _ age: Int, _ is_on: Bool) -> String {
    let limit = Decimal(50)
    switch age {
    case 1...3: return "toddler \\(age > 2 ? "old" : "young")"
    case _: break
    }
    if !is_on || weight <= limit && age != 18 { return "no" }
    let found = Limit(optional: nil)
    if found.optional == nil && (age, age) < (100, 1_000) { return "min \\(min(age, 20) + 2)" }
    return text("0.5")
}
func text(_ value: StaticString) -> String { value.description }
"""
MAIN = """import Foundation

@main enum Program {
    static func main() {
        print(rule(50, 30, true), rule(60, 2, true), rule(60, 200, true), rule(60, 30, true))
    }
}
"""


class Example:
    """A root with one file of rules, and its copy with every mutant."""

    def __init__(self, text=EXAMPLE):
        self.directory = tempfile.TemporaryDirectory()
        self.root = Path(self.directory.name).resolve() / "root"
        self.copy = self.root.parent / "copy"
        self.file = self.root / build.RULES / "Example.swift"
        self.file.parent.mkdir(parents=True)
        self.file.write_text(text)
        self.said = []
        self.kept, self.dropped, self.left = build.make_rules(
            self.root, self.copy, HARNESS, self.said.append)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.directory.cleanup()


class Sites(unittest.TestCase):
    def test_neighbours_are_one_in_the_last_place_away(self):
        self.assertEqual(sites.neighbours("35"), ("36", "34"))
        self.assertEqual(sites.neighbours("0"), ("1",))
        self.assertEqual(sites.neighbours("2_000"), ("2001", "1999"))
        self.assertEqual(sites.neighbours("0.5"), ("0.6", "0.4"))
        self.assertEqual(sites.neighbours("1.0"), ("1.1", "0.9"))
        self.assertEqual(sites.neighbours("0.05"), ("0.06", "0.04"))

    def test_every_kind_of_site_is_found_where_it_stands(self):
        with Example() as example:
            self.assertEqual(example.dropped, [])
            found = [(site.kind, site.original, site.variants) for site in example.kept]
            source = example.file.read_bytes()
            for site in example.kept:
                self.assertEqual(source[site.offset : site.end].decode(), site.original)
        for expected in [
            ("constant", "50", ("51", "49")), ("constant", "1", ("2", "0")),
            ("constant", "3", ("4", "2")), ("comparison", ">", (">=", "<=")),
            ("negation", "!", ("",)), ("logic", "||", ("&&",)), ("comparison", "<=", ("<", ">")),
            ("logic", "&&", ("||",)), ("equality", "!=", ("==",)), ("equality", "==", ("!=",)),
            ("comparison", "<", ("<=", ">=")), ("constant", "1_000", ("1001", "999")),
            ("least and most", "min", ("max",)), ("arithmetic", "+", ("-",)),
            ("constant", '"0.5"', ('"0.6"', '"0.4"')), ("truth", "true", ("false",)),
        ]:
            if expected[0] != "truth":
                self.assertIn(expected, found)
        # Neither the comment's numbers nor the raw value.
        self.assertNotIn("35", [original for _, original, _ in found])
        self.assertEqual([original for _, original, _ in found].count("3"), 1)

    def test_what_is_evaluated_once_in_a_process_is_known(self):
        text = """
let everywhere = 1
enum Limits {
    static let one = 2
    static let two = [
        3, 4,
    ]
    static func three() -> Int {
        let five = 5
        return five
    }
}
"""
        with Example(text) as example:
            once = {site.original: site.once for site in example.kept}
        self.assertEqual(once, {"1": True, "2": True, "3": True, "4": True, "5": False})

    def test_numbers_follow_each_other_without_a_gap(self):
        with Example() as example:
            numbers = [
                site.number + variant for site in example.kept for variant in range(len(site.variants))]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))


class Rewriting(unittest.TestCase):
    def test_the_lines_stay_where_they_are(self):
        with Example() as example:
            rewritten = (example.copy / build.RULES / "Example.swift").read_text()
            source = example.file.read_text()
        self.assertEqual(rewritten.count("\n"), source.count("\n"))
        self.assertIn("/// Below 35 < 36 nothing is said.\n", rewritten)
        self.assertIn("case low = 3", rewritten)

    def test_a_site_that_does_not_compile_is_dropped_and_the_others_stay(self):
        # An overload of its own for a type that is no Comparable: the general operator cannot take it.
        text = """
struct Odd { static func < (_ l: Odd, _ r: Odd) -> Bool { true } }
func odd(_ one: Odd, _ two: Odd) -> Bool { one < two }

func even(_ age: Int) -> Bool { age < 18 }
"""
        with Example(text) as example:
            self.assertEqual([site.original for site, _ in example.dropped], ["<"])
            self.assertEqual(sorted(site.original for site in example.kept), ["18", "<", "true"])

    def test_the_mutant_of_the_environment_holds_and_no_other(self):
        with Example() as example:
            program = example.copy / "program"
            # Written afterwards: its numbers are not to be mutated.
            (example.copy / build.RULES / "Program.swift").write_text(MAIN)
            subprocess.run(
                ["swiftc", "-parse-as-library", "-swift-version", "6", "-o", str(program),
                 *map(str, (example.copy / build.RULES).rglob("*.swift"))], check=True, capture_output=True)
            reached = example.root.parent / "reached"

            def run(number, **more):
                result = subprocess.run(
                    [str(program)], capture_output=True, text=True, check=True,
                    env={**os.environ, "FERROVIA_MUTANT": str(number), **more})
                return result.stdout.strip()

            first = "no toddler young 0.5 min 22"
            self.assertEqual(run(0, FERROVIA_MUTANT_REACHED=str(reached)), first)
            by_text = {}
            for site in example.kept:
                for number, variant in enumerate(site.variants, start=site.number):
                    by_text[site.original, variant] = number
            self.assertEqual(run(by_text["<=", "<"]), "min 22 toddler young 0.5 min 22")
            self.assertEqual(run(by_text["50", "49"]), "min 22 toddler young 0.5 min 22")
            self.assertEqual(run(by_text["50", "51"]), first)
            self.assertEqual(run(by_text[">", ">="]), "no toddler old 0.5 min 22")
            self.assertEqual(run(by_text["min", "max"]), "no toddler young 0.5 min 32")
            self.assertEqual(run(by_text['"0.5"', '"0.6"']), "no toddler young 0.6 min 22")
            self.assertEqual(run(by_text["!", ""]), "no toddler young no no")
            numbers = {int(number) for number in reached.read_text().split()}
            self.assertTrue(numbers <= {site.number for site in example.kept})
            self.assertIn(by_text["<=", "<"], numbers)

    def test_a_mutated_line_is_shown_whole(self):
        with Example() as example:
            source = example.file.read_bytes()
            site = next(site for site in example.kept if site.original == "<=")
            self.assertEqual(
                rewriting.mutated_line(source, site, "<"),
                ('if !is_on || weight <= limit && age != 18 { return "no" }',
                 'if !is_on || weight < limit && age != 18 { return "no" }'))


class Knowledge(unittest.TestCase):
    TEXT = """# 1 mg
format: 1
products:
  - key: venofer-20
    iron: 20 mg/mL
    vials:
      - {size: 50 mg, source: {text: "label, 50 mg/2.5 mL", mark: GK}}
    boxedWarnings:
      - 10 mg of nothing
    rows: [IS-US-1]
    source: {text: "§1.2", mark: V2}
preparations:
  - id: A-1
    diluents: [glucose5]
    undiluted: true
    concentration: {atLeast: 0.5 mg/mL, of: total}
rows:
  - id: IS-US-1
    population: {ageFrom: 18 y}
    infusion:
      - {route: infusion, time: 15 min}
    notes:
      - 4 to 6 h
    interval: {doses: 3}
"""

    PATHWAYS = """format: 1
version: 2026.11.0
numbers:
  # The label's 14 days are the most.
  maintenanceMaxAgeDays:
    value: 14 d
    accepted: 0 to 14
    meaning: "R7: results of 14 days"
    source: {text: "§3.1", mark: V}
  cyclePanelDueDays:
    value: -7 d
    accepted: -7 to -1
  lowFiltrationRate:
    value: 60 mL/min/{1.73_m2}
    accepted: fixed
  phosphateForEveryPatient:
    value: no
    accepted: yes or no
"""

    def changed(self, text):
        before = text.splitlines()
        for mutant in knowledge.mutants(text):
            after = mutant.apply(text).splitlines()
            lines = [number for number, pair in enumerate(zip(before, after), 1) if pair[0] != pair[1]]
            self.assertEqual(lines, [mutant.line])
            yield after[mutant.line - 1].strip()

    def test_numbers_comparisons_and_truths_are_mutated_and_texts_are_not(self):
        self.assertEqual(list(self.changed(self.TEXT)), [
            "iron: 21 mg/mL", "iron: 19 mg/mL",
            '- {size: 51 mg, source: {text: "label, 50 mg/2.5 mL", mark: GK}}',
            '- {size: 49 mg, source: {text: "label, 50 mg/2.5 mL", mark: GK}}',
            "undiluted: false",
            "concentration: {atLeast: 0.6 mg/mL, of: total}",
            "concentration: {atLeast: 0.4 mg/mL, of: total}",
            "concentration: {moreThan: 0.5 mg/mL, of: total}",
            "concentration: {atLeast: 0.5 mg/mL, of: diluent}",
            "population: {ageFrom: 19 y}", "population: {ageFrom: 17 y}",
            "- {route: infusion, time: 16 min}", "- {route: infusion, time: 14 min}",
            "- {route: infusion, time: {longerThan: 15 min}}",
            "interval: {doses: 4}", "interval: {doses: 2}",
        ])

    def test_values_and_what_is_accepted_are_mutated_with_their_sign(self):
        self.assertEqual(list(self.changed(self.PATHWAYS)), [
            "value: 15 d", "value: 13 d", "accepted: 1 to 14", "accepted: 0 to 15", "accepted: 0 to 13",
            "value: -8 d", "value: -6 d",
            "accepted: -8 to -1", "accepted: -6 to -1", "accepted: -7 to -2", "accepted: -7 to -0",
            "value: 61 mL/min/{1.73_m2}", "value: 59 mL/min/{1.73_m2}", "value: yes",
        ])


class Counting(unittest.TestCase):
    def mutant(self, number, after="b"):
        return mutants.Mutant(number, number, "Rules.swift", 1, "constant", "a", after, 1)

    def test_accepted_mutants_are_read_with_their_reasons(self):
        text = "# note\n\nRules.swift #2\n- a < b\n+ a <= b\nthe same\nfor whole numbers\n"
        self.assertEqual(
            accepted.read(text),
            {("Rules.swift", 2, "a < b", "a <= b"): "the same for whole numbers"})
        for bad in ("Rules.swift\n- a\n+ b\n", "Rules.swift\n+ b\n- a\nwhy\n", text + text):
            with self.assertRaises(accepted.Malformed):
                accepted.read(bad)

    def test_under_95_in_a_hundred_is_not_enough_and_accepted_ones_do_not_count(self):
        twenty = [self.mutant(number, f"b{number}") for number in range(1, 21)]
        results = {mutant.number: (running.CASE, "") for mutant in twenty}
        results[1] = (running.SURVIVED, "")
        self.assertTrue(report.enough(twenty, results, {}))
        results[2] = (running.NOT_EXECUTED, "")
        self.assertFalse(report.enough(twenty, results, {}))
        self.assertTrue(report.enough(twenty, results, {twenty[0].key: "why", twenty[1].key: "why"}))

    def test_an_accepted_mutant_must_be_one_and_must_survive(self):
        one = self.mutant(1)
        self.assertEqual(report.stale([one], {1: (running.SURVIVED, "")}, {one.key: "why"}), [])
        self.assertEqual(len(report.stale([one], {1: (running.CASE, "")}, {one.key: "why"})), 1)
        self.assertEqual(len(report.stale([], {}, {one.key: "why"})), 1)

    def test_a_sample_is_the_same_for_the_same_seed(self):
        many = [self.mutant(number) for number in range(1, 200)]
        self.assertEqual(mutants.chosen(many, None, 9, "x"), mutants.chosen(many, None, 9, "x"))
        self.assertNotEqual(mutants.chosen(many, None, 9, "x"), mutants.chosen(many, None, 9, "y"))
        self.assertEqual(mutants.chosen(many, "Other", None, "x"), [])


    def test_the_document_has_the_table_and_who_survived(self):
        mutant_list = [self.mutant(1), self.mutant(2, "c"), self.mutant(3, "d")]
        results = {1: (running.CASE, "x"), 2: (running.SURVIVED, ""), 3: (running.SURVIVED, "")}
        text = report.summary(mutant_list, 9, results, {mutant_list[2].key: "no difference"})
        self.assertIn("3 by chance of 9 mutants, commit `", text)
        self.assertIn("| all | 3 | 1 | 0 | 0 | 0 | 1 | 0 | 1 | 50.0 % |", text)
        self.assertIn("Rules.swift:1: constant, survived\n  - a\n  + c\n```", text)
        with tempfile.TemporaryDirectory() as directory:
            page = Path(directory) / "page.md"
            page.write_text("before\n<!-- mutants:begin -->\nold\n<!-- mutants:end -->\nafter\n")
            report.write(page, text)
            self.assertEqual(
                page.read_text(), f"before\n<!-- mutants:begin -->\n{text}\n<!-- mutants:end -->\nafter\n")
            page.write_text("no marks")
            with self.assertRaises(ValueError):
                report.write(page, text)

    def test_other_tests_leave_those_that_were_caught_and_ask_the_others_again(self):
        with tempfile.TemporaryDirectory() as directory:
            copy = main.Copy(Path(directory))
            copy.log.write_text(
                '{"number": 1, "status": "caught by a test", "by": "x"}\n{"number": 2, "status": "survived", "by": ""}\n'
                '{"number": 3, "sta')
            copy.keep_the_caught()
            self.assertEqual(copy.results(), {1: ("caught by a test", "x")})


class Running(unittest.TestCase):
    def test_a_program_that_does_not_end_is_killed_with_what_it_started(self):
        ended = running.run(["bash", "-c", "sleep 600 & sleep 600"], {}, 0.5)
        self.assertIsNone(ended.status)

    def test_a_crash_is_told_from_a_failure(self):
        self.assertLess(running.run(["bash", "-c", "kill -SEGV $$"], {}, 60).status, 0)
        self.assertEqual(running.run(["bash", "-c", "exit 1"], {}, 60).status, 1)

    def test_the_first_failed_test_is_named(self):
        output = '✔ Test "one" passed\n✘ Test "two" recorded an issue at A.swift:1:1\n'
        self.assertEqual(running.first_failed_test(output), '"two"')


if __name__ == "__main__":
    unittest.main()
