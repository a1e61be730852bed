"""The figures of one run as a table, as JSON and in docs/performance.md."""

import json
import re

MARKS = ("<!-- figures: written by scripts/bench --write-docs -->", "<!-- end of figures -->")


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def cells(row):
    goal = "" if row.goal is None else ("≤ " if row.less_is_better else "≥ ") + f"{row.goal:g} ×"
    verdict = {True: "met", False: "missed", None: ""}[row.is_met]
    note = f" ({row.note})" if row.note else ""
    return (
        row.goal_id, row.what, f"{number(row.ours.median)} {row.unit} ± {row.ours.spread:.0%}",
        f"{row.baseline_what}: {number(row.baseline.median)} ± {row.baseline.spread:.0%}",
        f"{row.ratio:.2f} ×", goal, verdict + note,
    )


HEADINGS = ("", "measure", "ours", "against", "ratio", "goal", "")


def table(rows):
    lines = [HEADINGS] + [cells(row) for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip() for line in lines)


def peer_lines(peer):
    if not peer:
        return []
    appends = ", ".join(
        f"{clients}: {number(sample['perSecond'])}/s" for clients, sample in peer["append"].items())
    return [f"The peer, `eventsourcing` (Python), in the same run: appends by threads {appends};"
            f" read {number(peer['read']['perSecond'])} events/s; rebuild of a row for each stream"
            f" {number(peer['rebuild']['perSecond'])} events/s, each event in a transaction of its own as its documents"
            " have it."]


def document(rows, manifest, peer):
    lines = ["| " + " | ".join(HEADINGS) + " |", "|---|---|--:|--:|--:|--:|---|"]
    lines += ["| " + " | ".join(cells(row)) + " |" for row in rows]
    facts = [
        f"{manifest['rounds']} sample{'s' if manifest['rounds'] > 1 else ''} of {manifest['secondsASample']} s for each measure,"
        " the baseline before and after",
        f"{manifest['at']}, commit `{manifest['commit']}`", f"{manifest['processor']}, {manifest['cores']} cores",
        f"Linux {manifest['kernel']}", f"PostgreSQL {manifest['postgresql']}",
        f"fdatasync {manifest['fsyncMicroseconds']} µs before the run",
        "processors held awake" if manifest["processorsHeldAwake"] else "processors not held awake",
        ", ".join(f"{name}={value}" for name, value in manifest["settings"].items()),
    ]
    return "\n".join(["Taken " + "; ".join(facts) + ".", ""] + lines + [""] + peer_lines(peer) + [
        "", "![Appends a second and their 99th percentile, by clients and by events stored](performance.svg)"])


def write_document(path, text):
    old = path.read_text()
    begin, end = (re.escape(mark) for mark in MARKS)
    new, found = re.subn(f"{begin}.*{end}", lambda _: f"{MARKS[0]}\n{text}\n{MARKS[1]}", old, flags=re.S)
    if found != 1:
        raise RuntimeError(f"{path} has no place for the figures")
    path.write_text(new)


def write_json(path, rows, manifest, measures, peer):
    path.write_text(json.dumps(
        {"manifest": manifest, "rows": [row.json() for row in rows], "byClients": measures.curves,
         "byStored": measures.curves_by_stored, "peer": peer}, indent=1, ensure_ascii=False) + "\n")
