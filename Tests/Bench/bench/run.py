"""One run of scripts/bench against the server that it prepared."""

import argparse
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from . import machine, plain, plot, report
from .measures import Measures
from .programs import Database, Pgbench, Programs, run


@dataclass
class Size:
    """How much of it: a look, or figures to publish."""

    rounds: int
    seconds: float
    patients: int
    replayed: int
    lengthened: int
    reading_patients: int
    stored: tuple[int, ...]
    # Events of the longer log that is asked again, about.
    asked: int
    # Of a hundred appends so many are not new, one after another.
    not_new: tuple[int, ...]
    # Of appends beside replays; none: only the samples.
    minutes: int


SIZES = {
    "quick": Size(
        rounds=1, seconds=2, patients=1_000, replayed=20_000, lengthened=8_000, reading_patients=20_000,
        stored=(10_000, 100_000, 200_000), asked=40_000, not_new=(), minutes=0),
    "full": Size(
        rounds=5, seconds=5, patients=3_000, replayed=1_000_000, lengthened=200_000, reading_patients=1_000_000,
        stored=(10_000, 100_000, 1_000_000, 10_000_000), asked=1_000_000, not_new=(1, 10),
        minutes=5),
}


def peer(python, socket, size):
    if not python:
        return None
    path = Path(__file__).with_name("peer.py")
    return json.loads(run([python, str(path), f"--socket={socket}", f"--seconds={size.seconds}"]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", choices=SIZES, required=True)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--socket", required=True)
    parser.add_argument("--administrator-url", required=True)
    parser.add_argument("--peer-python", default="")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--write-docs", action="store_true")
    options = parser.parse_args()
    size = SIZES[options.size]
    awake = machine.hold_processors_awake()
    database = Database(options.administrator_url)
    database.run(plain.SCHEMA)
    empty = database.clone_as("bench_empty")
    manifest = machine.manifest(database, str(options.root), awake is not None, size)
    measures = Measures(
        database, empty, Pgbench(options.administrator_url),
        Programs(options.programs, os.environ["FERROVIA_DATABASE_URL"]), size, options.state)
    rows, failed = [], []
    parts = (
        measures.appends, measures.appends_in_an_open_loop, measures.appends_that_are_not_all_new,
        measures.two_processes,
        measures.beside_another_tenant, measures.commands,
        measures.following, measures.replays, measures.rebuilds, measures.memory, measures.import_of_a_log,
        measures.appends_beside_a_replay, measures.appends_on_a_long_log, measures.reads,
        measures.asking_again,
    )
    for part in parts:
        begin = time.monotonic()
        # What was measured before is not lost for one part that fails.
        try:
            rows += part()
        except RuntimeError as problem:
            failed.append(part.__name__)
            print(f"bench: {part.__name__.replace('_', ' ')} failed: {problem}", file=sys.stderr, flush=True)
        print(f"bench: {part.__name__.replace('_', ' ')}, {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
    print("bench: the peer", file=sys.stderr, flush=True)
    peer_found = peer(options.peer_python, options.socket, size)
    if peer_found:
        measures.curves["eventsourcing"] = {
            int(clients): sample for clients, sample in peer_found["append"].items()}
    print(report.table(rows))
    for line in report.peer_lines(peer_found):
        print(line)
    if options.json:
        report.write_json(options.json, rows, manifest, measures, peer_found)
    if failed:
        sys.exit(f"bench: without {', '.join(failed)}; nothing is written to the docs")
    if options.write_docs:
        docs = options.root / "docs"
        (docs / "performance.svg").write_text(plot.plot(measures.curves, measures.curves_by_stored))
        report.write_document(docs / "performance.md", report.document(rows, manifest, peer_found))


if __name__ == "__main__":
    main()
