"""Races for one chair and for the last start of a nurse, through several processes of the service at once."""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import traceback
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from . import taken
from .checks import Checks, Database, schema_findings
from .client import Client
from .report import count, put_into, write
from .round import SITE, log, tenant_of
from .stack import Service

PLACE = "races"
ZONE = ZoneInfo("America/New_York")
START_SECONDS_MAX = 120
CLI_SECONDS_MAX = 600
# Of each kind, from how many on every process is expected to have won one.
RACES_FOR_WINNERS = 100
# The days on which visits are booked, from the day after tomorrow on, and the quarter hours of each.
DAYS = 5
QUARTERS = 40
FIRST_HOUR = 6
# As long as the dose takes at least, with the observation.
VISIT_MINUTES = 45
# Whoever races for a nurse begins within the first minutes of the quarter hour, to the minute.
MINUTES_OF_QUARTER = 10
# What a race is for, and how it is told to those who lose it.
RACES = {"a chair": "chair-overlap", "a nurse's start": "nurse-starts"}
# With another of these it would be another.
KIND = ("seed", "races", "clients", "processes")


@dataclass
class Booking:
    """As `Client` sends it."""

    kind: str
    path: str
    body: bytes
    key: str
    id: str


@dataclass
class Entrant:
    """One patient with one order, and the process that their client talks to."""

    order: str
    client: Client
    chair: str


def first_day():
    return datetime.now(ZONE).date() + timedelta(days=2)


def plan(entrants):
    """The site as a file: a chair for each and one that all want, one nurse, open round the clock."""
    days = [str(first_day() + timedelta(days=day)) for day in range(DAYS)]
    spans = "[00:00-24:00]"
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    lines = [
        "format: 1",
        "sites:",
        f"  - site: {SITE}",
        f"    timeZone: {ZONE.key}",
        "    limits: {startsPerNurse: 1, patientsPerNurse: 4}",
        "    chairs:",
        *[f"      - {{chair: {chair}, kind: recliner}}" for chair in ["wanted", *entrants]],
        "    hours:",
        f"      - from: {datetime.now(ZONE).date()}",
        *[f"        {weekday}: {spans}" for weekday in weekdays],
        "    shifts:",
        f"      - {{shift: only, on: [{', '.join(days)}], time: 00:00-24:00,"
        " roles: [registeredNurse, resuscitation], people: 1}",
    ]
    return "\n".join(lines) + "\n"


