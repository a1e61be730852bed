"""What a run found: a table by kind, the survivors, and whether that is enough."""

import re
import subprocess
from collections import Counter, defaultdict
from datetime import UTC, datetime

from .running import CAUGHT, NOT_EXECUTED, SURVIVED

CAUGHT_PERCENT_MIN = 95


def rows(mutants, results, accepted):
    """A head, and for each kind how many mutants there are and what became of them."""
    counts = defaultdict(Counter)
    for mutant in mutants:
        status = results[mutant.number][0]
        what = "accepted" if mutant.key in accepted and status not in CAUGHT else status
        for kind in (mutant.kind, "all"):
            counts[kind][what] += 1
            counts[kind]["mutants"] += 1
    counts["all"] = counts.pop("all", Counter())
    columns = ["mutants", *CAUGHT, SURVIVED, NOT_EXECUTED, "accepted"]
    yield ["kind", *columns, "caught"]
    for kind, of_kind in counts.items():
        yield [kind, *(str(of_kind[column]) for column in columns), f"{percent(of_kind):.1f} %"]


def table(mutants, results, accepted):
    """The rows as text."""
    cells = list(rows(mutants, results, accepted))
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths)))
        for row in cells
    ]


def summary(mutants, of, results, accepted):
    """The same for the document, with what the figures are figures of, and who survived."""
    head, *body = rows(mutants, results, accepted)
    how = "All" if len(mutants) == of else f"{len(mutants):,} by chance"
    lines = [
        f"{how} of {of:,} mutants, {taken()}.", "",
        "| " + " | ".join(head) + " |", "|---" + "|--:" * (len(head) - 1) + "|",
        *("| " + " | ".join(row) + " |" for row in body),
    ]
    alive = [mutant for mutant in mutants if results[mutant.number][0] not in CAUGHT and mutant.key not in accepted]
    if alive:
        lines += ["", "Not caught and not accepted:", "", "```"]
        for mutant in alive:
            lines += [f"{mutant.file}:{mutant.line}: {mutant.kind}, {results[mutant.number][0]}",
                      f"  - {mutant.before}", f"  + {mutant.after}"]
        lines.append("```")
    return "\n".join(lines)


def taken():
    """On which commit and when."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    changed = subprocess.run(
        ["git", "status", "--porcelain", "--", "Package.swift", "Sources", "Tests"],
        capture_output=True, text=True, check=False)
    name = commit.stdout.strip() or "unknown"
    return (f"commit `{name}{', changed' if changed.stdout.strip() else ''}`,"
            f" {datetime.now(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}")


def write(path, text):
    """Between the marks of the document, for what was there."""
    begin, end = "<!-- mutants:begin -->", "<!-- mutants:end -->"
    old = path.read_text()
    new, count = re.subn(f"{begin}.*?{end}", lambda _: f"{begin}\n{text}\n{end}", old, flags=re.S)
    if count != 1:
        raise ValueError(f"{path} has no place for the summary")
    path.write_text(new)


def percent(counts):
    """Of those that are not accepted, how many in a hundred are caught."""
    judged = counts["mutants"] - counts["accepted"]
    return 100 * sum(counts[status] for status in CAUGHT) / judged if judged else 100.0


def survivors(mutants, results, accepted):
    lines = []
    for mutant in mutants:
        status = results[mutant.number][0]
        if status in CAUGHT:
            continue
        number = f" #{mutant.occurrence}" if mutant.occurrence > 1 else ""
        reason = f"\n    accepted: {accepted[mutant.key]}" if mutant.key in accepted else ""
        lines.append(
            f"{mutant.file}:{mutant.line}: {mutant.kind}, {status}{number}\n"
            f"  - {mutant.before}\n  + {mutant.after}{reason}")
    return lines


def stale(everything, results, accepted):
    """Accepted mutants that there are not, or that something caught."""
    by_key = {mutant.key: mutant for mutant in everything}
    lines = []
    for file, occurrence, before, after in accepted:
        mutant = by_key.get((file, occurrence, before, after))
        if mutant is None:
            lines.append(f"{file} #{occurrence}: there is no such mutant: + {after}")
        elif results.get(mutant.number, [None])[0] in CAUGHT:
            lines.append(f"{file}:{mutant.line}: is accepted, and was caught: + {after}")
    return lines


def enough(mutants, results, accepted):
    counts = Counter()
    for mutant in mutants:
        status = results[mutant.number][0]
        counts["accepted" if mutant.key in accepted and status not in CAUGHT else status] += 1
        counts["mutants"] += 1
    return percent(counts) >= CAUGHT_PERCENT_MIN
