"""What the runner of Swift's tests wrote of a run under a sanitizer.

A test that fails is a failure here too. Excused is only one all of whose issues are time limits that were exceeded,
each told by its own words: under a sanitizer everything takes longer.
"""

import argparse
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from . import taken
from .report import put_into

# What is written of a test's begin and end, and of an issue; the place may be missing.
NAME = r"Test (?!run |case passing )(?P<test>.+?)"
BEGUN = re.compile(rf"^◇ {NAME} started\.$", re.MULTILINE)
ENDED = re.compile(rf"^\S {NAME} (?:with \d+ test cases? )?(?:passed|failed) after ", re.MULTILINE)
FAILED = re.compile(rf"^✘ {NAME} (?:with \d+ test cases? )?failed after ", re.MULTILINE)
ISSUE = re.compile(rf"^✘ {NAME} recorded an issue(?P<issue>(?: with .*?)?(?: at .*?)?: .*)$", re.MULTILINE)
RAN = re.compile(r"^. Test run with (\d+) tests?.* (?:passed|failed) after", re.MULTILINE)
CRASHED = "unexpected signal"
# Of the testing library's own limit, and of `eventually` in Tests/TestPostgres.
TIME_LIMIT = re.compile(
    r'(?: with \d+ arguments? .*?)?(?: at \S+\.swift:\d+:\d+)?: (?:Time limit was exceeded: |Caught error: "?(?:TestPostgresError: )?never came: )'
)


def failures(output):
    """The tests that failed, and of these the ones that only took longer than they may; both in their order."""
    issues = {}
    for match in FAILED.finditer(output):
        issues.setdefault(match["test"], [])
    for match in ISSUE.finditer(output):
        issues.setdefault(match["test"], []).append(match["issue"])
    late = [test for test, of in issues.items() if of and all(map(TIME_LIMIT.match, of))]
    return [test for test in issues if test not in late], late


def under_way(output):
    """The tests that have begun and not ended, in the order of their begins: where a process was that is gone."""
    begun = Counter(match["test"] for match in BEGUN.finditer(output))
    begun.subtract(match["test"] for match in ENDED.finditer(output))
    return [test for test, count in begun.items() if count > 0]


class Run:
    """One run of the tests."""

    def __init__(self, output):
        ran = RAN.findall(output)
        self.reached_its_end = bool(ran) and CRASHED not in output
        self.tests = sum(map(int, ran)) if ran else len(ENDED.findall(output))
        self.failing, self.late = failures(output)
        self.under_way = [] if self.reached_its_end else under_way(output)

    @property
    def checks(self):
        return {
            "the tests ran to their end": self.reached_its_end,
            "no test failed but for a time limit": not self.failing,
        }

    def summary(self, found):
        """With what the sanitizer found."""
        text = (
            f"Tests: {self.tests:,}. {found} Failed: {named(self.failing)}. "
            f"Too slow for their time limits: {named(self.late)}."
        )
        return text if self.reached_its_end else f"{text} Ended early, during: {named(self.under_way)}."


def named(tests):
    return ", ".join(tests) or "none"


def demangled(text):
    return subprocess.run(
        ["swift", "demangle", "--simplified"], input=text, capture_output=True, text=True, check=True).stdout


def said_by(source, sanitizer, directory, environment=None):
    """What a program says, built with the sanitizer, of itself."""
    file = Path(directory) / "Trial.swift"
    file.write_text(source)
    program = Path(directory) / "trial"
    subprocess.run(
        ["swiftc", "-parse-as-library", "-g", f"-sanitize={sanitizer}", str(file), "-o", str(program)], check=True,
        capture_output=True)
    run = subprocess.run([str(program)], capture_output=True, text=True, check=False, env=environment)
    return demangled(run.stderr)


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", required=True, help="path and beginning of the names of the reports")
    parser.add_argument("--output", type=Path, required=True, help="what the runner of the tests wrote")
    parser.add_argument("--docs", type=Path)
    return parser.parse_args()


def conclude(mode, checks, summary, docs):
    """Says it, writes it down, and ends as a program does."""
    for name, held in checks.items():
        print(f"{'ok  ' if held else 'FAIL'} {name}")
    print(summary)
    if docs:
        put_into(docs, mode, f"{summary} In one run, {taken.text_of([taken.stamp()])}.")
    failed = sum(not held for held in checks.values())
    print(f"soak --{mode}: {len(checks) - failed} passed, {failed} failed, 0 skipped")
    sys.exit(1 if failed else 0)
