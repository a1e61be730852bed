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
            f" read {number(peer['read']['perSecond'])} events/s."]


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
        "", "![Appends a second and their 99th percentile by clients](performance.svg)"])


def write_document(path, text):
    old = path.read_text()
    begin, end = (re.escape(mark) for mark in MARKS)
    new, found = re.subn(f"{begin}.*{end}", lambda _: f"{MARKS[0]}\n{text}\n{MARKS[1]}", old, flags=re.S)
    if found != 1:
        raise RuntimeError(f"{path} has no place for the figures")
    path.write_text(new)


def write_json(path, rows, manifest, curves, peer):
    path.write_text(json.dumps(
        {"manifest": manifest, "rows": [row.json() for row in rows], "byClients": curves, "peer": peer},
        indent=1, ensure_ascii=False) + "\n")


COLOURS = {"Ferrovia": "#b3261e", "pgbench": "#475569", "eventsourcing": "#0f766e"}
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 340, 240, 60, 34, 40


def panel(offset, title, curves, key, scale, unit):
    """One plot: clients from left to right, each curve a line."""
    clients = sorted({n for curve in curves.values() for n in curve})
    highest = max(sample[key] for curve in curves.values() for sample in curve.values()) / scale
    right, floor = WIDTH - 20, HEIGHT - BOTTOM

    def x(n):
        return offset + LEFT + clients.index(n) * (right - LEFT) / max(1, len(clients) - 1)

    def y(value):
        return floor - value / scale / highest * (floor - TOP)

    parts = [f'<text x="{offset + LEFT}" y="20" font-weight="bold">{title}</text>',
             f'<path d="M{offset + LEFT} {TOP}V{floor}H{offset + right}" fill="none" stroke="#94a3b8"/>']
    for step in range(5):
        value = highest * step / 4
        height = floor - step / 4 * (floor - TOP)
        parts.append(f'<text x="{offset + LEFT - 6}" y="{height + 4:.0f}" text-anchor="end">{number(value)}</text>')
    for n in clients:
        parts.append(f'<text x="{x(n):.0f}" y="{floor + 16}" text-anchor="middle">{n}</text>')
    parts.append(f'<text x="{offset + (LEFT + right) / 2:.0f}" y="{floor + 33}" text-anchor="middle">clients; {unit}</text>')
    for name, curve in curves.items():
        points = " ".join(f"{x(n):.1f},{y(curve[n][key]):.1f}" for n in sorted(curve))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(n):.1f}" cy="{y(curve[n][key]):.1f}" r="3" fill="{COLOURS[name]}"/>' for n in curve]
    return parts


def plot(curves):
    curves = {name: curve for name, curve in curves.items() if curve}
    parts = panel(0, "Appends a second", curves, "perSecond", 1_000, "thousands a second")
    parts += panel(WIDTH, "99th percentile", curves, "p99Microseconds", 1_000, "milliseconds")
    for index, name in enumerate(curves):
        parts.append(f'<rect x="{LEFT + index * 130}" y="{HEIGHT + 2}" width="12" height="12" fill="{COLOURS[name]}"/>'
                     f'<text x="{LEFT + index * 130 + 18}" y="{HEIGHT + 12}">{name}</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {HEIGHT + 22}" font-family="sans-serif"'
            f' font-size="11" fill="#334155">\n<rect width="100%" height="100%" fill="#ffffff"/>\n'
            + "\n".join(parts) + "\n</svg>\n")
