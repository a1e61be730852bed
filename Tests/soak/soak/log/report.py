"""The figures of all rounds, as docs/soak.md shows them."""

from collections import Counter

from .. import taken

PLACE = "log"
KINDS = ("kills", "cuts", "silences", "data-full", "wal-full")


def table_of(results, skipped):
    """`results` in the order in which they are to be shown."""
    of = {kind: [r for r in results if r["kind"] == kind] for kind in KINDS}
    lines = [
        "| what was done | times | events acknowledged | appends left without an answer | commands in them |"
        " of these written | not written |",
        "|---|---|---|---|---|---|---|",
    ]
    if of["kills"]:
        lines.append(kills_line(of["kills"]))
    if of["cuts"]:
        lines.append(cuts_line(of["cuts"]))
    for result in of["silences"]:
        lines.append(silences_line(result))
    for kind, what in (("data-full", "the data directory full"), ("wal-full", "`pg_wal` full")):
        for result in of[kind]:
            lines.append(f"| {what} | 1 | {result['acknowledged']:,} | {doubts([result])} |")
    if of["kills"]:
        lines += ["", *kills_text(of["kills"])]
    for result in of["silences"]:
        lines += ["", f"After a silence the log went on within {result['secondsPerSilence']} s at the mean."]
    for result in of["data-full"]:
        lines += ["", full_text("The data directory full", result)]
    for result in of["wal-full"]:
        lines += ["", full_text("`pg_wal` full", result)]
    lines += ["", "| what was looked at | rounds in which it held |", "|---|---|"]
    held, looked = Counter(), Counter()
    for result in results:
        for check in result["checks"]:
            looked[check["name"]] += 1
            held[check["name"]] += check["passed"]
    lines += [f"| {name} | {held[name]} of {count} |" for name, count in looked.items()]
    lines += [f"\nSkipped: {reason}" for reason in skipped]
    if results:
        last = max(results, key=lambda result: result["finishedAt"])
        seed = last["seed"].partition("/")[0]
        lines += ["", f"Seed {seed}, {last['tasks']} tasks; {taken.text_of(results)}."]
    return "\n".join(lines)


def total(results, key):
    return sum(result[key] for result in results)


def doubts(results):
    commands, written = total(results, "doubtfulCommands"), total(results, "doubtfulWritten")
    return f"{total(results, 'doubtfulAppends'):,} | {commands:,} | {written:,} | {commands - written:,}"


def kills_line(rounds):
    return f"| `SIGKILL` | {total(rounds, 'kills')} | {total(rounds, 'acknowledged'):,} | {doubts(rounds)} |"


def cuts_line(rounds):
    """What was cut off had been committed; the check says so too."""
    cut, commands = total(rounds, "cuts"), total(rounds, "commandsCut")
    return (
        f"| an answer cut off after its commit | {cut} | {total(rounds, 'acknowledged'):,} | {cut:,} |"
        f" {commands:,} | {commands:,} | 0 |"
    )


def silences_line(result):
    commands = result["commandsCut"]
    return (
        f"| an answer that never came, after its commit | {result['silences']} | {result['acknowledged']:,} |"
        f" {result['silences']} | {commands:,} | {commands:,} | 0 |"
    )


def kills_text(rounds):
    kills, of_all = total(rounds, "kills"), total(rounds, "killsOfAll")
    idle = total(rounds, "killsWithNothingInFlight")
    seconds = sorted(second for result in rounds for second in result["secondsDown"])
    failures = total_failures(rounds)
    systems = Counter()
    for result in rounds:
        systems[result["fileSystem"]] += result["kills"]
    return [
        f"Of the {kills} kills {kills - of_all} were of the postmaster alone and {of_all} of all its processes at once"
        f" ({', '.join(f'{count} on {name}' for name, count in sorted(systems.items()))});"
        f" {kills - idle} left an append without an answer. From a kill to the next acknowledgement it took"
        f" {seconds[len(seconds) // 2]} s at the median and {seconds[-1]} s at most. Meanwhile callers were told"
        f" {failures}.",
    ]


def total_failures(results):
    codes = Counter()
    for result in results:
        codes.update(result["failures"])
    return ", ".join(f"`{code}` {count:,} times" for code, count in sorted(codes.items())) or "nothing"


def full_text(what, result):
    failures = ", ".join(f"{count} × `{code}`" for code, count in sorted(result["failures"].items()))
    states = ", ".join(f"{count} × {state}" for state, count in sorted(result["states"].items()))
    server = "PostgreSQL had stopped" if result["stopped"] else "PostgreSQL went on"
    panics = f" after {result['panics']} panic{'s' if result['panics'] != 1 else ''}" if result["panics"] else ""
    return (
        f"{what}: after {result['acknowledgedBefore']:,} events every task was refused, in all: {failures}"
        f"{f' (SQLSTATE of the appends: {states})' if states else ''}; {server}{panics}. Serving again"
        f" {result['secondsToServe']} s after there was room."
    )
