"""A practice's appointments, replayed as commands, and what the service then says of them."""

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
import traceback
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from .api import API
from .attendance import CHAIRS, CLOSES, OPENS, ZONE, figures, open_days, visits
from .report import Report
from .tools import Tools

SITE = "practice"
FROM, TO = date(2024, 1, 1), date(2024, 7, 1)
# In the middle of a morning, with people in chairs.
MARK = datetime(2024, 4, 10, 11, 30, tzinfo=ZONE).astimezone(timezone.utc)
DEFAULTS = {"lateAfter": 0, "preparation": 20, "startWithin": 15}
OTHERS = {"lateAfter": 10, "preparation": 0, "startWithin": 5}
REPLAY_SECONDS_MAX = 3600


def dates():
    return [FROM + timedelta(days=n) for n in range((TO - FROM).days + 1)]


def site_file():
    """The practice as a site: ten chairs, open on weekdays for as long as visits in its quarter hours last."""
    chairs = "\n".join(f"      - {{chair: chair-{n + 1}, kind: recliner}}" for n in range(CHAIRS))
    days = "monday", "tuesday", "wednesday", "thursday", "friday"
    hours = "\n".join(f"        {day}: [{OPENS:%H:%M}-{CLOSES:%H:%M}]" for day in days)
    return f"""format: 1
sites:
  - site: {SITE}
    timeZone: {ZONE.key}
    chairs:
{chairs}
    hours:
      - from: 2023-12-01
{hours}
"""


class Replay:
    def __init__(self, options):
        self.folder = Path(options.data)
        self.state = Path(options.state)
        self.tenant = options.tenant
        self.programs = options.programs
        self.tools = Tools(options.programs)
        self.report = Report("replay-appointments")
        self.api = API(int(os.environ["FERROVIA_HTTP_PORT"]), (self.state / "token").read_text().strip())
        self.visits = visits(self.folder)
        self.open = open_days(self.folder)

    def play(self):
        report = self.report
        report.chapter("The replay")
        plan = self.state / "practice.yaml"
        plan.write_text(site_file())
        self.tools.cli("site", "apply", plan, "--tenant", self.tenant, "--actor", "manager-1")
        lines = self.state / "appointments.csv"
        with gzip.open(self.folder / "appointments.csv.gz", "rt") as file:
            lines.write_text(file.read())
        started = time.monotonic()
        ended = subprocess.run(
            [
                f"{self.programs}/AppointmentReplay", os.environ["FERROVIA_DATABASE_URL"], self.tenant,
                str(lines), str(int(MARK.timestamp())),
            ],
            capture_output=True, text=True, timeout=REPLAY_SECONDS_MAX, check=False,
        )
        if ended.returncode != 0:
            raise RuntimeError(f"AppointmentReplay: exit {ended.returncode}: {ended.stderr.strip()}")
        told = json.loads(ended.stdout)
        self.marked = told["marked"]
        report.say(
            f"  {len(self.visits)} appointments became {told['accepted']} commands,"
            f" {self.tools.head(self.tenant)} events, in {time.monotonic() - started:.0f} s.", "",
        )
        report.equal("no command was refused", told["refused"], {})
        events = self.tools.event_counts(self.tenant)
        count = {
            name: sum(1 for visit in self.visits if getattr(visit, name))
            for name in ("cancelled", "missed", "arrived", "began", "left")
        }
        wanted = {
            "appointment-booked": len(self.visits), "appointment-cancelled": count["cancelled"],
            "appointment-missed": count["missed"], "patient-arrived": count["arrived"],
            "dose-started": count["began"], "patient-discharged": count["left"],
        }
        report.equal(
            "the log has an event for each line and what became of it",
            {name: events.get(name, 0) for name in wanted}, wanted,
        )

    def expected(self, terms, mark=None):
        """Total, days and chairs, by the straightforward way over the files."""
        known = self.visits
        if mark is not None:
            known = [told for visit in known if (told := visit.as_told_by(mark))]
        chairs = sorted({f"chair-{n + 1}" for n in range(CHAIRS)})
        return {
            "total": figures(known, dates(), chairs, self.open, terms),
            "days": [
                {
                    "date": day.isoformat(),
                    "figures": figures([v for v in known if v.day == day], [day], chairs, self.open, terms),
                }
                for day in dates()
            ],
            "chairs": [
                {
                    "chair": chair,
                    "figures": figures([v for v in known if v.chair == chair], dates(), [chair], self.open, terms),
                }
                for chair in chairs
            ],
        }

    def ask(self, **parameters):
        return self.api.get(
            f"/v1/sites/{SITE}/utilization", **{"from": FROM.isoformat(), "to": TO.isoformat()}, **parameters
        )

    def compare(self, what, answer, wanted):
        """Every figure of the total, of each day and of each chair."""
        report = self.report
        problems = differing("total", answer["total"], wanted["total"])
        report.check(f"{what}: every figure of the whole is what Python counts in the files", problems)
        for name, key in (("days", "date"), ("chairs", "chair")):
            told = {part[key]: part["figures"] for part in answer[name]}
            expected = {part[key]: part["figures"] for part in wanted[name]}
            problems = [
                problem for part in expected for problem in differing(part, told.get(part), expected[part])
            ] + [f"{part} is not in the files" for part in told if part not in expected]
            report.check(f"{what}: and every figure of each of {len(expected)} {name}", problems)

    def look(self):
        report = self.report
        report.chapter(f"From {FROM} to {TO}")
        now = self.ask()
        self.compare("by the default terms", now, self.expected(DEFAULTS))
        self.compare("by other terms", self.ask(**OTHERS), self.expected(OTHERS))
        then = self.ask(knownAtPosition=self.marked)
        self.compare(f"as known at {MARK:%Y-%m-%dT%H:%M}Z", then, self.expected(DEFAULTS, MARK))
        command = self.tools.cli_json(
            "site", "utilization", SITE, "--tenant", self.tenant, "--from", FROM, "--to", TO, "--json"
        )
        report.equal("ferrovia site utilization says the same", command, [now])
        report.say("")
        report.table(
            ["", "count", "of", "%", f"as known on {MARK:%Y-%m-%d}", "of", "%"],
            [[name, *cells(now["total"], path), *cells(then["total"], path)] for name, path in RATES],
        )
        lead, visits_ = now["total"]["leadTime"], now["total"]["visits"]
        report.say(
            "", f"  {visits_['all']} visits: " + ", ".join(
                f"{count} {status}" for status, count in visits_.items() if status != "all" and count
            ) + ".",
            f"  From booking to the start: median {lead['medianMinutes'] / 1440:.1f} days, nine in ten within"
            f" {lead['percentile90Minutes'] / 1440:.1f}.",
        )

    def run(self):
        self.play()
        self.look()


