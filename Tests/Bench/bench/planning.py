"""Planning: ours in a second, OR-tools CP-SAT in a minute, on the same instances and the same processors."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import report
from .programs import run

# Visits, chairs, load in per cent, seed. A look takes the first of each size at a high load.
LOOK = [(20, 8, 90, 1), (60, 12, 100, 1), (200, 40, 100, 1)]
FULL = [
    (visits, chairs, load, seed)
    for visits, chairs in ((20, 8), (40, 12), (60, 12), (100, 20), (150, 30), (200, 40))
    for load, seed in ((60, 1), (80, 2), (95, 3), (110, 4))]
SECONDS = {"quick": 10, "full": 60}
OURS_SECONDS = 0.9
MEMBERS = ("unservedWeight", "overtimeMinutes", "waitingMinutes", "peakNurses")


class Cli:
    """`ferrovia plan` of one build."""

    def __init__(self, programs, folder):
        self.program, self.folder = Path(programs) / "ferrovia", Path(folder)

    def generate(self, visits, chairs, load, seed):
        path = self.folder / f"{visits}-{chairs}-{load}-{seed}.json"
        path.write_text(run([self.program, "plan", "generate", f"--visits={visits}", f"--chairs={chairs}",
                             f"--load={load}", f"--seed={seed}"]))
        return path

    def plan(self, instance, *arguments):
        """The answer, and the seconds of the whole process."""
        begin = time.perf_counter()
        done = subprocess.run(
            [self.program, "plan", instance, "--json", *arguments], capture_output=True, text=True, check=False)
        took = time.perf_counter() - begin
        # 1 says that somebody must look at a promise: an answer as well.
        if done.returncode not in (0, 1):
            raise RuntimeError(f"ferrovia plan ended with {done.returncode}: {done.stderr.strip()[-500:]}")
        return json.loads(done.stdout), took

    def judged(self, instance, plan):
        """The objective of a plan, by the checker; a plan that breaks a rule is an error."""
        path = self.folder / "plan.json"
        path.write_text(json.dumps({"bookings": [
            {name: booking[name] for name in ("visit", "chair", "start")} for booking in plan["bookings"]]}))
        return json.loads(run([self.program, "plan", "check", instance, path, "--json"]))["objective"]


def levels(objective):
    return " / ".join(f"{objective[member]:,}" for member in MEMBERS)


def difference(ours, theirs):
    """How much worse ours is, of theirs."""
    if ours == theirs:
        return 0.0
    return (ours - theirs) / max(1, abs(theirs))


def measure(cli, python, size, instances, workers):
    rows = []
    for visits, chairs, load, seed in instances:
        path = cli.generate(visits, chairs, load, seed)
        ours, took = cli.plan(path, f"--seconds={OURS_SECONDS}", f"--searches={workers}")
        first, _ = cli.plan(path, "--baseline=fcfs")
        row = {
            "visits": visits, "chairs": chairs, "load": load, "seed": seed, "seconds": took,
            "ours": cli.judged(path, ours), "bound": ours["bound"], "fcfs": cli.judged(path, first), "peer": None}
        if row["ours"] != ours["objective"]:
            raise RuntimeError(f"{path.name}: the checker disagrees with the solver")
        if row["ours"]["combined"] > row["fcfs"]["combined"]:
            raise RuntimeError(f"{path.name}: worse than first come, first served")
        if python:
            peer = json.loads(run([python, str(Path(__file__).with_name("cp_sat.py")), path,
                                   f"--seconds={SECONDS[size]}", f"--workers={workers}"]))
            row["peerStatus"] = peer["status"]
            if "bookings" in peer:
                row["peer"], row["peerBound"] = cli.judged(path, peer), peer["bound"]
                row["difference"] = difference(row["ours"]["combined"], row["peer"]["combined"])
        rows.append(row)
        print(f"bench: planning {path.stem}, {took:.2f} s", file=sys.stderr, flush=True)
    return rows


HEADINGS = ("visits / chairs / load", "ours", "s", "our bound", "CP-SAT", "CP-SAT proved", "ours against it", "first come")


def cells(row):
    peer = row["peer"]
    against = "" if peer is None else f"{row['difference']:+.2%}"
    return (
        f"{row['visits']} / {row['chairs']} / {row['load']} %", levels(row["ours"]), f"{row['seconds']:.2f}",
        levels(row["bound"]), levels(peer) if peer else row.get("peerStatus", ""),
        "" if peer is None else "best" if row["peerStatus"] == "OPTIMAL" else f"{row['peerBound'] / max(1, peer['combined']):.1%}",
        against, levels(row["fcfs"]))


def summary(rows):
    against = [row for row in rows if row["peer"]]
    within = sum(row["difference"] <= 0.01 for row in against)
    better = sum(row["difference"] < 0 for row in against)
    proved = sum(row["ours"]["combined"] <= row["bound"]["combined"] for row in rows)
    return (
        f"{len(rows)} instances: {within} of {len(against)} within 1 % of CP-SAT, {better} better than it; {proved} proved to be"
        f" the best; the slowest took {max(row['seconds'] for row in rows):.2f} s. No plan breaks a rule, none is worse than first"
        " come, first served.")


def table(rows):
    lines = [HEADINGS] + [cells(row) for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip() for line in lines)


def document(rows, size, workers):
    lines = ["| " + " | ".join(HEADINGS) + " |", "|---|---|--:|---|---|--:|--:|---|"]
    lines += ["| " + " | ".join(cells(row)) + " |" for row in rows]
    return "\n".join([
        f"Ours with at most {OURS_SECONDS:g} s of search, the time that of the whole process; CP-SAT with {SECONDS[size]} s;"
        f" {workers} processors each. An objective is weight without a booking / overtime / waiting / peak; the difference is that of"
        " the combined objective.", "", *lines, "", summary(rows)])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", choices=SECONDS, required=True)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--peer-python", default="")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--write-docs", action="store_true")
    options = parser.parse_args()
    workers = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(
            Cli(options.programs, folder), options.peer_python, options.size,
            LOOK if options.size == "quick" else FULL, workers)
    print(table(rows))
    print(summary(rows))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    if options.write_docs:
        report.write_document(options.root / "docs/planning.md", document(rows, options.size, workers))


if __name__ == "__main__":
    main()
