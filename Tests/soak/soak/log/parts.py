"""What is done to PostgreSQL while the program appends: it is killed, its answers are cut off, its disk is full."""

import asyncio
import time

from ..stack import until

# The moment of a kill or a cut, after the log serves (again).
KILL_AFTER_SECONDS = (0.02, 0.8)
# Every other kill is aimed: everything is stopped, and killed only if an append is still on its way after so long,
# in which what had been answered has arrived.
STILL_SECONDS = 0.02
APPENDS_BETWEEN_CUTS = (1, 12)
SERVING_SECONDS_MAX = 180
CUT_SECONDS_MAX = 60
FULL_SECONDS_MAX = 300
CALM_SECONDS = 1
MEBIBYTE = 1024 * 1024
SPARE_BYTES = 64 * MEBIBYTE
ROOM_BYTES = {"data": 12 * MEBIBYTE, "wal": 20 * MEBIBYTE}


class Part:
    """One round of one kind: `cluster` serves, `load` is what appends, through `proxy`."""

    def __init__(self, name, count, cluster, load, proxy, chance):
        self.name = name
        self.count = count
        self.cluster = cluster
        self.load = load
        self.proxy = proxy
        self.chance = chance
        self.figures = {}
        self.findings = []  # (check, problems)

    async def before(self):
        """On the cluster, before anything is appended."""

    async def run(self):
        raise NotImplementedError

    def judge(self):
        """When the program has ended."""

    async def serving(self):
        """Waits until something is acknowledged that was not before."""
        told = len(self.load.told)

        async def more():
            if self.load.has_ended_by_itself:
                raise RuntimeError("the program has ended by itself")
            return len(self.load.told) > told

        await until(more, SERVING_SECONDS_MAX, "a command is acknowledged")

    def find(self, check, problems):
        self.findings.append((check, list(problems)))


class Kills(Part):
    async def run(self):
        seconds, idle, missed, of_all = [], 0, 0, 0
        for number in range(self.count):
            await self.serving()
            await asyncio.sleep(self.chance.uniform(*KILL_AFTER_SECONDS))
            is_aimed = number % 2 == 0
            if is_aimed:
                everything = await self.stopped_in_an_append()
            else:
                everything = self.cluster.processes()
            processes = everything if is_aimed or self.chance.random() < 0.5 else everything[:1]
            doubtful = len(self.proxy.doubtful)
            begun = time.monotonic()
            pid = await self.cluster.kill(processes, everything)
            await self.cluster.start_again(pid)
            await self.serving()
            seconds.append(time.monotonic() - begun)
            is_idle = len(self.proxy.doubtful) == doubtful
            idle += is_idle
            missed += is_idle and is_aimed
            of_all += processes is everything
        self.figures = {
            "kills": self.count,
            "killsOfAll": of_all,
            "killsWithNothingInFlight": idle,
            "secondsDown": [round(second, 2) for second in sorted(seconds)],
        }
        # The others may come too late: a backend whose postmaster was killed alone answers once more.
        self.find(
            "every kill that was aimed at an append left it without an answer",
            [f"{missed} did not"] if missed else [],
        )

    async def stopped_in_an_append(self):
        """All processes, stopped while an append is on its way that none of them has answered."""
        while True:
            await until(self.is_under_way, SERVING_SECONDS_MAX, "an append is on its way", 0.0005)
            everything = self.cluster.stop_processes()
            await asyncio.sleep(STILL_SECONDS)
            if await self.is_under_way():
                return everything
            self.cluster.continue_processes(everything)

    async def is_under_way(self):
        return self.proxy.is_append_under_way


class Cuts(Part):
    async def run(self):
        proxy = self.proxy
        proxy.chance = self.chance
        await self.serving()
        while len(proxy.cuts) < self.count:
            done = len(proxy.cuts)
            proxy.appends_to_cut = self.chance.randint(*APPENDS_BETWEEN_CUTS)

            async def cut():
                return len(proxy.cuts) > done

            await until(cut, CUT_SECONDS_MAX, f"cut {done + 1}")
            proxy.appends_to_cut = None
            await self.serving()

    def judge(self):
        """What was cut off had been committed, so its next answer is that of a duplicate."""
        firsts = {}
        for command, *_, how in self.load.told:
            firsts.setdefault(command, how)
        cut = {command for commands in self.proxy.cuts for command in commands}
        self.figures = {"cuts": len(self.proxy.cuts), "commandsCut": len(cut)}
        self.find(
            "every command whose answer was cut off was told afterwards that it had been written",
            [f"{command}: {firsts.get(command)}" for command in cut if firsts.get(command) != "duplicate"],
        )
        self.find("cuts met commands", [] if cut else ["none"])


