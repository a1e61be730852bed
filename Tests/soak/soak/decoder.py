"""The JSON reader against Foundation: the fuzzer over ranges of inputs, one seed each, kept one by one."""

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from . import taken
from .report import put_into, write

PLACE = "decoder"
RANGE_INPUTS = 1_000_000


def ranges_of(inputs):
    """(seed, inputs) of each range; the last one may be shorter."""
    starts = range(0, inputs, RANGE_INPUTS)
    return [(seed, min(RANGE_INPUTS, inputs - start)) for seed, start in enumerate(starts, 1)]


def load(path):
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return {}


def fuzz(options, *arguments):
    return subprocess.run(
        [options.program, *arguments, "--payloads", options.payloads], stdout=subprocess.PIPE, text=True
    )


def table_of(results):
    total = Counter()
    for result in results:
        total.update({key: result[key] for key in ("inputs", "bytes", "accepted", "seconds")})
    deviations = Counter()
    for result in results:
        deviations.update(result["deviations"])
    lines = [
        "| inputs | bytes | read alike | refused alike, or as listed below | inputs a second |",
        "|---|---|---|---|---|",
        f"| {total['inputs']:,} | {total['bytes']:,} | {total['accepted']:,} |"
        f" {total['inputs'] - total['accepted']:,} | {total['inputs'] / total['seconds']:,.0f} |",
        "",
        "| where they differ on purpose | texts |",
        "|---|---|",
    ]
    lines += [f"| {name} | {count:,} |" for name, count in sorted(deviations.items())]
    seeds = [result["seed"] for result in results]
    lines += ["", f"No other difference. Seeds {min(seeds)} to {max(seeds)}; {taken.text_of(results)}."]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--payloads", required=True)
    parser.add_argument("--inputs", type=int, required=True)
    parser.add_argument("--directory", type=Path, required=True)
    parser.add_argument("--docs", type=Path)
    options = parser.parse_args()
    state_file = options.directory / "decoder.json"
    state = load(state_file)
    failed = []
    flaws = fuzz(options, "--self-test")
    print(f"{'ok  ' if flaws.returncode == 0 else 'FAIL'} readers that are wrong on purpose are found {flaws.stdout}")
    if flaws.returncode != 0:
        failed.append("self-test")
    ranges = ranges_of(options.inputs)
    for seed, inputs in ranges:
        done = state.get(str(seed), {})
        if done.get("inputs") == inputs and taken.is_stamped(done):
            print(f"ok   seed {seed}: {inputs:,} inputs, done before, kept")
            continue
        run = fuzz(options, "--seed", str(seed), "--inputs", str(inputs))
        if run.returncode != 0:
            failed.append(seed)
            print(f"FAIL seed {seed}: exit status {run.returncode}\n{run.stdout}")
            continue
        state[str(seed)] = {**json.loads(run.stdout), **taken.stamp()}
        write(state_file, json.dumps(state, indent=1) + "\n")
        print(f"ok   seed {seed}: {inputs:,} inputs in {state[str(seed)]['seconds']} s", flush=True)
    if not failed:
        table = table_of([state[str(seed)] for seed, _ in ranges])
        print(f"\n{table}\n")
        if options.docs:
            put_into(options.docs, PLACE, table)
    print(f"soak: {1 + len(ranges) - len(failed)} passed, {len(failed)} failed, 0 skipped")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
