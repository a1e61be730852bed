"""What AddressSanitizer said about a run of the tests.

A finding ends the process that it is in. Where that is the tests' own, the rest of them does not run: they run one
after the other, so the one that had begun and not ended is where it was. A program that a test has started ends
alone, and the name of its report says which it is. In both cases the report is told whole, with its stacks.

Before what is not found is believed, it is tried on programs: a fault in what a task of Swift does must be found, by
its kind and with the line it is on, and a program without one must pass.
"""

import glob
import os
import re
import sys
import tempfile
from pathlib import Path

from . import suite

ROOT = Path(__file__).parents[3]
# Of a finding the kind, be it what was attempted; of the sanitizer's own failure what it checked.
FINDING = re.compile(r"^==\d+==(?:ERROR: )?AddressSanitizer: (?:attempting )?(?P<kind>.+?)(?: on | \(|$)", re.MULTILINE)
FRAME = re.compile(r"^\s+#\d+ 0x[0-9a-f]+ in (?P<function>.+?) (?P<file>/\S+?):(?P<line>\d+)(?::\d+)?$", re.MULTILINE)

FAULTS = {"heap-use-after-free": "memory.deallocate(); memory[0] += 1", "heap-buffer-overflow": "memory[8] += 1"}
SOUND = "memory[7] += 1"
TRIAL = """
@inline(never) func touch(_ memory: UnsafeMutablePointer<Int>) {{
    {body}
}}
@main struct Trial {{
    static func main() async {{
        let memory = UnsafeMutablePointer<Int>.allocate(capacity: 8)
        memory.initialize(repeating: 1, count: 8)
        await withTaskGroup(of: Void.self) {{ group in
            group.addTask {{
                await Task.yield()
                touch(memory)
            }}
        }}
        print(memory[7])
    }}
}}
"""


def findings(text, root=ROOT, folders=("Sources", "Tests")):
    """Of each report the kind, and the first frame in our sources: `function at file:line`."""
    marks = list(FINDING.finditer(text))
    for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(text)]):
        # The first stack is that of the access; behind it stand who allocated the memory and who freed it.
        stack = text[mark.end():end].split("\n\n", 1)[0]
        ours = (f for f in FRAME.finditer(stack) if any(Path(f["file"]).is_relative_to(root / d) for d in folders))
        place = next((f"{f['function']} at {Path(f['file']).relative_to(root)}:{f['line']}" for f in ours), None)
        yield mark["kind"], place or "in code that is not ours"


def program_of(path):
    """`report.ferrovia.4711` is of ferrovia."""
    return Path(path).name.split(".", 1)[1].rsplit(".", 1)[0]


def trial(body):
    # Whatever the environment says: the report is read from what the program says.
    environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}
    with tempfile.TemporaryDirectory() as directory:
        text = suite.said_by(TRIAL.format(body=body), "address", directory, environment)
        return list(findings(text, Path(directory), (".",)))


def rule_works():
    place = "touch(_:) at Trial.swift:3"
    return not trial(SOUND) and all(trial(body) == [(kind, place)] for kind, body in FAULTS.items())


def main():
    options = suite.options()
    run = suite.Run(options.output.read_text(errors="replace"))
    found = []
    for path in sorted(glob.glob(options.reports + "*")):
        text = suite.demangled(Path(path).read_text(errors="replace"))
        print(text, file=sys.stderr)
        found += [f"{kind} in {program_of(path)}, {place}" for kind, place in findings(text)]
    if run.under_way:
        print(f"under way when the tests ended: {suite.named(run.under_way)}", file=sys.stderr)
    checks = {
        "a fault is found where it is, and none where there is none": rule_works(),
        **run.checks,
        "AddressSanitizer found nothing": not found,
    }
    suite.conclude("addresses", checks, run.summary(f"Findings: {'; '.join(found) or 'none'}."), options.docs)


if __name__ == "__main__":
    main()
