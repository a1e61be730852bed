"""The rounds done so far: kept, shown, and put into docs/soak.md."""

import argparse
import json
import os
import re
import sys
from pathlib import Path

from . import taken

PLACE = "soak"
# Seed and size: rounds of another kind are another soak.
KIND = ("seed", "commands", "connections")


def load(path):
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return {"kind": None, "rounds": {}}


def write(path, text):
    """Beside and moved, so that an interruption leaves the old one or the new one."""
    new = path.with_name(path.name + ".new")
    new.write_text(text)
    os.replace(new, path)


def text_of(state, failed_rounds):
    rounds = [state["rounds"][key] for key in sorted(state["rounds"], key=int)]
    lines = []
    for result in rounds:
        refused = ", ".join(f"{n} {code}" for code, n in result["refused"].items())
        told = ", ".join(f"{n} {code}" for code, n in result["told"].items())
        lost = ", ".join(f"{n} {what}" for what, n in result["lostAs"].items())
        lines += [
            f"round {result['round']} of seed {result['seed']}, {taken.text_of([result])}",
            f"  {result['commands']} commands over {result['connections']} connections in"
            f" {result['stormSeconds']} s, crashes included; {result['sentTwice']} of them sent twice at once",
            f"  accepted {result['accepted']}; refused {sum(result['refused'].values())} ({refused})",
            f"  {result['events']} events; {result['requests']} requests; told to try again: {told or 'nobody'}",
            f"  answers lost {result['answersLost']} ({lost}); {result['writtenThoughLost']} of those commands"
            " had been written all the same",
        ]
        for crash in result["crashes"]:
            lines.append(
                f"  kill -9 of {crash['what']}: {crash['acknowledgedBefore']} acknowledged before,"
                f" {crash['onTheirWay']} on their way, {crash['answersLost']} answers lost,"
                f" serving again after {crash['secondsDown']} s"
            )
        for check in result["checks"]:
            mark = "ok  " if check["passed"] else "FAIL"
            lines.append(f"  {mark} {check['name']}{': ' if check['problem'] else ''}{check['problem']}")
    lines += [f"round {number}: did not end; see above" for number in failed_rounds]
    return "\n".join(lines) + "\n"


def table_of(state):
    rounds = [state["rounds"][key] for key in sorted(state["rounds"], key=int)]
    lines = [
        "| round | commands | accepted | refused | events | kill -9 of | acknowledged before | on their way |"
        " answers lost | serving again after |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for result in rounds:
        head = (
            f"{result['round']} | {result['commands']:,} | {result['accepted']:,} |"
            f" {sum(result['refused'].values()):,} | {result['events']:,}"
        )
        for crash in result["crashes"]:
            lines.append(
                f"| {head} | {crash['what']} | {crash['acknowledgedBefore']:,} | {crash['onTheirWay']} |"
                f" {crash['answersLost']} | {crash['secondsDown']} s |"
            )
            head = " | | | |"
    lines += ["", "After each round:", ""]
    names = [check["name"] for check in rounds[-1]["checks"]] if rounds else []
    lines += ["| what was looked at | rounds in which it held |", "|---|---|"]
    for name in names:
        held = sum(c["passed"] for r in rounds for c in r["checks"] if c["name"] == name)
        lines.append(f"| {name} | {held} of {len(rounds)} |")
    lost = sum(r["answersLost"] for r in rounds)
    written = sum(r["writtenThoughLost"] for r in rounds)
    lines += [
        "",
        f"Answers lost: {lost}. Sent again with the same key, {written} of those commands turned out to have been"
        " written: they got the first answer and were not written twice.",
    ]
    if rounds:
        last = rounds[-1]
        lines += ["", f"Seed {last['seed']}, {last['connections']} connections; {taken.text_of(rounds)}."]
    return "\n".join(lines)


def put_into(path, place, table):
    """Between the marks of `place`, for what was there."""
    begin, end = f"<!-- {place}:begin -->", f"<!-- {place}:end -->"
    block = f"{begin}\n{table}\n{end}"
    text, count = re.subn(f"{begin}.*?{end}", lambda _: block, path.read_text(), flags=re.S)
    if count != 1:
        sys.exit(f"{path} has no place for the summary")
    write(path, text)


def count(states, unended=0):
    """The line that scripts/test looks for; a soak that kept no round has failed."""
    rounds = [list(state["rounds"].values()) for state in states]
    checks = [check for results in rounds for result in results for check in result["checks"]]
    failed = sum(not check["passed"] for check in checks) + unended
    for state, results in zip(states, rounds):
        failed += len(state.get("unended", [])) or (not results and not state.get("skipped"))
    skipped = sum(len(state.get("skipped", [])) for state in states)
    print(f"soak: {sum(check['passed'] for check in checks)} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed else 0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("verb", choices=["begin", "done", "keep", "show"])
    parser.add_argument("--directory", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--seed")
    parser.add_argument("--commands", type=int)
    parser.add_argument("--connections", type=int)
    parser.add_argument("--round", type=int)
    parser.add_argument("--result", type=Path)
    parser.add_argument("--failed", type=int, nargs="*", default=[])
    parser.add_argument("--besides", type=Path, nargs="*", default=[], help="what others have kept, to be counted too")
    parser.add_argument("--docs", type=Path)
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    state_file = options.directory / f"{options.name}.json"
    state = load(state_file)
    if options.verb == "begin":
        kind = {name: getattr(options, name) for name in KIND}
        if state["kind"] != kind:
            state = {"kind": kind, "rounds": {}}
            write(state_file, json.dumps(state, indent=1) + "\n")
    elif options.verb == "done":
        # A round in which something failed is played again, and one of which nobody knows what it is of.
        result = state["rounds"].get(str(options.round), {})
        checks = result.get("checks", [])
        is_done = checks and all(check["passed"] for check in checks) and taken.is_stamped(result)
        sys.exit(0 if is_done else 1)
    elif options.verb == "keep":
        state["rounds"][str(options.round)] = json.loads(options.result.read_text())
        write(state_file, json.dumps(state, indent=1) + "\n")
    else:
        text = text_of(state, options.failed)
        write(options.directory / f"{options.name}.txt", text)
        print(text, end="")
        if options.docs:
            put_into(options.docs, PLACE, table_of(state))
        count([state, *map(load, options.besides)], len(options.failed))


if __name__ == "__main__":
    main()