class Silences(Cuts):
    """The connection stays open and says nothing: the log has to lose patience by itself."""

    async def run(self):
        self.proxy.is_silent = True
        begun = time.monotonic()
        await super().run()
        self.seconds = (time.monotonic() - begun) / self.count

    def judge(self):
        super().judge()
        self.figures = {
            "silences": self.figures["cuts"],
            "commandsCut": self.figures["commandsCut"],
            "secondsPerSilence": round(self.seconds, 1),
        }


class Full(Part):
    """The disk of `data` or of `wal` runs full, stays so until every task was refused, and gets room again."""

    disk = ""
    place = ""
    # Events that may still fit where no new page is to be had.
    fitting_most = 0

    async def before(self):
        self.cluster.stop("fast")
        self.cluster.move_to_small_disk(self.place, SPARE_BYTES, ROOM_BYTES[self.disk])
        await self.cluster.start_again()

    async def run(self):
        load, cluster = self.load, self.cluster
        await self.serving()

        async def full():
            if load.has_ended_by_itself:
                raise RuntimeError("the program has ended by itself")
            return len(load.failed_since) >= load.tasks

        await until(full, FULL_SECONDS_MAX, "every task is refused")
        told = len(load.told)
        codes = dict(load.failures_since)
        await asyncio.sleep(CALM_SECONDS)
        acknowledged = len(load.told) - told
        self.find(
            "while the disk is full no more is acknowledged than the pages it has still hold",
            [f"{acknowledged} were"] if acknowledged > self.fitting_most else [],
        )
        self.figures = {
            "acknowledgedBefore": len({command for command, *_ in load.told}),
            "freeBytes": cluster.free_bytes(),
            "failuresWhenFull": codes,
            "states": dict(self.proxy.states),
            "stopped": not cluster.is_up(),
            "panics": cluster.words("PANIC"),
        }
        self.while_full()
        begun = time.monotonic()
        cluster.make_room()
        if not cluster.is_up():
            await cluster.start_again()
        await self.serving()
        self.figures["secondsToServe"] = round(time.monotonic() - begun, 2)
        await asyncio.sleep(CALM_SECONDS)

    def while_full(self):
        raise NotImplementedError


class DataFull(Full):
    disk, place = "data", "data"
    # A group of few events may find room in pages that the tables and their keys have already: it is written,
    # and rightly acknowledged. What was acknowledged is looked for below.
    fitting_most = 64

    def while_full(self):
        stored = {row[0] for row in self.cluster.database.rows("SELECT command_id FROM event_log.events;")}
        self.find(
            "while the disk is full, what was acknowledged can be read",
            {command for command, *_ in self.load.told} - stored,
        )
        self.find(
            "each was refused as `unavailable`, for SQLSTATE 53100, disk_full",
            [] if set(self.figures["failuresWhenFull"]) == {"unavailable"} and self.figures["states"].get("53100")
            else [f"{self.figures['failuresWhenFull']}, {self.figures['states']}"],
        )
        self.find("PostgreSQL goes on", ["it has stopped"] if self.figures["stopped"] else [])


class WalFull(Full):
    disk, place = "wal", "pg_wal"

    def while_full(self):
        # What is sent again queues behind its orphan. One that does not get out of its last write, while PostgreSQL
        # panics or the disk is slow to say no, holds the tenant's lock for longer than an append waits for it: `busy`.
        # With the data directory full nobody holds it: the append fails in the transaction that asked for the page.
        self.find(
            "each failed as `unavailable`, `busy` or `outcome-unknown`",
            set(self.figures["failuresWhenFull"]) - {"unavailable", "busy", "outcome-unknown"},
        )
        self.find("PostgreSQL has panicked", [] if self.figures["panics"] else ["it has not"])


KINDS = {"kills": Kills, "cuts": Cuts, "silences": Silences, "data-full": DataFull, "wal-full": WalFull}
