"""docs/performance.svg: rates and latencies of appends, by clients and by the length of the log."""

from .report import number

COLOURS = {"Ferrovia": "#b3261e", "pgbench": "#475569", "eventsourcing": "#0f766e"}
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 340, 240, 60, 34, 40
RIGHT, FLOOR = WIDTH - 20, HEIGHT - BOTTOM
# Heading of the column, what of a sample it shows, by what that is divided, and the unit then.
COLUMNS = (
    ("Appends a second", "perSecond", 1_000, "thousands a second"),
    ("99th percentile", "p99Microseconds", 1_000, "milliseconds"),
)


def short(count):
    """10,000 as 10 k."""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if count >= size:
            return f"{count // size} {letter}"
    return str(count)


def panel(title, curves, key, scale, caption):
    """One plot: counts of something from left to right, each curve a line."""
    counts = sorted({n for curve in curves.values() for n in curve})
    highest = max(sample[key] for curve in curves.values() for sample in curve.values()) / scale

    def x(n):
        return LEFT + counts.index(n) * (RIGHT - LEFT) / max(1, len(counts) - 1)

    def y(value):
        return FLOOR - value / scale / highest * (FLOOR - TOP)

    parts = [f'<text x="{LEFT}" y="20" font-weight="bold">{title}</text>',
             f'<path d="M{LEFT} {TOP}V{FLOOR}H{RIGHT}" fill="none" stroke="#94a3b8"/>']
    for step in range(5):
        value = highest * step / 4
        height = FLOOR - step / 4 * (FLOOR - TOP)
        parts.append(f'<text x="{LEFT - 6}" y="{height + 4:.0f}" text-anchor="end">{number(value)}</text>')
    for n in counts:
        parts.append(f'<text x="{x(n):.0f}" y="{FLOOR + 16}" text-anchor="middle">{short(n)}</text>')
    parts.append(f'<text x="{(LEFT + RIGHT) / 2:.0f}" y="{FLOOR + 33}" text-anchor="middle">{caption}</text>')
    for name, curve in curves.items():
        points = " ".join(f"{x(n):.1f},{y(curve[n][key]):.1f}" for n in sorted(curve))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(n):.1f}" cy="{y(curve[n][key]):.1f}" r="3" fill="{COLOURS[name]}"/>' for n in curve]
    return parts


def plot(by_clients, by_stored):
    """Two rows of plots: by clients, and by events stored with 64 clients."""
    parts, top = [], 0
    for curves, across in ((by_clients, "clients"), (by_stored, "events stored, 64 clients")):
        curves = {name: curve for name, curve in curves.items() if curve}
        if not curves:
            continue
        for column, (title, key, scale, unit) in enumerate(COLUMNS):
            parts.append(f'<g transform="translate({column * WIDTH} {top})">')
            parts += panel(title, curves, key, scale, f"{across}; {unit}")
            parts.append("</g>")
        top += HEIGHT
    for index, name in enumerate(name for name in COLOURS if by_clients.get(name)):
        parts.append(f'<rect x="{LEFT + index * 130}" y="{top + 2}" width="12" height="12" fill="{COLOURS[name]}"/>'
                     f'<text x="{LEFT + index * 130 + 18}" y="{top + 12}">{name}</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {top + 22}" font-family="sans-serif"'
            f' font-size="11" fill="#334155">\n<rect width="100%" height="100%" fill="#ffffff"/>\n'
            + "\n".join(parts) + "\n</svg>\n")
