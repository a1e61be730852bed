"""`ferrovia whatif` on logs of different lengths: it reads a log once, so its rate is the same on all of them."""

import os
import tempfile
from pathlib import Path

from .programs import run
from .sampling import Row, a_b_a, rates

# Half of what a patient of the generated clinic comes to: a clinic with fewer patients could run out of them.
EVENTS_A_PATIENT = 20
CLIENTS = 64
# For so long the shorter clinic is played: some ten thousand events.
SHORT_SECONDS = 2
# Another number for one gate: few answers differ, so that the printing is not what is measured.
CHANGE = ("value: 7 d\n    accepted: 0 to 14\n    meaning: how long the answer",
          "value: 5 d\n    accepted: 0 to 14\n    meaning: how long the answer")


class AskedAgain:
    """`measures` makes the tenants."""

    def __init__(self, measures):
        self.measures = measures
        self.programs = measures.programs

    def events(self, tenant):
        return int(self.measures.database.value(
            f"SELECT coalesce(max(position), 0) FROM event_log.events WHERE tenant_id = '{tenant}'"))

    def clinic(self, name, events, seconds):
        """The tenant of a clinic that was played for so long, with patients enough for so many events."""
        tenant = self.measures.new_tenant(name)
        self.programs.bench("command", tenant, clients=CLIENTS, seconds=seconds,
                            patients=max(1_000, events // EVENTS_A_PATIENT))
        return self.events(tenant)

    def other_pathways(self, directory):
        shipped = run([self.programs.directory / "ferrovia", "pathways", "show"])
        if CHANGE[0] not in shipped:
            raise RuntimeError("the pathways have no such number to change")
        path = Path(directory) / "pathways.yaml"
        path.write_text(shipped.replace(*CHANGE))
        return path

    def rows(self):
        # How fast the clinic is played says how long it takes to make one of a given length.
        short = self.clinic("bench-asked-short", self.measures.size.asked, SHORT_SECONDS)
        seconds = round(self.measures.size.asked / short * SHORT_SECONDS)
        long = self.clinic("bench-asked-long", self.measures.size.asked, max(SHORT_SECONDS + 1, seconds))
        self.measures.new_tenant("bench-asked-none")
        self.measures.database.settle()
        with tempfile.TemporaryDirectory() as directory:
            path = self.other_pathways(directory)

            def taken(name):
                seconds, _ = self.programs.cli("whatif", "--tenant", name, "--pathways", os.fspath(path), "--json")
                return seconds

            # What it takes to begin is not the log's.
            start = min(taken("bench-asked-none") for _ in range(3))

            def rate(name, count):
                return {"perSecond": count / max(taken(name) - start, 0.001)}

            base, ours = a_b_a(
                self.measures.size.rounds,
                lambda: rate("bench-asked-short", short), lambda: rate("bench-asked-long", long))
        return [Row("", f"whatif, {long:,} events", "/s", rates(ours), f"{short:,} events", rates(base), 0.9)]
