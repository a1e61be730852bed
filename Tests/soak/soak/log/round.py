"""One round: a cluster of its own, the load, what is done to it, and the look at all of it afterwards."""

import asyncio
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from .. import taken
from ..checks import Checks, schema_findings
from .cluster import Cluster
from .history import History
from .load import Load
from .parts import KINDS
from .proxy import Proxy

ROUND_SECONDS_MAX = 900
STORED = """SELECT coalesce(c.command_id, e.command_id), coalesce(e.stream_id, c.stream_id), coalesce(e.version, 0),
  coalesce(e.position, 0)
FROM event_log.commands c FULL JOIN event_log.events e USING (tenant_id, command_id)
WHERE tenant_id = '{tenant}';"""
# As no role of the service can, and as a disk does that loses a page.
LOSE = """BEGIN; ALTER TABLE event_log.events DISABLE TRIGGER USER;
DELETE FROM event_log.events WHERE tenant_id = '{tenant}' AND position = {position};
ALTER TABLE event_log.events ENABLE TRIGGER USER; COMMIT;"""


def log(text):
    print(text, file=sys.stderr, flush=True)


class Skipped(Exception):
    """Why a round cannot be played here."""


class Round:
    def __init__(self, options, name, kind, number, count):
        self.name = name
        self.kind = kind
        self.seed = f"{options.seed}/{name}"
        self.options = options
        self.chance = random.Random(self.seed)
        self.is_first = number == 1
        self.checks = Checks(log)
        self.directory = Path(tempfile.mkdtemp(prefix="ferrovia-soak-log."))
        self.cluster = Cluster(options.root, options.programs, self.directory)
        self.load = Load(options.programs / "LogLoad", options.tasks, self.directory / "load.log")
        self.proxy = None
        self.count = count

    async def play(self):
        try:
            return await asyncio.wait_for(self.run(), ROUND_SECONDS_MAX)
        except Skipped:
            raise
        except BaseException:
            self.keep_logs()
            raise
        finally:
            self.load.kill()
            if self.proxy:
                await self.proxy.close()
            self.cluster.clean_up()
            shutil.rmtree(self.directory, ignore_errors=True)

    async def run(self):
        begun = time.monotonic()
        self.cluster.make()
        self.proxy = Proxy(self.directory / "proxy", self.cluster.server)
        part = KINDS[self.kind](self.name, self.count, self.cluster, self.load, self.proxy, self.chance)
        try:
            await part.before()
        except PermissionError as error:
            raise Skipped(f"nothing can be mounted here: {error}") from error
        await self.proxy.open()
        url = self.cluster.url("ferrovia_service", self.proxy.directory)
        await self.load.start(url, self.cluster.tenant, self.chance.getrandbits(63))
        await part.run()
        status = await self.load.stop()
        self.checks.add(
            "the program brought everything to its end", [] if status == 0 else [f"exit status {status}"]
        )
        part.judge()
        for check, problems in part.findings:
            self.checks.add(check, problems)
        history = self.look()
        result = self.result(part, history, time.monotonic() - begun)
        if not all(check["passed"] for check in self.checks.results):
            self.keep_logs()
        return result

    def history(self):
        rows = self.cluster.database.rows(STORED.format(tenant=self.cluster.tenant))
        stored = [(command, stream, int(version), int(position)) for command, stream, version, position in rows]
        return History(self.load.sent, self.load.told, stored)

    def look(self):
        self.checks.add("no answer but `appended`, `duplicate` and the errors of the log", self.load.odd)
        history = self.history()
        for name, problems in history.findings():
            self.checks.add(name, problems)
        self.checks.add(
            "psql: the schema's own checks find nothing",
            schema_findings(self.cluster.database, self.options.root),
        )
        clean, events, words = self.cluster.verify()
        self.checks.add(
            "ferrovia verify is clean",
            [] if clean and events == len(history.stored) else [words],
        )
        self.checks.add("histories that are wrong on purpose are found out", history.undetected())
        if self.is_first:
            self.lose_one(history)
        return history

    def lose_one(self, history):
        """The last thing that is done to a cluster: an event is taken out of it."""
        position = self.chance.randint(1, len(history.stored))
        self.cluster.database.rows(LOSE.format(tenant=self.cluster.tenant, position=position))
        found = {
            "the history": any(list(problems) for _, problems in self.history().findings()),
            "the schema's checks": any(schema_findings(self.cluster.database, self.options.root)),
            "verify": not self.cluster.verify()[0],
        }
        self.checks.add(
            "an event deleted on purpose is found missing: by psql, the schema's checks, and verify",
            [f"not by {who}" for who, has_found in found.items() if not has_found],
        )

    def result(self, part, history, seconds):
        firsts = {}
        for command, *_, how in self.load.told:
            firsts.setdefault(command, how)
        doubtful = {c for commands in self.proxy.doubtful for c in commands}
        return {
            "name": self.name,
            "kind": self.kind,
            "seed": self.seed,
            **taken.stamp(),
            "seconds": round(seconds, 1),
            "fileSystem": self.cluster.file_system(),
            "tasks": self.load.tasks,
            "events": len(history.stored),
            "acknowledged": len(firsts),
            "answers": len(self.load.told),
            "failures": dict(self.load.failures),
            "states": dict(self.proxy.states),
            "doubtfulAppends": sum(map(bool, self.proxy.doubtful)),
            "doubtfulCommands": len(doubtful),
            "doubtfulWritten": sum(firsts.get(command) == "duplicate" for command in doubtful),
            **part.figures,
            "checks": self.checks.results,
        }

    def keep_logs(self):
        kept = self.options.directory / f"failed-{self.name}"
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        for path in (self.directory / "load.log", (self.cluster.home or self.directory) / "postgres.log"):
            if path.exists():
                shutil.copy(path, kept)
        log(f"  The logs of {self.name} are in {kept}.")
