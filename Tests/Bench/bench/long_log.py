"""P6: appends on logs of different lengths, each in a database of its own beside as many plain rows."""

from .plain import PlainInserts
from .programs import Pgbench
from .sampling import Row, a_b_a, middle, rates
from .volume import filled_log

SHORT = 100_000


class LongLogs:
    def __init__(self, empty, programs, size):
        self.empty = empty
        self.programs = programs
        self.size = size
        # Each length is sampled twice: against plain rows, and against each other.
        self.seconds = max(1, size.seconds // 2)
        # Rate and p99 by events stored, for the plot.
        self.curves = {"pgbench": {}, "Ferrovia": {}}

    def filled(self, stored):
        """The database's name, the tenant's id, and pgbench there."""
        name = f"bench_stored_{stored}"
        database = self.empty.clone_as(name)
        tenant = filled_log(database, "bench-stored", stored)
        return name, tenant, PlainInserts(Pgbench(database.url), self.seconds)

    def append(self, name, tenant):
        return self.programs.of(name).bench("append", tenant, clients=64, seconds=self.seconds)

    def rows(self):
        names, rows = {}, []
        for stored in sorted({*self.size.stored, SHORT}):
            name, tenant, plain = self.filled(stored)
            names[stored] = name, tenant
            base, ours = a_b_a(
                self.size.rounds, lambda: plain.sample(64), lambda: self.append(name, tenant))
            self.curves["pgbench"][stored] = middle(base)
            self.curves["Ferrovia"][stored] = middle(ours)
            rows.append(Row("", f"append, 64 clients, {stored:,} events stored", "/s", rates(ours),
                            "plain INSERT, as many rows stored", rates(base), None))
        longest = max(names)
        base, ours = a_b_a(
            self.size.rounds, lambda: self.append(*names[SHORT]), lambda: self.append(*names[longest]))
        for name, _ in names.values():
            self.empty.drop(name)
        rows.append(Row("P6", f"append, 64 clients, {longest:,} events stored", "/s", rates(ours),
                        f"{SHORT:,} stored", rates(base), 0.9))
        return rows