RATES = [
    ("open chair minutes scheduled", ("scheduled", "utilization")),
    ("open chair minutes sat", ("actual", "utilization")),
    ("no-shows", ("noShow",)),
    ("late arrivals", ("late",)),
    ("infusions begun as planned", ("templateAdherence",)),
    ("cancelled", ("cancelled",)),
    ("  on the day", ("cancelledOnTheDay",)),
]


def cells(total, path):
    for name in path:
        total = total[name]
    return total["numerator"], total["denominator"], total["percent"]


def differing(where, told, wanted):
    """Each member that is not the same, by its path."""
    if isinstance(told, dict) and isinstance(wanted, dict):
        return [
            problem
            for name in sorted(told.keys() | wanted.keys())
            for problem in differing(f"{where} {name}", told.get(name), wanted.get(name))
        ]
    return [] if told == wanted else [f"{where}: {told}, not {wanted}"]


def main():
    parser = argparse.ArgumentParser()
    for name in ("--data", "--state", "--programs", "--tenant"):
        parser.add_argument(name, required=True)
    parser.add_argument("--docs", type=Path)
    options = parser.parse_args()
    replay = Replay(options)
    report = replay.report
    try:
        replay.run()
    except Exception:
        # The rest of the way was not gone: one failure, and the count all the same.
        traceback.print_exc()
        report.failed += 1
    else:
        if options.docs:
            report.write_docs(options.docs)
    print(f"replay-appointments: {report.passed} passed, {report.failed} failed, 0 skipped")
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
