"""What a run found: a table by kind, the survivors, and whether that is enough."""

from collections import Counter, defaultdict

from .running import CAUGHT, NOT_EXECUTED, SURVIVED

CAUGHT_PERCENT_MIN = 95


def table(mutants, results, accepted):
    """Rows of text: for each kind, how many mutants there are and what became of them."""
    counts = defaultdict(Counter)
    for mutant in mutants:
        status = results[mutant.number][0]
        what = "accepted" if mutant.key in accepted and status not in CAUGHT else status
        for kind in (mutant.kind, "all"):
            counts[kind][what] += 1
            counts[kind]["mutants"] += 1
    counts["all"] = counts.pop("all", Counter())
    columns = ["mutants", *CAUGHT, SURVIVED, NOT_EXECUTED, "accepted"]
    rows = [["kind", *columns, "caught"]]
    for kind, of_kind in counts.items():
        rows.append([kind, *(str(of_kind[column]) for column in columns), f"{percent(of_kind):.1f} %"])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths)))
        for row in rows
    ]


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
