"""What ThreadSanitizer said about a run of the tests.

The toolchain's `Synchronization.Mutex` is not instrumented: ThreadSanitizer sees no order between two that hold the
same one, and reports each pair. Such a report is told by its stacks: both accesses are made while a closure runs that
was called on a line with `withLock`, by itself or by what it calls. Before the tests are judged by that rule it is
tried on programs: those whose accesses are under a Mutex must be excused, and those whose are not must be found.

A test that fails is a failure here too. Excused is only one all of whose issues are time limits that were exceeded,
each told by its own words: under ThreadSanitizer everything takes ten times as long.
"""

import argparse
import glob
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from . import taken
from .report import put_into

PLACE = "threads"
FRAME = re.compile(r"^\s+#(\d+) (.*?) (\S+?\.swift)(?::(\d+))?(?::\d+)?(?: |$)")
ACCESS = re.compile(r"^  (?:Previous )?(?:modifying access|access|[Ww]rite|[Rr]ead|Atomic|atomic|Modifying access).* by ")

# What the runner of the tests writes of an issue and of a test's end; `place` may be missing.
ISSUE = re.compile(r"^✘ Test (?!run with |case passing )(?P<test>.+?) recorded an issue(?P<issue>(?: with .*?)?(?: at .*?)?: .*)$", re.MULTILINE)
FAILED = re.compile(r"^✘ Test (?!run with |case passing )(?P<test>.+?) (?:with \d+ test cases? )?failed after ", re.MULTILINE)
RAN = re.compile(r"^. Test run with (\d+) tests?.* (?:passed|failed) after", re.MULTILINE)
CRASHED = "unexpected signal"
# Of the testing library's own limit, and of `eventually` in Tests/TestPostgres.
TIME_LIMIT = re.compile(
    r'(?: with \d+ arguments? .*?)?(?: at \S+\.swift:\d+:\d+)?: (?:Time limit was exceeded: |Caught error: "?(?:TestPostgresError: )?never came: )'
)

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


def failures(output):
    """The tests that failed, and of these the ones that only took longer than they may; both in their order."""
    issues = {}
    for match in FAILED.finditer(output):
        issues.setdefault(match["test"], [])
    for match in ISSUE.finditer(output):
        issues.setdefault(match["test"], []).append(match["issue"])
    late = [test for test, of in issues.items() if of and all(map(TIME_LIMIT.match, of))]
    return [test for test in issues if test not in late], late


def demangled(text):
    return subprocess.run(
        ["swift", "demangle", "--simplified"], input=text, capture_output=True, text=True, check=True).stdout


def trial(body, directory):
    source = Path(directory) / "Trial.swift"
    source.write_text(TRIAL.format(body=body))
    program = Path(directory) / "trial"
    subprocess.run(
        ["swiftc", "-parse-as-library", "-g", "-sanitize=thread", str(source), "-o", str(program)], check=True,
        capture_output=True)
    said = subprocess.run([str(program)], capture_output=True, text=True, check=False).stderr
    return judge(demangled(said))


def rule_works():
    with tempfile.TemporaryDirectory() as directory:
        excused = all(not trial(body, directory)[0] for body in UNDER_A_MUTEX)
        found = all(trial(body, directory)[0] for body in UNDER_NONE)
    return excused and found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", required=True, help="path and beginning of the names of the reports")
    parser.add_argument("--output", type=Path, required=True, help="what the runner of the tests wrote")
    parser.add_argument("--docs", type=Path)
    options = parser.parse_args()
    text = "".join(Path(path).read_text(errors="replace") for path in sorted(glob.glob(options.reports + "*")))
    stand, excused = judge(demangled(text))
    output = options.output.read_text(errors="replace")
    ran = RAN.findall(output)
    failing, late = failures(output)
    checks = {
        "a race without a Mutex is found, accesses under one are excused": rule_works(),
        "the tests ran to their end": bool(ran) and CRASHED not in output,
        "no test failed but for a time limit": not failing,
        "ThreadSanitizer found no race": not stand,
    }
    for block in stand:
        print(block, file=sys.stderr)
    for name, held in checks.items():
        print(f"{'ok  ' if held else 'FAIL'} {name}")
    summary = (
        f"{sum(map(int, ran)):,} tests; {len(stand)} data races; {excused} reports of two accesses under one Mutex. "
        f"Failed: {', '.join(failing) or 'none'}. Too slow for their time limits: {', '.join(late) or 'none'}.")
    print(summary)
    if options.docs:
        put_into(options.docs, PLACE, f"{summary} In one run, {taken.text_of([taken.stamp()])}.")
    failed = sum(not held for held in checks.values())
    print(f"soak --threads: {len(checks) - failed} passed, {failed} failed, 0 skipped")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
