"""Everybody of the survey in every clinical context: what Python works out, asked of `ferrovia cases run`.

A case is one person under one set of circumstances, with every context that is asked about. It goes the way
of any command and any answer of the service, in memory, so a person of the survey can be put in contexts
that the survey does not know.
"""

import json
import os
import re
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from .iron_status import CLASSIFICATIONS, About, Markers, iron_status

ASKED = date(2026, 3, 2)
# A file of cases may have 1 MiB.
CASES_PER_FILE = 1000
FERTILE = range(12, 56)
ELIGIBLE = {True: "eligible", False: "not eligible", None: "no rule"}
# The classifications, abbreviated: the table has one column for each.
HEADINGS = ["abs", "prov", "func", "poss", "sequ", "not", "repl", "disc", "over", "ind"]


@dataclass(frozen=True)
class Question:
    """One set of circumstances. Contexts asked about together have the same ceilings and may be together."""

    title: str
    contexts: tuple
    facts: str = ""
    on_esa: bool = False
    major_loss: bool = False
    # Whether saturation is left to be worked out of iron and binding capacity.
    from_iron: bool = False

    def contexts_of(self, person):
        return [
            context for context in self.contexts
            if context != "pregnancy" or person.is_female and person.age in FERTILE
        ]

    def markers(self, person):
        saturation = person.saturation
        if self.from_iron:
            known = person.iron is not None and person.capacity is not None
            saturation = person.iron * 100 / person.capacity if known else None
        return Markers(person.ferritin, saturation, person.crp)

    def expected(self, person):
        about = About(person.age, self.on_esa, self.major_loss)
        return {context: iron_status(context, self.markers(person), about) for context in self.contexts_of(person)}


AS_MEASURED = "as measured"
QUESTIONS = [
    Question(AS_MEASURED, ("general", "heartFailure", "ibdActive", "preOperative", "pregnancy")),
    Question(AS_MEASURED, ("ibdInactive",)),
    Question(AS_MEASURED, ("oncology", "metastaticBreastCancer")),
    Question(AS_MEASURED, ("ckdNonDialysis",)),
    Question(AS_MEASURED, ("ckdPeritonealDialysis",)),
    Question(AS_MEASURED, ("ckdHemodialysis",)),
    Question(
        "on an erythropoiesis-stimulating agent", ("oncology", "metastaticBreastCancer"),
        "therapies: {erythropoiesisStimulatingAgent: yes}", on_esa=True,
    ),
    Question(
        "major blood loss expected; saturation from iron and binding capacity", ("general", "preOperative"),
        "conditions: {majorBloodLossExpected: yes}", major_loss=True, from_iron=True,
    ),
]


def case(name, question, person, expected):
    """In YAML, as docs/cases.md has it; only what was measured is there."""
    values = [
        ("hb", person.hemoglobin, "g/dL"), ("ferritin", person.ferritin, "ng/mL"), ("crp", person.crp, "mg/L"),
        *(
            [("iron", person.iron, "ug/dL"), ("tibc", person.capacity, "ug/dL")]
            if question.from_iron else [("tsat", person.saturation, "%")]
        ),
    ]
    labs = ", ".join(f"{key}: {value} {unit}" for key, value, unit in values if value is not None)
    said = [f"contexts: [{', '.join(expected)}]"]
    said += [question.facts] if question.facts else []
    said += [f"labs: {{{labs}}}"] if labs else []
    answers = []
    for context, status in expected.items():
        parts = [f"is: {status.classification}", f"flags: [{', '.join(sorted(status.flags))}]"]
        if status.eligible is not None:
            parts.append(f"eligible: {'yes' if status.eligible else 'no'}")
        answers.append(f"{context}: {{{', '.join(parts)}}}")
    sex = "female" if person.is_female else "male"
    return (
        f'  - case: "{name}"\n'
        f"    patient: {{sex: {sex}, born: {ASKED.year - person.age}-01-01}}\n"
        f"    given: {{on: {ASKED}, {', '.join(said)}}}\n"
        f"    then: {{ironStatus: {{{', '.join(answers)}}}}}\n"
    )


class ContextComparison:
    def __init__(self, people, tools, directory):
        self.people = people
        self.tools = tools
        self.directory = directory
        directory.mkdir()

    def files(self):
        for index, question in enumerate(QUESTIONS):
            for first in range(0, len(self.people), CASES_PER_FILE):
                path = self.directory / f"{index}-{first:05}.yaml"
                with open(path, "w") as file:
                    file.write("cases:\n")
                    for person in self.people[first : first + CASES_PER_FILE]:
                        file.write(case(f"{index} {person.number}", question, person, question.expected(person)))
                yield path

    def ask(self, path):
        """The names of the file's cases, and what did not come as expected, each with its case."""
        ended = self.tools.run("cases", "run", path, "--json")
        if ended.stderr.strip():
            raise RuntimeError(f"cases run: exit {ended.returncode}: {ended.stderr.strip()[:500]}")
        answers = [json.loads(line) for line in ended.stdout.splitlines()]
        return [a["case"] for a in answers], [(a["case"], text) for a in answers for text in a["failures"]]

    def run(self, report):
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            ended = list(pool.map(self.ask, self.files()))
        asked = Counter(name for names, _ in ended for name in names)
        differing, problems = self.differing([failure for _, found in ended for failure in found])
        rows = {
            title: [(index, question) for index, question in enumerate(QUESTIONS) if question.title == title]
            for title in dict.fromkeys(question.title for question in QUESTIONS)
        }
        for title, questions in rows.items():
            report.say(f"  {title}:", "")
            report.table(*self.table(questions, differing))
            report.say("")
        wanted = Counter(f"{index} {person.number}" for index in range(len(QUESTIONS)) for person in self.people)
        report.equal("ferrovia cases run was asked about everybody, once in each context", asked, wanted)
        report.check(
            f"classification, eligibility and flags are the same in each of {self.answers()} answers", problems
        )

    def answers(self):
        return sum(len(question.contexts_of(person)) for question in QUESTIONS for person in self.people)

    @staticmethod
    def differing(failures):
        """How many people were answered otherwise, by question and context, and each of them in words."""
        found = defaultdict(list)
        for name, text in failures:
            index, number = name.split()
            place = re.search(r"ironStatus\.(\w+)", text)
            # A step that was refused leaves every context without an answer.
            for context in [place[1]] if place else QUESTIONS[int(index)].contexts:
                found[int(index), context, number].append(text.split(": ", 2)[-1])
        counts = Counter((index, context) for index, context, _ in found)
        return counts, [
            f"{number} in {context}, {QUESTIONS[index].title}: {', '.join(texts)}"
            for (index, context, number), texts in found.items()
        ]

    def table(self, questions, differing):
        """One row a context: how many people have which answer."""
        rows = []
        for index, question in questions:
            counts = {context: Counter() for context in question.contexts}
            for person in self.people:
                for context, status in question.expected(person).items():
                    counts[context].update([status.classification, ELIGIBLE[status.eligible]])
            rows += [
                [
                    context, *(count[name] for name in CLASSIFICATIONS),
                    "-" if ELIGIBLE[True] not in count else count[ELIGIBLE[True]], differing[index, context],
                ]
                for context, count in counts.items()
            ]
        return ["context", *HEADINGS, "may start", "differ"], rows
