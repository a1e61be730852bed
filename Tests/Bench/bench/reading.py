"""What is asked at a screen (P8) and what the rules take, against one row by its key; each by one client."""

import tempfile
from pathlib import Path

from .desk import american_site
from .sampling import Row, a_b_a, p50s, p99s
from .volume import BOOKED_CHAIRS, book_chairs, widen_queue

SCHEMA = """
CREATE TABLE plain.patients (id bigint PRIMARY KEY, filler text);
INSERT INTO plain.patients SELECT n, repeat('x', 100) FROM generate_series(1, {rows}) n;
GRANT USAGE ON SCHEMA plain TO PUBLIC;
GRANT SELECT ON plain.patients TO PUBLIC;
"""
# How far back "a past instant" lies, as a part of the log: a few days in a year of a clinic, and half of it.
PASTS = (0.01, 0.5)
# Of the patient about whom is decided.
HISTORY_EVENTS = 500


class Reading:
    def __init__(self, database, programs, size, clinic):
        self.database = database
        self.programs = programs
        self.size = size
        self.clinic = clinic
        # One client needs less time for as many answers.
        self.seconds = max(1, size.seconds // 2)

    def rows(self):
        with tempfile.TemporaryDirectory() as directory:
            rechecks = Path(directory) / "rechecks"
            rechecks.write_text(self.database.run(
                "SELECT patient_id || ' ' || rule || ' ' || anchor_version FROM infusion.recheck_queue"
                f" WHERE tenant_id = '{self.clinic}' ORDER BY random() LIMIT 5000"))
            patients = widen_queue(self.database, self.clinic, self.size.reading_patients)
            self.database.run(SCHEMA.format(rows=patients))
            self.database.settle()
            on = self.database.value(
                f"SELECT max(effective_at)::date FROM event_log.events WHERE tenant_id = '{self.clinic}'")
            page = f"page of 50 of the queue, {patients:,} patients"
            rows = [self.row(page, 4.0, question="queue", on=on)]
            rows += [
                self.row(f"the same as {past:.0%} of the log ago", 6.0, question="queue", past=past, on=on)
                for past in PASTS]
            rows.append(self.row("why a recheck is due", 4.0, question="why", rechecks=rechecks, on=on))
            rows.append(self.openings(Path(directory), on))
            rows += [
                self.against_a_key(
                    "", f"decide {what}, {HISTORY_EVENTS} events", 1.0,
                    lambda question=question: self.programs.decide(question, HISTORY_EVENTS, self.seconds))
                for question, what in (("order", "an order"), ("start", "the start of a dose, every gate"))]
        return rows

    def row(self, what, goal, **question):
        return self.against_a_key(
            "P8", what, goal, lambda: self.programs.bench("read", self.clinic, seconds=self.seconds, **question))

    def openings(self, directory, on):
        """Openings of 90 dates for an order, at a site booked to 85 %; the slowest of a hundred."""
        site = american_site()
        name = self.database.value(f"SELECT name FROM event_log.tenants WHERE tenant_id = '{self.clinic}'")
        orders = directory / "orders"
        orders.write_text(self.database.run(
            "SELECT id FROM infusion.subject_references"
            f" WHERE tenant_id = '{self.clinic}' AND kind = 'order' ORDER BY opened_position DESC LIMIT 5000"))
        booked = book_chairs(self.database, self.programs, self.clinic, name, site, on, directory)
        self.database.settle()
        base, ours = a_b_a(
            self.size.rounds,
            lambda: self.programs.bench(
                "read", self.clinic, seconds=self.seconds, question="key", on="2026-01-01"),
            lambda: self.programs.bench(
                "read", self.clinic, seconds=self.seconds, question="openings", on=on, site=site["id"],
                orders=orders))
        return Row("", f"openings, 90 days, {BOOKED_CHAIRS} chairs at {booked:.0%}, p99", "µs", p99s(ours),
                   "SELECT by primary key, p99", p99s(base), 100.0, less_is_better=True)

    def against_a_key(self, goal_id, what, goal, sample):
        base, ours = a_b_a(
            self.size.rounds,
            lambda: self.programs.bench(
                "read", self.clinic, seconds=self.seconds, question="key", on="2026-01-01"), sample)
        return Row(goal_id, f"{what}, p50", "µs", p50s(ours), "SELECT by primary key, p50", p50s(base), goal,
                   less_is_better=True)
