"""The mutants that change nothing that could be seen, each with its reason.

One block for each, blocks apart by an empty line, `#` for comments:

    Sources/Infusion/Values/Example.swift
    - the line as it is
    + the line as the mutant has it
    why nothing can tell the two apart, in one or more lines

`Example.swift #2` names the second of several equal lines in a file.
"""

import re

FILE = re.compile(r"^(\S+)(?: #([1-9]\d*))?$")


class Malformed(Exception):
    """The file cannot be read; the message names the line."""


def read(text):
    """The reasons by the mutants' keys."""
    reasons, block, start = {}, [], 0
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.startswith("#"):
            continue
        if line.strip():
            start = start if block else number
            block.append(line.strip())
        elif block:
            key, reason = entry(block, start)
            if key in reasons:
                raise Malformed(f"line {start}: the same mutant as before")
            reasons[key], block = reason, []
    return reasons


def entry(block, start):
    file = FILE.match(block[0])
    if not file or len(block) < 4 or not block[1].startswith("- ") or not block[2].startswith("+ "):
        raise Malformed(f"line {start}: expected a file, `- line`, `+ line` and a reason")
    return (file[1], int(file[2] or 1), block[1][2:], block[2][2:]), " ".join(block[3:])