def quarter(number):
    """The quarter hour of a race: others than those of the races before it, for a good while."""
    day = first_day() + timedelta(days=number // QUARTERS % DAYS)
    start = datetime(day.year, day.month, day.day, FIRST_HOUR, tzinfo=ZONE).astimezone(timezone.utc)
    return start + timedelta(minutes=15 * (number % QUARTERS))


def moment(time_):
    return time_.strftime("%Y-%m-%dT%H:%M:%SZ")


class Races:
    def __init__(self, options, clients, tenant, database):
        self.options = options
        self.clients = clients
        self.tenant = tenant
        self.database = database
        self.entrants = []
        self.won = Counter()
        self.winners = Counter()
        self.told = Counter()
        self.problems = {what: [] for what in RACES}
        self.processes = Counter()

    def key(self, *parts):
        return "-".join(["races", self.options.seed, str(self.options.part), *map(str, parts)])

    def id(self, *parts):
        return str(uuid.uuid5(uuid.NAMESPACE_URL, self.key(*parts)))

    async def prepare(self):
        await asyncio.gather(*(self.enter(index) for index in range(self.options.clients)))

    async def enter(self, index):
        """A patient with an order for two doses, one of which may be booked again and again."""
        client = self.clients[index % len(self.clients)]
        patient, order = self.id("patient", index), self.id("order", index)
        registration = {
            "id": patient,
            "site": SITE,
            "gender": "female",
            "identity": {
                "name": {"family": f"Race{index}", "given": ["Nobody"]},
                "birthDate": "1970-06-15",
                "identifiers": [{"system": "urn:ferrovia:races", "value": patient}],
            },
        }
        prescription = {
            "id": order,
            "product": "injectafer",
            "dosingRow": "FCM-US-2",
            "indication": "general",
            "prescribed": [{"value": 750, "unit": "mg"}, {"value": 750, "unit": "mg"}],
            "method": "labelCourse",
            "signature": {"prescriber": "Dr Soak", "signedAt": moment(datetime.now(timezone.utc) - timedelta(hours=1))},
        }
        for kind, path, body in (
            ("registration", "/v1/patients", registration),
            ("order", f"/v1/patients/{patient}/orders", prescription),
        ):
            ending = await client.send(self.command(kind, path, body, self.key(kind, index)))
            if not ending.is_accepted:
                raise RuntimeError(f"{kind}: {ending.status} {ending.body.decode()}")
        self.entrants.append(Entrant(order, client, f"chair-{index}"))

    @staticmethod
    def command(kind, path, body, key, made=""):
        return Booking(kind, path, json.dumps(body, separators=(",", ":")).encode(), key, made)

    async def run(self):
        for number in range(self.options.races):
            for what in RACES:
                await self.race(number, what)

    async def race(self, number, what):
        start = quarter(number)
        bookings = []
        for index, entrant in enumerate(self.entrants):
            is_chair = what == "a chair"
            begins = start if is_chair else start + timedelta(minutes=index % MINUTES_OF_QUARTER)
            made = self.id(number, what, index)
            body = {
                "id": made,
                "site": SITE,
                "chair": "wanted" if is_chair else entrant.chair,
                "start": moment(begins),
                "end": moment(begins + timedelta(minutes=VISIT_MINUTES)),
            }
            key = self.key(number, RACES[what], index)
            bookings.append(self.command("booking", f"/v1/orders/{entrant.order}/appointments", body, key, made))
        endings = await asyncio.gather(
            *(entrant.client.send(booking) for entrant, booking in zip(self.entrants, bookings))
        )
        winners = [index for index, ending in enumerate(endings) if ending.is_accepted]
        losing = Counter(
            ending.json.get("constraint", ending.json.get("code"))
            for ending in endings
            if not ending.is_accepted
        )
        self.told.update(losing)
        self.won[what] += len(winners)
        self.processes.update(index % len(self.clients) for index in winners)
        expected = {RACES[what]: len(self.entrants) - 1}
        if len(winners) != 1 or losing != expected:
            self.problems[what].append(f"race {number}: {len(winners)} winners, the others were told {dict(losing)}")
        await asyncio.gather(*(self.leave(bookings[index], self.entrants[index]) for index in winners))

    async def leave(self, booking, winner):
        """The winner gives it back: the order has doses for two visits."""
        path = f"/v1/appointments/{booking.id}/cancel"
        ending = await winner.client.send(
            self.command("cancel", path, {"reason": "patientRequest"}, f"{booking.key}-cancel")
        )
        if not ending.is_accepted:
            raise RuntimeError(f"cancel: {ending.status} {ending.body.decode()}")

    def look(self, checks, root, program):
        for what in RACES:
            checks.add(f"of {self.options.clients} who want {what} exactly one gets it", self.problems[what])
        # Of few races a busy machine may let the same processes win all.
        if self.options.races >= RACES_FOR_WINNERS:
            checks.add(
                "every process has winners",
                [f"process {n} has none" for n in range(len(self.clients)) if not self.processes[n]],
            )
        counted = self.database.rows(
            f"""SELECT event_type, count(*) FROM event_log.events WHERE tenant_id = '{self.tenant}'
                AND event_type IN ('appointment-booked', 'appointment-cancelled') GROUP BY 1 ORDER BY 1;"""
        )
        total = str(sum(self.won.values()))
        expected = [["appointment-booked", total], ["appointment-cancelled", total]]
        checks.add("psql: the log holds the winners' bookings and no others", [] if counted == expected else [counted])
        over = self.database.rows(
            f"""SELECT quarter, limit_name FROM infusion.nurse_load
                WHERE tenant_id = '{self.tenant}' AND used > allowed;"""
        )
        checks.add("psql: no quarter hour was asked for more than its nurse bears", over)
        checks.add("psql: the schema's own checks find nothing", schema_findings(self.database, root))
        verify = subprocess.run(
            [program, "verify", "--json"], capture_output=True, text=True, check=False, timeout=CLI_SECONDS_MAX
        )
        checks.add("ferrovia verify is clean", [] if verify.returncode == 0 else [verify.stdout + verify.stderr])


def apply_plan(options):
    """As an administrator would: with a file and the CLI."""
    path = Path(options.state, "races.yaml")
    path.write_text(plan([f"chair-{index}" for index in range(options.clients)]))
    subprocess.run(
        [
            f"{options.programs}/ferrovia", "site", "apply", str(path), "--tenant", options.tenant,
            "--actor", "races",
        ],
        check=True, stdout=subprocess.DEVNULL, timeout=CLI_SECONDS_MAX,
    )


async def play(options):
    task = asyncio.current_task()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    token = Path(options.state, "token").read_text().strip()
    apply_plan(options)
    services, clients = [], []
    try:
        for number, port in enumerate(options.ports, 1):
            service = Service(
                f"{options.programs}/ferroviad", f"{options.state}/logs/ferroviad-{number}.log",
                {**os.environ, "FERROVIA_HTTP_PORT": str(port)},
            )
            service.start()
            services.append(service)
            clients.append(Client(f"http://127.0.0.1:{port}", token, options.clients))
        await asyncio.wait_for(
            asyncio.gather(*(client.wait_until_well() for client in clients)), START_SECONDS_MAX
        )
        database = Database(os.environ["SOAK_ADMINISTRATOR_URL"])
        races = Races(options, clients, tenant_of(token), database)
        await races.prepare()
        started = time.monotonic()
        await races.run()
        seconds = time.monotonic() - started
        checks = Checks(log)
        races.look(checks, Path(os.environ["ROOT"]), f"{options.programs}/ferrovia")
        return {
            "part": options.part,
            "seed": options.seed,
            **taken.stamp(),
            "races": options.races,
            "clients": options.clients,
            "processes": len(options.ports),
            "bookings": options.races * len(RACES) * options.clients,
            "won": dict(races.won),
            "told": dict(sorted(races.told.items())),
            "wonByProcess": [races.processes[n] for n in range(len(clients))],
            "seconds": round(seconds, 1),
            "checks": checks.results,
        }
    finally:
        for client in clients:
            await client.close()
        for service in services:
            service.stop()


def table_of(results):
    told, by_process = Counter(), Counter()
    for result in results:
        told.update(result["told"])
        by_process.update(dict(enumerate(result["wonByProcess"])))
    lines = ["| race for | races | bookings sent | winners | the others were told |", "|---|---|---|---|---|"]
    races = sum(result["races"] for result in results)
    for what, constraint in RACES.items():
        sent = sum(result["races"] * result["clients"] for result in results)
        won = sum(result["won"].get(what, 0) for result in results)
        lines.append(f"| {what} | {races:,} | {sent:,} | {won:,} | `{constraint}`, {told[constraint]:,} times |")
    names = [check["name"] for check in results[-1]["checks"]]
    lines += ["", "| what was looked at | parts in which it held |", "|---|---|"]
    for name in names:
        held = sum(c["passed"] for result in results for c in result["checks"] if c["name"] == name)
        lines.append(f"| {name} | {held} of {len(results)} |")
    seconds = sum(result["seconds"] for result in results)
    bookings = sum(result["bookings"] for result in results)
    wins = ", ".join(f"{by_process[n]:,}" for n in sorted(by_process))
    lines += [
        "",
        f"{bookings / seconds:,.0f} bookings a second; won by process: {wins}. Seed {results[-1]['seed']},"
        f" {results[-1]['clients']} clients over {results[-1]['processes']} processes; {taken.text_of(results)}.",
    ]
    return "\n".join(lines)


def load(path, kind):
    try:
        state = json.loads(path.read_text())
    except FileNotFoundError:
        state = {}
    return state if state.get("kind") == kind else {"kind": kind, "rounds": {}, "unended": []}


def keep(options, state_file, state):
    state["rounds"][str(options.part)] = json.loads(Path(options.result).read_text())
    write(state_file, json.dumps(state, indent=1) + "\n")


def show(options, state_file, state):
    state["unended"] = options.failed
    write(state_file, json.dumps(state, indent=1) + "\n")
    results = [state["rounds"][key] for key in sorted(state["rounds"], key=int)]
    if results:
        table = table_of(results)
        print(f"\n{table}\n")
        if options.docs and not options.failed:
            put_into(options.docs, PLACE, table)
    count([state])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("verb", choices=["play", "done", "keep", "show"])
    parser.add_argument("--seed", required=True)
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--races", type=int, required=True, help="of each kind, in all; with play, in this part")
    parser.add_argument("--clients", type=int, required=True)
    parser.add_argument("--processes", type=int, required=True)
    parser.add_argument("--ports", type=int, nargs="*", default=[])
    for name in ("--state", "--programs", "--tenant", "--output", "--result", "--name"):
        parser.add_argument(name)
    parser.add_argument("--directory", type=Path)
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--failed", type=int, nargs="*", default=[])
    options = parser.parse_args()
    if options.verb == "play":
        try:
            result = asyncio.run(play(options))
        except asyncio.CancelledError:
            traceback.print_exc()
            sys.exit(f"part {options.part} was stopped")
        Path(options.output).write_text(json.dumps(result, indent=1) + "\n")
        return
    state_file = options.directory / f"{options.name}.json"
    state = load(state_file, {name: getattr(options, name) for name in KIND})
    if options.verb == "done":
        checks = state["rounds"].get(str(options.part), {}).get("checks", [])
        sys.exit(0 if checks and all(check["passed"] for check in checks) else 1)
    elif options.verb == "keep":
        keep(options, state_file, state)
    else:
        show(options, state_file, state)


if __name__ == "__main__":
    main()
