"""What became of the commands: asked of the service again, and of the database from outside."""

import asyncio
import hashlib
import json
import uuid
from collections import Counter, defaultdict

from .checks import Checks, schema_findings
from .stack import until
from .storm import KILLS_SERVICE

REPORTING_SECONDS_MAX = 120
CLI_SECONDS_MAX = 600

# What a refusal may say here. Everything else would be a request that the client got wrong.
REFUSALS = {
    "gates-shut",  # what was recorded meanwhile speaks against the order
    "slot-taken",  # another patient has the chair
    "invalid-value",  # the patient has another appointment at that time
    "order-not-active",  # it was held a moment ago
    "order-fully-booked",  # as many visits are booked as doses are left
    "appointment-not-open",  # cancelled already
    "not-found",  # an appointment that was never booked
    "lab-already-retracted",
}


def command_id(tenant, key):
    """As docs/api.md says, computed here once more."""
    digest = bytearray(hashlib.sha256(f"ferrovia-command-v1|{tenant}|{key}".encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(digest)))


class Audit:
    def __init__(self, storm, tenant, database, cli, root, log):
        self.storm = storm
        self.client = storm.client
        self.tenant = tenant
        self.database = database
        self.cli = cli
        self.root = root
        self.checks = Checks(log)
        self.accepted = {
            command_id(tenant, command.key): (command, storm.endings[command.number])
            for command in storm.workload.commands
            if command.number in storm.endings and storm.endings[command.number].is_accepted
        }
        # Without an answer at first, and then known to the service: it had been written.
        self.written_though_lost = sum(
            bool(ending.lost) and ending.replayed for _, ending in self.accepted.values()
        )
        self.events = 0

    async def run(self):
        self.check_endings()
        self.check_crashes()
        # The look from outside comes first: asking again would write what had been lost.
        self.check_positions()
        self.check_commands()
        self.check_appointments()
        self.check_invariants()
        await self.check_feed()
        await self.check_repeated()
        await self.check_cli()
        return self.checks.results

    def check_endings(self):
        storm = self.storm
        missing = [c.key for c in storm.workload.commands if c.number not in storm.endings]
        self.checks.add("every command ended with an answer", missing)
        self.checks.add(
            "no answer but those that docs/errors.md lists for it",
            [
                f"{storm.workload.commands[number].kind}: {seen}"
                for number, ending in storm.endings.items()
                for seen in ending.unexpected
            ]
            + [f"refused with {code}: {n}" for code, n in storm.refusals().items() if code not in REFUSALS],
        )
        self.checks.add("two answers to one key are one answer", storm.mixed)
        self.checks.add(
            "who was told that nothing was written was told the truth",
            [
                storm.workload.commands[number].key
                for number, ending in storm.endings.items()
                if ending.denied and ending.replayed and not ending.lost
            ],
        )

    def check_crashes(self):
        problems = []
        for crash in self.storm.crashes:
            if crash.status != (-9 if crash.what in KILLS_SERVICE else 0):
                problems.append(f"{crash.what}: the process had ended with {crash.status}")
            if crash.in_flight == 0:
                problems.append(f"{crash.what}: nothing was on its way")
            if not crash.outlived:
                problems.append(f"{crash.what}: ferroviad had ended by itself")
        if sum(crash.answers_lost for crash in self.storm.crashes) == 0:
            problems.append("no crash cost an answer: they tested nothing")
        self.checks.add("each kill hit a running process with commands on their way", problems)

    async def check_repeated(self):
        """Each accepted command once more: the first answer, byte for byte, and said to be so."""
        problems = []
        head = self.events
        waiting = iter(list(self.accepted.values()))

        async def worker():
            for command, first in waiting:
                again = await self.client.send(command)
                if again.body != first.body or again.status != first.status:
                    problems.append(f"{command.key}: another answer")
                elif not again.replayed:
                    problems.append(f"{command.key}: not marked as replayed")

        await asyncio.gather(*[worker() for _ in range(self.storm.connections)])
        self.checks.add("every accepted command, sent again, gets its first answer", problems)
        count = self.database.rows(
            f"SELECT count(*) FROM event_log.events WHERE tenant_id = '{self.tenant}';"
        )
        self.checks.add(
            "and nothing is written by that", [] if int(count[0][0]) == head else [count[0][0]]
        )

    async def check_feed(self):
        events = await self.client.feed()
        dense = [e["position"] for e in events] == list(range(1, len(events) + 1))
        self.checks.add(
            "the feed's positions are dense, from the first to the last",
            [] if dense and len(events) == self.events else [f"{len(events)} of {self.events} events"],
        )
        of_command = defaultdict(list)
        for event in events:
            of_command[event["commandId"]].append((event["position"], event["type"]))
        problems = [f"{c}: in the feed, not accepted" for c in of_command.keys() - self.accepted.keys()]
        for identifier, (command, ending) in self.accepted.items():
            answer = ending.json
            span = answer["positions"] or {"first": 1, "last": 0}
            told = list(zip(range(span["first"], span["last"] + 1), answer["events"]))
            if of_command.get(identifier, []) != told:
                problems.append(f"{command.key}: the feed has {of_command.get(identifier)}, not {told}")
        self.checks.add("the feed has the events of every accepted command once, and no others", problems)

    def check_positions(self):
        rows = self.database.rows(
            f"""SELECT count(*), coalesce(min(position), 0), coalesce(max(position), 0),
                  count(DISTINCT position), count(DISTINCT (stream_id, version))
                FROM event_log.events WHERE tenant_id = '{self.tenant}';"""
        )
        count, first, last, positions, versions = map(int, rows[0])
        self.events = count
        whole = (first, last, positions, versions) == (1, count, count, count)
        self.checks.add(
            "psql: max(position) = count(*)", [] if whole else [f"{count} events from {first} to {last}"]
        )

    def check_commands(self):
        rows = self.database.rows(
            f"""SELECT c.command_id, coalesce(c.first_position, 0), coalesce(c.last_position, 0),
                  c.version, count(e.position), coalesce(min(e.position), 0), coalesce(max(e.position), 0)
                FROM event_log.commands c
                LEFT JOIN event_log.events e USING (tenant_id, command_id)
                WHERE c.tenant_id = '{self.tenant}'
                GROUP BY c.tenant_id, c.command_id, c.first_position, c.last_position, c.version;"""
        )
        stored = Counter(row[0] for row in rows)
        self.checks.add(
            "psql: no accepted command is missing",
            [self.accepted[c][0].key for c in self.accepted.keys() - stored.keys()],
        )
        self.checks.add(
            "psql: no command is there twice, and none that was not accepted",
            [f"{c}: {n} times" for c, n in stored.items() if n > 1]
            + [f"{c}: not accepted" for c in stored.keys() - self.accepted.keys()],
        )
        problems = []
        for identifier, *numbers in rows:
            if identifier not in self.accepted:
                continue
            command, ending = self.accepted[identifier]
            first, last, version, count, least, greatest = map(int, numbers)
            answer = ending.json
            span = answer["positions"] or {"first": 0, "last": 0}
            told = (span["first"], span["last"], answer["version"], len(answer["events"]))
            if told != (first, last, version, count) or (first, last) != (least, greatest):
                problems.append(f"{command.key}: answered {told}, stored {first} to {last}")
        self.checks.add("psql: every answer names the positions its events are at", problems)

    def check_appointments(self):
        overlaps = self.database.rows(
            f"""SELECT a.appointment_id, b.appointment_id FROM infusion.appointments a
                JOIN infusion.appointments b
                  ON b.tenant_id = a.tenant_id AND b.generation = a.generation
                 AND b.appointment_id > a.appointment_id
                 AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
                 AND ((a.site, a.chair) = (b.site, b.chair) OR a.patient_id = b.patient_id)
                WHERE a.tenant_id = '{self.tenant}'
                  AND a.closed_position IS NULL AND b.closed_position IS NULL
                  AND a.status = 'booked' AND b.status = 'booked';"""
        )
        self.checks.add("psql: no chair and no patient is booked twice at a time", overlaps)
        known = {
            row[0]
            for row in self.database.rows(
                f"""SELECT DISTINCT appointment_id FROM infusion.appointments
                    WHERE tenant_id = '{self.tenant}';"""
            )
        }
        booked = {
            json.loads(command.body)["id"]
            for command, _ in self.accepted.values()
            if command.kind == "booking"
        }
        self.checks.add("psql: the calendar holds the accepted bookings and no others", booked ^ known)

    def check_invariants(self):
        self.checks.add(
            "psql: the schema's own checks find nothing", schema_findings(self.database, self.root)
        )

    async def check_cli(self):
        async def reporting_has_caught_up():
            status, answer = await self.run_cli("status", "--json")
            return status == 0 and all(tenant["reportingLag"] == 0 for tenant in answer[0]["tenants"])

        try:
            await until(reporting_has_caught_up, REPORTING_SECONDS_MAX, "reporting has caught up")
            self.checks.add("reporting has caught up", [])
        except TimeoutError as error:
            self.checks.add("reporting has caught up", [error])
        status, answer = await self.run_cli("verify", "--json")
        clean = status == 0 and all(line["clean"] for line in answer)
        events = sum(line["events"] for line in answer) if answer else None
        whole = clean and events == self.events
        self.checks.add("ferrovia verify is clean", [] if whole else [f"exit {status}: {answer}"])
        status, answer = await self.run_cli("rebuild", "--check", "--json", "--tenant", self.cli.tenant)
        equal = status == 0 and answer and answer[0]["clean"]
        self.checks.add("ferrovia rebuild --check is equal", [] if equal else [f"exit {status}: {answer}"])

    async def run_cli(self, *arguments):
        process = await asyncio.create_subprocess_exec(
            self.cli.program, *arguments, stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )
        out, errors = await asyncio.wait_for(process.communicate(), CLI_SECONDS_MAX)
        try:
            return process.returncode, [json.loads(line) for line in out.decode().splitlines()]
        except ValueError:
            return process.returncode, (out + errors).decode().strip()
