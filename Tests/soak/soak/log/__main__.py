"""The log at its limit: PostgreSQL killed, answers cut off, disks full, under appends of many tasks at once."""

import argparse
import asyncio
import json
import os
import signal
import sys
import traceback
from pathlib import Path

from ..report import count, put_into, write
from .report import PLACE, table_of
from .round import Round, Skipped, log

# Kills and cuts of one round: what an interruption can cost.
ROUND_COUNT_MAX = 25
# What a result has been got with: with another it would be another.
KIND = ("seed", "tasks", "kills", "cuts")


def rounds_of(kills, cuts, silences, disks):
    """(name, kind, number, count) of each."""
    for kind, total in (("kills", kills), ("cuts", cuts)):
        starts = range(0, total, ROUND_COUNT_MAX)
        for number, start in enumerate(starts, 1):
            yield f"{kind}-{number}", kind, number, min(ROUND_COUNT_MAX, total - start)
    if silences:
        yield "silences", "silences", 1, silences
    for disk in disks:
        yield f"{disk}-full", f"{disk}-full", 1, 1


def load(path, kind):
    try:
        state = json.loads(path.read_text())
    except FileNotFoundError:
        state = {}
    return state if state.get("kind") == kind else {"kind": kind, "rounds": {}}


def has_passed(result):
    checks = result.get("checks", [])
    return bool(checks) and all(check["passed"] for check in checks)


async def play(options, state, keep):
    """The names of the rounds that did not end, and of those that could not be."""
    task = asyncio.current_task()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    unended, skipped = [], []
    for name, kind, number, count in rounds_of(options.kills, options.cuts, options.silences, options.disks):
        if has_passed(state["rounds"].get(name, {})):
            log(f"log {name}: done before, kept")
            continue
        log(f"log {name}: {options.tasks} tasks, seed {options.seed}")
        try:
            keep(name, await Round(options, name, kind, number, count).play())
        except Skipped as reason:
            skipped.append(f"{name}: {reason}")
            log(f"  skip  {skipped[-1]}")
        except Exception:  # the next rounds are played all the same
            traceback.print_exc()
            unended.append(name)
    return unended, skipped


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--directory", type=Path, required=True)
    parser.add_argument("--name", default="log")
    parser.add_argument("--seed", required=True)
    parser.add_argument("--tasks", type=int, default=64)
    parser.add_argument("--kills", type=int, required=True)
    parser.add_argument("--cuts", type=int, required=True)
    parser.add_argument("--silences", type=int, default=0)
    parser.add_argument("--disks", nargs="*", choices=["data", "wal"], default=["data", "wal"])
    parser.add_argument("--docs", type=Path)
    options = parser.parse_args()
    options.root = Path(os.environ["ROOT"])
    options.directory.mkdir(parents=True, exist_ok=True)
    state_file = options.directory / f"{options.name}.json"
    state = load(state_file, {name: getattr(options, name) for name in KIND})

    def keep(name, result):
        state["rounds"][name] = result
        write(state_file, json.dumps(state, indent=1) + "\n")

    try:
        unended, skipped = asyncio.run(play(options, state, keep))
    except asyncio.CancelledError:
        sys.exit("stopped; the rounds that are done are kept")
    names = [name for name, *_ in rounds_of(options.kills, options.cuts, options.silences, options.disks)]
    results = [state["rounds"][name] for name in names if name in state["rounds"]]
    table = table_of(results, skipped)
    print(f"\n{table}\n")
    state.update(unended=unended, skipped=skipped)
    write(state_file, json.dumps(state, indent=1) + "\n")
    if options.docs and not unended and all(map(has_passed, results)):
        put_into(options.docs, PLACE, table)
    count([state])


if __name__ == "__main__":
    main()
