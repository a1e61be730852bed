"""The mutants of the knowledge that is data: every number beside its neighbours, every comparison beside the other."""

import re
from dataclasses import dataclass

from .sites import neighbours

FOLDER = "Sources/InfusionKnowledge/Knowledge"
FORMULARY, PATHWAYS = "formulary.yaml", "pathways.yaml"
FILES = (FORMULARY, PATHWAYS)
# Where a line tells its source beside its value.
SOURCE = re.compile(r"source: \{[^}]*\}")
# In the pathways a value is one of these lines; what a site may make of it is no rule.
VALUE = re.compile(r"^ +value: (.*)$")
# Keys whose values are names and texts for people, with whatever stands below them.
TEXTS = {
    "format", "version", "id", "key", "like", "brand", "generic", "moiety", "region", "indication",
    "boxedWarnings", "contraindications", "preparation", "source", "notes", "contexts", "diluents",
    "cautions",
}
KEY = re.compile(r"^( *)(?:- )?(\w+):(?: |$)")
ITEM = re.compile(r"^( *)- ")
NUMBER = re.compile(r"(?<![\w.§-])\d+(?:\.\d+)?(?![\w.])")
# What compares, as it is written, and what the other comparison is.
COMPARISONS = [
    (re.compile(r"(?<=concentration: \{)atLeast(?=:)"), lambda found: "moreThan"),
    (re.compile(r"\bmoreThan(?=:)"), lambda found: "atLeast"),
    (re.compile(r"(?<=time: )(\d+ min)"), lambda found: f"{{longerThan: {found[1]}}}"),
    (re.compile(r"(?<=time: )\{longerThan: (\d+ min)\}"), lambda found: found[1]),
    (re.compile(r"(?<=of: )diluent\b"), lambda found: "total"),
    (re.compile(r"(?<=of: )total\b"), lambda found: "diluent"),
]
TRUTHS = [(re.compile(r"(?<=: )true\b"), lambda found: "false"), (re.compile(r"(?<=: )false\b"), lambda found: "true")]


@dataclass(frozen=True)
class KnowledgeMutant:
    file: str
    line: int
    offset: int
    original: str
    variant: str
    kind: str

    def apply(self, text):
        return text[: self.offset] + self.variant + text[self.offset + len(self.original) :]


def lines_of_values(text):
    """The lines that hold values of the rules: number, offset, text."""
    offset, names = 0, []
    in_products = False
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        start, offset = offset, offset + len(line)
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        # `- key:` opens its key two columns to the right of the dash.
        key, item = KEY.match(line), ITEM.match(line)
        column = indent + 2 if item else indent
        names = [(at, name) for at, name in names if at < (column if key else indent + 1)]
        if key:
            names.append((column, key[2]))
            if indent == 0:
                in_products = key[2] == "products"
        # The rows of a product are names; those of the file are what this is about.
        if any(name in TEXTS or (in_products and name == "rows" and at > 0) for at, name in names):
            continue
        yield number, start, line


def of_formulary(text):
    """Every mutant of the formulary, in the order of its lines."""
    for number, start, line in lines_of_values(text):
        line = SOURCE.sub(lambda found: " " * len(found[0]), line)
        for match in NUMBER.finditer(line):
            for variant in neighbours(match[0]):
                yield KnowledgeMutant(FORMULARY, number, start + match.start(), match[0], variant, "formulary constant")
        for kind, pairs in (("formulary comparison", COMPARISONS), ("formulary truth", TRUTHS)):
            for pattern, other in pairs:
                for match in pattern.finditer(line):
                    yield KnowledgeMutant(FORMULARY, number, start + match.start(), match[0], other(match), kind)


def of_pathways(text):
    """Every mutant of the pathways: each value."""
    offset = 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        start, offset = offset, offset + len(line)
        value = VALUE.match(line)
        if not value:
            continue
        at = start + value.start(1)
        for match in NUMBER.finditer(value[1]):
            for variant in neighbours(match[0]):
                yield KnowledgeMutant(PATHWAYS, number, at + match.start(), match[0], variant, "pathways constant")
        for truth, other in (("yes", "no"), ("no", "yes")):
            if value[1] == truth:
                yield KnowledgeMutant(PATHWAYS, number, at, truth, other, "pathways truth")


def mutants(texts):
    """Every mutant of the files, whose texts come by their names."""
    return [*of_formulary(texts[FORMULARY]), *of_pathways(texts[PATHWAYS])]


def texts(root):
    return {name: (root / FOLDER / name).read_text() for name in FILES}
