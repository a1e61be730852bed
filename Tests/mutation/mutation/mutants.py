"""The mutants of one copy: what each changes, where, and by which key the accepted ones are named."""

import random
from collections import Counter
from dataclasses import asdict, dataclass

from . import knowledge, rewriting


@dataclass(frozen=True)
class Mutant:
    number: int
    # The number of its site's first mutant, by which reaching is recorded; 0 in a file of knowledge.
    site: int
    file: str
    line: int
    kind: str
    # The whole line as it is and as the mutant has it.
    before: str
    after: str
    # Which of several mutants that change equal lines of the file alike, from 1.
    occurrence: int

    @property
    def key(self):
        return self.file, self.occurrence, self.before, self.after

    def as_json(self):
        return asdict(self)


def line_of_text(text, offset):
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, len(text) if end < 0 else end


def of_rules(root, kept):
    sources = {}
    for site in kept:
        if site.file not in sources:
            sources[site.file] = (root / site.file).read_bytes()
        source = sources[site.file]
        line = rewriting.line_of(source, site.offset)
        for number, variant in enumerate(site.variants, start=site.number):
            before, after = rewriting.mutated_line(source, site, variant)
            yield number, site.number, site.file, line, site.kind, before, after


def of_knowledge(root, first):
    texts = {path: (root / path).read_text() for path in knowledge.PATHS}
    for number, (path, mutant) in enumerate(knowledge.all_of(root), start=first):
        text = texts[path]
        start, end = line_of_text(text, mutant.offset)
        before = text[start:end]
        at = mutant.offset - start
        after = before[:at] + mutant.variant + before[at + len(mutant.original) :]
        yield number, 0, path, mutant.line, mutant.kind, before.strip(), after.strip()


def all_of(root, kept):
    """Every mutant, numbered as in the copy: those of the rules first, then those of the files of knowledge."""
    after_rules = max((site.number + len(site.variants) for site in kept), default=1)
    seen = Counter()
    mutants = []
    for row in (*of_rules(root, kept), *of_knowledge(root, after_rules)):
        seen[row[2], row[5], row[6]] += 1
        mutants.append(Mutant(*row, occurrence=seen[row[2], row[5], row[6]]))
    return mutants


def chosen(mutants, only, sample, seed):
    """Those of the files whose path holds `only`; of these, `sample` by chance, the same for the same seed."""
    mutants = [mutant for mutant in mutants if only is None or only in mutant.file]
    if sample is not None and sample < len(mutants):
        mutants = sorted(random.Random(seed).sample(mutants, sample), key=lambda mutant: mutant.number)
    return mutants
