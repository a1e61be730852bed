"""Runs the cases and the tests against mutants, and says of each what became of it."""

import os
import re
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from . import knowledge

# A mutant may take so many times as long as the program without one, and so much more.
TIMES_AS_LONG, SECONDS_MORE = 10, 20
# A crash is an answer; nobody reads its backtrace.
ENVIRONMENT = {"NO_COLOR": "1", "SWIFT_BACKTRACE": "enable=no"}
# A mutant that runs away is stopped by this; the programs need a fraction of it.
ADDRESS_SPACE_KIB = 6 * 1024 * 1024
FAILED_TEST = re.compile(r"Test (.+?) (?:recorded an issue|failed)")

CASE, TEST, CRASH, TIMEOUT = "caught by a case", "caught by a test", "crashed", "timed out"
SURVIVED, NOT_EXECUTED = "survived", "not executed"
CAUGHT = (CASE, TEST, CRASH, TIMEOUT)


class Unfit(Exception):
    """What is not to be mutated on: something fails without any mutant."""


@dataclass(frozen=True)
class Ended:
    status: int | None  # None: its time was up
    output: str
    seconds: float


def run(command, environment, seconds_max):
    """Runs a program with little memory and little time; kills all that is left of it."""
    begun = time.monotonic()
    limited = ["bash", "-c", 'ulimit -v "$0" -c 0 && exec "$@"', str(ADDRESS_SPACE_KIB), *command]
    with subprocess.Popen(
        limited, env={**os.environ, **ENVIRONMENT, **environment}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=seconds_max)
            status = process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, status = process.communicate()[0], None
    return Ended(status, output, time.monotonic() - begun)


def first_failed_test(output):
    found = FAILED_TEST.search(output)
    return found[1] if found else ""


class Programs:
    """The built programs of the copy, and what they reach without a mutant."""

    BASELINE_SECONDS_MAX = 1800

    def __init__(self, copy, runner, tests, first_knowledge_number, once):
        self.runner, self.tests = str(runner), [str(tests), "--testing-library", "swift-testing"]
        self.files = [str(file) for file in sorted((copy / "Tests" / "Cases").glob("*.yaml"))]
        self.knowledge = {path: (copy / path).read_text() for path in knowledge.PATHS}
        self.knowledge_mutants = knowledge.all_of(copy)
        self.first_knowledge_number = first_knowledge_number
        self.once = once
        # By site: the cases that reach it, in the runner's words; and whether one of the tests does.
        self.cases, self.everywhere, self.in_tests = {}, set(), set()
        self.cases_seconds_max = self.tests_seconds_max = 0.0

    def learn(self):
        """Runs everything without a mutant: what is reached by what, and how long it takes."""
        plain = run([self.runner, "run", *self.files], {}, self.BASELINE_SECONDS_MAX)
        if plain.status != 0:
            raise Unfit(f"a case fails without any mutant: {plain.output[-500:]}")
        reach = run([self.runner, "reach", *self.files], {}, self.BASELINE_SECONDS_MAX)
        if reach.status != 0:
            raise Unfit(f"a case fails without any mutant: {reach.output[-500:]}")
        for line in reach.output.splitlines():
            name, _, numbers = line.partition("\t")
            for site in map(int, numbers.split()):
                if name == "start":
                    self.everywhere.add(site)
                else:
                    self.cases.setdefault(site, []).append(name)
        # Only the first case that asked was seen to reach these; every later one may rest on them.
        self.everywhere |= self.once & self.cases.keys()
        with tempfile.NamedTemporaryFile() as reached:
            tests = run(self.tests, {"FERROVIA_MUTANT_REACHED": reached.name}, self.BASELINE_SECONDS_MAX)
            if tests.status != 0:
                raise Unfit(f"a test fails without any mutant: {first_failed_test(tests.output)}")
            self.in_tests = {int(number) for number in Path(reached.name).read_text().split()}
        if not self.in_tests:
            raise Unfit("the tests recorded no site as reached")
        self.cases_seconds_max = plain.seconds * TIMES_AS_LONG + SECONDS_MORE
        self.tests_seconds_max = tests.seconds * TIMES_AS_LONG + SECONDS_MORE
        return plain.seconds, tests.seconds

    def selected(self, site):
        """The runner's arguments for the cases that reach a site, of each file in one."""
        if site == 0 or site in self.everywhere:
            return self.files
        by_file = {}
        for name in self.cases.get(site, []):
            file, _, number = name.rpartition("=")
            by_file.setdefault(file, []).append(number)
        return [f"{file}={','.join(numbers)}" for file, numbers in by_file.items()]

    def judge(self, mutant):
        """What became of a mutant, and what caught it."""
        if mutant.site and not (
            mutant.site in self.everywhere or mutant.site in self.cases or mutant.site in self.in_tests):
            return NOT_EXECUTED, ""
        if mutant.site:
            return self.judge_with(mutant, {"FERROVIA_MUTANT": str(mutant.number)})
        return self.judge_knowledge(mutant)

    def judge_knowledge(self, mutant):
        """These files are read at run time: a mutant is a file of the same name."""
        path, change = self.knowledge_mutants[mutant.number - self.first_knowledge_number]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / Path(path).name
            file.write_text(change.apply(self.knowledge[path]), encoding="utf-8")
            return self.judge_with(mutant, {"FERROVIA_MUTANT_KNOWLEDGE": str(file)})

    def judge_with(self, mutant, environment):
        selected = self.selected(mutant.site)
        steps = [(CASE, selected)]
        if mutant.site == 0 or mutant.site in self.in_tests:
            steps.append((TEST, None))
        # So that no survivor is one only because what it changes was kept from an earlier case.
        if mutant.site and selected != self.files:
            steps.append((CASE, self.files))
        for kind, cases in steps:
            if cases is None:
                ended = run(self.tests, environment, self.tests_seconds_max)
            elif cases:
                ended = run([self.runner, "run", *cases], environment, self.cases_seconds_max)
            else:
                continue
            where = "tests" if cases is None else "cases"
            if ended.status is None:
                return TIMEOUT, f"{where}, after {ended.seconds:.0f} s"
            if ended.status < 0 or ended.status >= 128:
                return CRASH, where
            if ended.status != 0:
                by = first_failed_test(ended.output) if cases is None else ended.output.strip()
                return kind, by.splitlines()[-1][:200] if by else ""
        return SURVIVED, ""
