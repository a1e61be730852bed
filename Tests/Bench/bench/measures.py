"""P1 to P10 of docs/performance.md: each returns rows of the table."""

import os
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .asked_again import AskedAgain
from .desk import Desk, american_site
from .following import Following
from .imports import imports
from .long_log import LongLogs
from .plain import PlainInserts
from .programs import run, wrk
from .reading import Reading
from .sampling import Row, Samples, a_b_a, middle, p50s, p99s, rates
from .service import Service
from .volume import grown_tenant, lengthened_tenant, tenant_id


# As many as an interface engine that sends a backlog opens, and far more than there are database connections.
IMPORTING_CONNECTIONS = 256
# A booking beside an import takes at most so many times what it takes alone.
BOOKING_GOAL = 10.0
# Of P6 for so long: the first and the last minute are compared.
MINUTE_SECONDS = 60


class Measures:
    def __init__(self, database, empty, pgbench, programs, size, state):
        self.database = database
        # A copy of the database as it was at first.
        self.empty = empty
        self.pgbench = pgbench
        self.programs = programs
        self.size = size
        self.state = state
        self.plain = PlainInserts(pgbench, size.seconds)
        # Set by the measures that others go on from: a tenant's id, a tenant's name, its events.
        self.clinic = self.few = ""
        self.few_count = 0
        self.open_loop = None
        # Rate and p99 by clients and by events stored, for the plot.
        self.curves = {"pgbench": {}, "Ferrovia": {}}
        self.curves_by_stored = {}

    def new_tenant(self, name):
        run([self.programs.directory / "ferrovia", "tenant", "create", name],
            env={**os.environ, "FERROVIA_DATABASE_URL": self.database.url})
        return tenant_id(self.database, name)

    def appends(self):
        """P1 and P2."""
        tenant = self.new_tenant("bench-append")
        rows = []
        for clients, goal_id, goal in ((64, "P1", 3.0), (16, "P2", 1.5), (1, "P2", 0.85)):
            base, ours = a_b_a(
                self.size.rounds,
                lambda: self.plain.sample(clients),
                lambda: self.programs.bench("append", tenant, clients=clients, seconds=self.size.seconds))
            self.curves["pgbench"][clients] = middle(base)
            self.curves["Ferrovia"][clients] = middle(ours)
            rows.append(Row(goal_id, f"append, {clients} client{'s' if clients > 1 else ''}", "/s", rates(ours),
                            "plain INSERT", rates(base), goal))
            if clients == 64:
                rows.append(Row("P1", "append, 64 clients, p99", "µs", p99s(ours), "plain INSERT, p99",
                                p99s(base), 0.25, less_is_better=True))
        return rows

    def appends_that_are_not_all_new(self):
        """P1's load, in which some are sent again and as many expect a version that is gone."""
        tenant = self.new_tenant("bench-again")

        def append(**how):
            return self.programs.bench("append", tenant, clients=64, seconds=self.size.seconds, **how)

        rows = []
        for percent in self.size.not_new:
            base, ours = a_b_a(self.size.rounds, append, lambda: append(not_new=percent))
            rows.append(Row("", f"append, 64 clients, {percent} % sent again or too late", "/s", rates(ours),
                            "all new", rates(base), None))
        return rows

    def two_processes(self):
        """Two services on one tenant: a lock between them, and each other's events."""
        tenant = self.new_tenant("bench-two")

        def together():
            with ThreadPoolExecutor() as threads:
                found = list(threads.map(
                    lambda _: self.programs.bench("append", tenant, clients=32, seconds=self.size.seconds), range(2)))
            return {"perSecond": sum(sample["perSecond"] for sample in found)}

        base, ours = a_b_a(
            self.size.rounds,
            lambda: self.programs.bench("append", tenant, clients=64, seconds=self.size.seconds), together)
        return [Row("", "append, 32 clients of each of two processes", "/s", rates(ours), "64 of one", rates(base), 1.0)]

    def half_the_rate(self):
        return round(self.curves["Ferrovia"][64]["perSecond"] / 2)

    def appends_in_an_open_loop(self):
        """What an append takes at half of P1's rate, counted from when it was due."""
        tenant = self.new_tenant("bench-open")
        rate = self.half_the_rate()
        ours = [self.programs.bench("append", tenant, rate=rate, seconds=self.size.seconds)
                for _ in range(self.size.rounds)]
        reached = min(sample["perSecond"] for sample in ours)
        note = "" if reached > 0.9 * rate else f"it came to {reached:,.0f} a second"
        self.open_loop = p50s(ours)
        closed = Samples([self.curves["Ferrovia"][64]["p99Microseconds"]])
        return [
            Row("", f"append, open loop at half the rate ({rate:,}/s), {name}", "µs", taken,
                "append, 64 clients, p99", closed, None, less_is_better=True, note=note)
            for name, taken in (("p50", self.open_loop), ("p99", p99s(ours)))]

    def beside_another_tenant(self):
        """What a booking waits while another tenant imports as fast as it can."""
        tenant, other = self.new_tenant("bench-bookings"), self.new_tenant("bench-import")

        def append(**beside):
            return self.programs.bench("append", tenant, clients=1, seconds=self.size.seconds, **beside)

        base, ours = a_b_a(self.size.rounds, append, lambda: append(beside_tenant=other))
        return [Row("", "append, 1 client, beside a tenant with 1,024, p99", "µs", p99s(ours), "alone, p99",
                    p99s(base), None, less_is_better=True)]

    def commands(self):
        """P3."""
        clinics = []

        def in_process():
            clinics.append(f"bench-clinic-{len(clinics) + 1}")
            return self.programs.bench(
                "command", self.new_tenant(clinics[-1]), clients=64, seconds=self.size.seconds,
                patients=self.size.patients)

        base, ours = a_b_a(self.size.rounds, lambda: self.plain.sample(64), in_process)
        self.clinic = tenant_id(self.database, clinics[-1])
        rows = [Row("P3", "command, 64 at once, in process", "/s", rates(ours), "plain INSERT, 64 clients",
                    rates(base), 1.25)]
        with tempfile.TemporaryDirectory() as directory:
            patients = Path(directory) / "patients"
            patients.write_text(self.database.run(
                f"SELECT patient_id FROM infusion.patient_state WHERE tenant_id = '{self.clinic}' LIMIT 2000"))
            token = self.token(clinics[-1])
            with Service(self.programs, self.state) as service:
                self.wait_for_reports()
                turn = iter(range(1_000))

                def over_http():
                    os.environ.update(BENCH_PATIENTS=str(patients), BENCH_RUN=f"run{next(turn)}")
                    answer = wrk(str(Path(__file__).with_name("measurements.lua")), 64,
                                 max(1, round(self.size.seconds)), service.url, token)
                    if answer["failed"]:
                        raise RuntimeError(f"{answer['failed']} requests failed")
                    return answer

                base, ours = a_b_a(self.size.rounds, lambda: self.plain.sample(64), over_http)
                rows.append(Row("P3", "command, 64 connections, over HTTP", "/s", rates(ours),
                                "plain INSERT, 64 clients", rates(base), 0.9))
                rows += self.bookings_beside_an_import(service, patients, token)
        return rows

    def bookings_beside_an_import(self, service, patients, token):
        """What a booking of one clinic takes while another sends all it can; both over HTTP."""
        name = "bench-desk"
        self.new_tenant(name)
        desk = Desk(service.url, self.token(name), american_site()["id"], f"{name}-")
        desk.open()

        def beside():
            os.environ.update(BENCH_PATIENTS=str(patients), BENCH_RUN=f"import{desk.booked}")
            with ThreadPoolExecutor() as threads:
                # Longer than the bookings, so that it is there from the first to the last of them.
                importing = threads.submit(
                    wrk, str(Path(__file__).with_name("measurements.lua")), IMPORTING_CONNECTIONS,
                    max(1, round(self.size.seconds)) + 2, service.url, token)
                time.sleep(1)
                sample = desk.sample(self.size.seconds)
                return {**sample, "imported": importing.result()["perSecond"]}

        base, ours = a_b_a(self.size.rounds, lambda: desk.sample(self.size.seconds), beside)
        refused = sum(sample["refused"] for sample in ours)
        imported = Samples([sample["imported"] for sample in ours]).median
        note = f"{imported:,.0f} commands a second of the other"
        if refused:
            note += f"; {refused} bookings were refused"
        return [Row("", f"booking over HTTP beside {IMPORTING_CONNECTIONS} connections of another clinic, p99", "µs",
                    p99s(ours), "alone, p99", p99s(base), BOOKING_GOAL, less_is_better=True, note=note)]

    def token(self, name):
        return run([self.programs.directory / "ferrovia", "dev", "token", "--state-dir", self.state,
                    "--tenant", name]).strip()

    def wait_for_reports(self):
        """The service has found the clinics that were filled without it, and its reports are up to date."""
        give_up_at = time.monotonic() + 120
        while self.database.value("""
            SELECT count(*) FROM event_log.tenants t
            WHERE t.name LIKE 'bench-clinic-%'
              AND (SELECT max(e.position) FROM event_log.events e WHERE e.tenant_id = t.tenant_id)
                > coalesce((SELECT min(c.position) FROM event_log.checkpoints c
                    WHERE c.tenant_id = t.tenant_id AND c.projection = 'dose_report'), 0)""") != "0":
            if time.monotonic() > give_up_at:
                raise RuntimeError("the reports never came up to date")
            time.sleep(0.2)

    def replays(self):
        """P4."""
        few, count = grown_tenant(self.database, self.clinic, self.size.replayed)
        self.database.settle()
        copy = f"\\copy (SELECT * FROM event_log.events WHERE tenant_id = '{tenant_id(self.database, few)}')" \
               " TO '/dev/null' (FORMAT binary)"

        def replay():
            seconds, _ = self.programs.cli("replay", "--tenant", few, "--state")
            return {"perSecond": count / seconds}

        base, ours = a_b_a(self.size.rounds, lambda: per_second(count, lambda: self.database.run(copy)), replay)
        self.few, self.few_count = few, count
        return [Row("P4", f"replay to states, {count} events", "/s", rates(ours), "COPY TO, binary, to nowhere",
                    rates(base), 0.9)]

    def rebuilds(self):
        """P5."""
        tenant = tenant_id(self.database, self.few)
        self.programs.cli("rebuild", "--tenant", self.few)
        self.database.settle()

        def copy_out_and_in():
            with tempfile.TemporaryDirectory() as directory:
                file = Path(directory) / "events"
                self.database.run(
                    f"\\copy (SELECT * FROM event_log.events WHERE tenant_id = '{tenant}') TO '{file}' (FORMAT binary)\n"
                    "CREATE TABLE plain.copied (LIKE event_log.events);\n"
                    f"\\copy plain.copied FROM '{file}' (FORMAT binary)\n"
                    "DROP TABLE plain.copied;")

        base, ours = a_b_a(
            self.size.rounds,
            lambda: per_second(self.few_count, copy_out_and_in),
            lambda: per_second(self.few_count, lambda: self.programs.cli("rebuild", "--tenant", self.few)))
        return [Row("P5", f"rebuild, {self.few_count} events", "/s", rates(ours), "COPY OUT and COPY IN",
                    rates(base), 0.5)]

    def appends_beside_a_replay(self):
        """The second half of P6: appends while a whole replay is running."""
        tenant = tenant_id(self.database, "bench-append")

        def append():
            return self.programs.bench("append", tenant, clients=64, seconds=self.size.seconds)

        def append_beside():
            command = [self.programs.directory / "ferrovia", "replay", "--tenant", self.few]
            with open(os.devnull, "w", encoding="utf-8") as nowhere:
                replaying = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
                try:
                    sample = append()
                    while_it_ran = replaying.poll() is None
                finally:
                    replaying.kill()
                    replaying.wait()
            return {**sample, "whole": while_it_ran}

        base, ours = a_b_a(self.size.rounds, append, append_beside)
        outran = sum(not sample["whole"] for sample in ours)
        note = f"{outran} of {len(ours)} replays ended first" if outran else ""
        rows = [Row("P6", "append, 64 clients, beside a replay", "/s", rates(ours), "append without", rates(base),
                    0.7, note=note)]
        return rows + self.minutes_beside_replays(tenant) if self.size.minutes else rows

    def minutes_beside_replays(self, tenant):
        """Whether that stays as it is, for minutes, with one replay after another."""
        command = [self.programs.directory / "ferrovia", "replay", "--tenant", self.few]
        over, replayed = threading.Event(), []

        def replay():
            while not over.is_set():
                replaying = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                while replaying.poll() is None and not over.wait(0.1):
                    pass
                if over.is_set():
                    replaying.kill()
                if replaying.wait() == 0:
                    replayed.append(self.few_count)
                elif not over.is_set():
                    raise RuntimeError("a replay failed")

        with ThreadPoolExecutor() as threads:
            replays = threads.submit(replay)
            try:
                minutes = []
                for _ in range(self.size.minutes):
                    minutes.append(self.programs.bench("append", tenant, clients=64, seconds=MINUTE_SECONDS))
                    if replays.done():
                        break
            finally:
                over.set()
            replays.result()
        by_minute = ", ".join(f"{minute['perSecond']:,.0f}" for minute in minutes)
        note = f"{len(replayed)} replays; by the minute {by_minute}"
        return [Row("P6", f"append, 64 clients, beside replays, minute {len(minutes)}", "/s", rates(minutes[-1:]),
                    "the first minute", rates(minutes[:1]), 0.9, note=note)]

    def memory(self):
        """P7: the same patients, whose histories are ten times as long."""
        few, count = grown_tenant(self.database, self.clinic, self.size.lengthened)
        many, more = lengthened_tenant(self.database, self.clinic, self.size.lengthened, 10)
        self.database.settle()
        found = []
        for verb, *how in (("replay", "--state"), ("rebuild",)):
            base, ours = a_b_a(
                self.size.rounds,
                lambda: self.programs.cli(verb, "--tenant", few, *how)[1],
                lambda: self.programs.cli(verb, "--tenant", many, *how)[1])
            found.append(Row("P7", f"{' '.join((verb, *how))}, {more} events: memory", "KiB", Samples(ours),
                             f"{count} events of the same patients", Samples(base), 1.1, less_is_better=True))
        return found

    def appends_on_a_long_log(self):
        """The first half of P6."""
        logs = LongLogs(self.empty, self.programs, self.size)
        rows = logs.rows()
        self.curves_by_stored = logs.curves
        return rows

    def import_of_a_log(self):
        """P10."""
        return imports(self)

    def reads(self):
        """P8."""
        return Reading(self.database, self.programs, self.size, self.clinic).rows()

    def asking_again(self):
        """What-if over logs of different lengths."""
        return AskedAgain(self).rows()

    def following(self):
        """P9."""
        following = Following(self.database, self.empty, self.programs, self.size, self.state)
        return following.rows(self.clinic, self.half_the_rate(), self.open_loop)


def per_second(count, body):
    begin = time.perf_counter()
    body()
    return {"perSecond": count / (time.perf_counter() - begin)}
