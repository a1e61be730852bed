"""P9: from an append's commit to the dose report that rests on it, which ferroviad keeps."""

import tempfile
from pathlib import Path

from .sampling import Row, Samples, p50s, p99s
from .service import Service
from .volume import EVENT_COLUMNS

# How long a reader waits before it looks by itself: EventLogLimits.tailPollInterval.
POLL_MICROSECONDS = 500_000
# Few enough that the report is idle between two.
LONE_PER_SECOND = 20


class Following:
    def __init__(self, database, empty, programs, size, state):
        self.database = database
        self.empty = empty
        self.programs = programs
        self.size = size
        self.state = state

    def rows(self, clinic, rate, commit):
        """`rate` is half of what P1 found, `commit` what an append takes at that rate while nobody follows."""
        name = "bench_following"
        there = self.empty.clone_as(name)
        self.copy_clinic(clinic, there)
        programs = self.programs.of(name)
        # There before the service starts, which looks for new ones every few seconds.
        tenants = iter(there.run(f"""
            INSERT INTO event_log.tenants (tenant_id, name)
            SELECT gen_random_uuid(), 'bench-' || n FROM generate_series(1, {2 * self.size.rounds}) n
            RETURNING tenant_id""").split())

        def follow(**how):
            return programs.bench("follow", next(tenants), source=clinic, seconds=self.size.seconds * 2, **how)

        try:
            with Service(programs, self.state):
                heard = [follow(rate=rate) for _ in range(self.size.rounds)]
                unheard = [follow(rate=LONE_PER_SECOND, unheard=True) for _ in range(self.size.rounds)]
        finally:
            self.empty.drop(name)
        return rows(rate, commit, heard, unheard)

    def copy_clinic(self, clinic, there):
        there.run(f"INSERT INTO event_log.tenants (tenant_id, name) VALUES ('{clinic}', 'bench-source')")
        columns = f"tenant_id, position, stream_id, version, {EVENT_COLUMNS}, payload"
        with tempfile.TemporaryDirectory() as directory:
            file = Path(directory) / "events"
            self.database.run(
                f"\\copy (SELECT {columns} FROM event_log.events WHERE tenant_id = '{clinic}')"
                f" TO '{file}' (FORMAT binary)")
            there.run(f"\\copy event_log.events ({columns}) FROM '{file}' (FORMAT binary)")
        there.settle()


def rows(rate, commit, heard, unheard):
    reached = min(sample["append"]["perSecond"] for sample in heard)
    note = f"an append took {p50s([sample['append'] for sample in heard]).median:,.0f} µs meanwhile"
    if reached < 0.9 * rate:
        note += f", and {reached:,.0f} a second were reached"
    visible = [sample["visible"] for sample in heard]
    what = f"commit to the report, {rate:,} events a second"
    return [
        Row("", f"{what}, p50", "µs", p50s(visible), "append, open loop, p50", commit, None, less_is_better=True),
        Row("P9", f"{what}, p99", "µs", p99s(visible), "append, open loop, p50", commit, 10.0,
            less_is_better=True, note=note),
        Row("P9", f"commit to the report, every NOTIFY lost, {LONE_PER_SECOND} events a second, p99", "µs",
            p99s([sample["visible"] for sample in unheard]), "polling interval", Samples([POLL_MICROSECONDS]), 1.0,
            less_is_better=True),
    ]
