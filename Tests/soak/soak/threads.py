"""What ThreadSanitizer said about a run of the tests.

The toolchain's `Synchronization.Mutex` is not instrumented: ThreadSanitizer sees no order between two that hold the
same one, and reports each pair. Such a report is told by its stacks: both accesses are made while a closure runs that
was called on a line with `withLock`, by itself or by what it calls. Before the tests are judged by that rule it is
tried on programs: those whose accesses are under a Mutex must be excused, and those whose are not must be found.
"""

import glob
import re
import sys
import tempfile
from pathlib import Path

from . import suite

FRAME = re.compile(r"^\s+#(\d+) (.*?) (\S+?\.swift)(?::(\d+))?(?::\d+)?(?: |$)")
ACCESS = re.compile(r"^  (?:Previous )?(?:modifying access|access|[Ww]rite|[Rr]ead|Atomic|atomic|Modifying access).* by ")

UNDER_A_MUTEX = ("mutex.withLock { $0[number % 7, default: 0] += 1 }", "mutex.withLock { Box.count(number, in: &$0) }")
UNDER_NONE = ("values[number % 7, default: 0] += 1", "note(mutex.withLock { $0.count + number })")
TRIAL = """
import Synchronization
final class Box: @unchecked Sendable {{
    let mutex = Mutex<[Int: Int]>([:])
    nonisolated(unsafe) var values: [Int: Int] = [:]
    func add(_ number: Int) {{
        {body}
    }}
    @inline(never) static func count(_ number: Int, in counts: inout [Int: Int]) {{
        counts[number % 7, default: 0] += 1
    }}
    @inline(never) func note(_ number: Int) {{
        values[number % 7, default: 0] += 1
    }}
}}
@main struct Trial {{
    static func main() async {{
        let box = Box()
        await withTaskGroup(of: Void.self) {{ group in
            for _ in 0..<4 {{
                group.addTask {{
                    for number in 0..<5_000 {{
                        box.add(number)
                        if number % 50 == 0 {{ await Task.yield() }}
                    }}
                }}
            }}
        }}
    }}
}}
"""


def reports(text):
    """Each report's accesses: lists of (function, file, line)."""
    for block in re.split(r"^=+$", text, flags=re.MULTILINE):
        if "WARNING: ThreadSanitizer" not in block:
            continue
        stacks, current = [], None
        for line in block.splitlines():
            if ACCESS.match(line):
                current = []
                stacks.append(current)
            elif not line.strip():
                current = None
            elif current is not None and (frame := FRAME.match(line)):
                current.append((frame[2], frame[3], int(frame[4] or 0)))
        yield block, stacks


def is_under_a_mutex(stack):
    return any(
        called[0].startswith("closure #") and "withLock" in source_line(file, line)
        for called, (_, file, line) in zip(stack, stack[1:])
    )


def source_line(file, number):
    lines = Path(file).read_text().splitlines() if Path(file).is_file() else []
    return lines[number - 1] if 0 < number <= len(lines) else ""


def judge(text):
    """Reports that stand, and how many were excused."""
    stand, excused = [], 0
    for block, stacks in reports(text):
        if len(stacks) >= 2 and all(is_under_a_mutex(stack) for stack in stacks):
            excused += 1
        else:
            stand.append(block)
    return stand, excused


def trial(body, directory):
    return judge(suite.said_by(TRIAL.format(body=body), "thread", directory))


def rule_works():
    with tempfile.TemporaryDirectory() as directory:
        excused = all(not trial(body, directory)[0] for body in UNDER_A_MUTEX)
        found = all(trial(body, directory)[0] for body in UNDER_NONE)
    return excused and found


def main():
    options = suite.options()
    text = "".join(Path(path).read_text(errors="replace") for path in sorted(glob.glob(options.reports + "*")))
    stand, excused = judge(suite.demangled(text))
    run = suite.Run(options.output.read_text(errors="replace"))
    for block in stand:
        print(block, file=sys.stderr)
    checks = {
        "a race without a Mutex is found, accesses under one are excused": rule_works(),
        **run.checks,
        "ThreadSanitizer found no race": not stand,
    }
    found = f"Data races: {len(stand)}; reports of two accesses under one Mutex: {excused}."
    suite.conclude("threads", checks, run.summary(found), options.docs)


if __name__ == "__main__":
    main()
