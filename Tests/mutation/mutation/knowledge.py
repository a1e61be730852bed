"""The mutants of the formulary and of the pathways: every number beside its neighbours, every comparison beside
the other."""

import re
from dataclasses import dataclass

from .sites import neighbours

FOLDER = "Sources/InfusionKnowledge/Knowledge/"
# In the order in which their mutants are numbered.
PATHS = (FOLDER + "formulary.yaml", FOLDER + "pathways.yaml")
# Keys whose values are names and texts for people, with whatever stands below them.
TEXTS = {
    "format", "version", "id", "key", "like", "brand", "generic", "moiety", "region", "indication",
    "boxedWarnings", "contraindications", "preparation", "source", "notes", "contexts", "diluents",
    "cautions", "meaning",
}
KEY = re.compile(r"^( *)(?:- )?(\w+):(?: |$)")
ITEM = re.compile(r"^( *)- ")
# A minus is the number's own after a blank, else the hyphen of a name; `{1.73_m2}` is a part of a unit.
NUMBER = re.compile(r"(?:(?<![\w.§{-])|(?<= -))\d+(?:\.\d+)?(?![\w.])")
# A text for people within a line of values, such as that of a source.
QUOTED = re.compile(r'"[^"]*"')
# What compares, as it is written, and what the other comparison is.
COMPARISONS = [
    (re.compile(r"(?<=concentration: \{)atLeast(?=:)"), lambda found: "moreThan"),
    (re.compile(r"\bmoreThan(?=:)"), lambda found: "atLeast"),
    (re.compile(r"(?<=time: )(\d+ min)"), lambda found: f"{{longerThan: {found[1]}}}"),
    (re.compile(r"(?<=time: )\{longerThan: (\d+ min)\}"), lambda found: found[1]),
    (re.compile(r"(?<=of: )diluent\b"), lambda found: "total"),
    (re.compile(r"(?<=of: )total\b"), lambda found: "diluent"),
]
TRUTHS = [
    (re.compile(r"(?<=: )true\b"), lambda found: "false"), (re.compile(r"(?<=: )false\b"), lambda found: "true"),
    (re.compile(r"(?<=value: )yes\b"), lambda found: "no"), (re.compile(r"(?<=value: )no\b"), lambda found: "yes"),
]


@dataclass(frozen=True)
class KnowledgeMutant:
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
        # As long as it was, so that every place stays where it is.
        yield number, start, QUOTED.sub(lambda quoted: " " * len(quoted[0]), line)


def mutants(text, name="formulary"):
    """Every mutant of a file, in the order of its lines; its kinds bear the file's name."""
    found = []
    for number, start, line in lines_of_values(text):
        for match in NUMBER.finditer(line):
            for variant in neighbours(match[0]):
                found.append(
                    KnowledgeMutant(number, start + match.start(), match[0], variant, f"{name} constant"))
        for kind, pairs in ((f"{name} comparison", COMPARISONS), (f"{name} truth", TRUTHS)):
            for pattern, other in pairs:
                for match in pattern.finditer(line):
                    found.append(
                        KnowledgeMutant(number, start + match.start(), match[0], other(match), kind))
    return found


def all_of(root):
    """Every mutant of every file, each with the file's path."""
    return [
        (path, mutant) for path in PATHS
        for mutant in mutants((root / path).read_text(), path.removeprefix(FOLDER).removesuffix(".yaml"))]
