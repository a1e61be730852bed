"""One round's storm: all commands at once over many connections, and the crashes in its middle."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass

from .client import Ending

# After which share of the commands each crash comes; the seed moves it by up to the spread.
CRASHES = [("ferroviad", 0.2), ("PostgreSQL", 0.4), ("a backend", 0.6), ("both", 0.8)]
KILLS_SERVICE = {"ferroviad", "both"}
KILLS_POSTMASTER = {"PostgreSQL", "both"}
CRASH_SPREAD = 0.05
# A crash waits for this many requests on their way, so that it hits some.
IN_FLIGHT_MIN = 2


@dataclass
class Crash:
    what: str
    after_commands: int
    ended: int = 0
    accepted: int = 0
    in_flight: int = 0
    # Requests without an answer, or with `outcome-unknown` for one: up to this crash, and from it to
    # the next.
    lost_before: int = 0
    answers_lost: int = 0
    status: int = 0
    seconds_down: float = 0.0
    outlived: bool = True


class Storm:
    def __init__(self, workload, client, service, postgres, connections, log):
        self.workload = workload
        self.client = client
        self.service = service
        self.postgres = postgres
        self.connections = connections
        self.log = log
        self.endings = {}
        self.mixed = []
        self.ended = [asyncio.Event() for _ in workload.commands]
        self.changed = asyncio.Event()
        self.random = random.Random(f"{workload.seed} crashes")
        count = len(workload.commands)
        self.crashes = [
            Crash(what, int(count * (share + self.random.uniform(-CRASH_SPREAD, CRASH_SPREAD))))
            for what, share in CRASHES
        ]

    async def run(self):
        waiting = iter(self.workload.commands)
        workers = [asyncio.create_task(self.work(waiting)) for _ in range(self.connections)]
        tasks = [asyncio.create_task(self.crash_all()), *workers]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()

    async def work(self, waiting):
        for command in waiting:
            for number in command.waits_for:
                await self.ended[number].wait()
            if command.sent_twice:
                ending = self.joined(
                    command,
                    await asyncio.gather(self.client.send(command), self.client.send(command)),
                )
            else:
                ending = await self.client.send(command)
            self.endings[command.number] = ending
            self.ended[command.number].set()
            self.changed.set()

    def joined(self, command, pair):
        """Two answers to one key. Refusals are not stored, so one may be refused and the other, a
        moment later, accepted; but two acceptances are one, byte for byte."""
        first, second = sorted(pair, key=lambda ending: not ending.is_accepted)
        if first.is_accepted and second.is_accepted and first.body != second.body:
            self.mixed.append(command.key)
        return Ending(
            first.status, first.body, first.replayed, first.attempts + second.attempts,
            first.lost + second.lost, first.contended + second.contended,
            first.unexpected + second.unexpected,
            # What one was told, the other may have made untrue in the meantime.
            denied=False,
        )

    async def crash_all(self):
        for crash in self.crashes:
            while (
                len(self.endings) < crash.after_commands or self.client.in_flight < IN_FLIGHT_MIN
            ) and len(self.endings) < len(self.workload.commands):
                self.changed.clear()
                await self.changed.wait()
            await self.crash(crash)
        while len(self.endings) < len(self.workload.commands):
            self.changed.clear()
            await self.changed.wait()
        ends = [crash.lost_before for crash in self.crashes[1:]] + [sum(self.client.lost.values())]
        for crash, end in zip(self.crashes, ends):
            crash.answers_lost = end - crash.lost_before

    async def crash(self, crash):
        loop = asyncio.get_running_loop()
        crash.ended = len(self.endings)
        crash.accepted = sum(ending.is_accepted for ending in self.endings.values())
        crash.in_flight = self.client.in_flight
        crash.lost_before = sum(self.client.lost.values())
        started = loop.time()
        crash.outlived = not self.service.ended_by_itself()
        postmaster = None
        if crash.what in KILLS_SERVICE:
            self.service.kill()
        if crash.what in KILLS_POSTMASTER:
            postmaster = self.postgres.kill()
        elif crash.what not in KILLS_SERVICE:
            self.postgres.kill_backend(self.random)
        if crash.what in KILLS_SERVICE:
            crash.status = await asyncio.to_thread(self.service.status)
        self.client.doubt()
        if postmaster is not None:
            await self.postgres.start_again(postmaster)
        if self.service.ended_by_itself():
            crash.outlived = crash.outlived and crash.what in KILLS_SERVICE
            self.service.start()
        await self.client.wait_until_well()
        crash.seconds_down = round(loop.time() - started, 1)
        self.log(
            f"  kill -9 of {crash.what} after {crash.ended} commands, {crash.in_flight} on their way;"
            f" serving again after {crash.seconds_down} s"
        )

    def refusals(self):
        codes = Counter()
        for ending in self.endings.values():
            if not ending.is_accepted:
                codes[ending.json.get("code", "?")] += 1
        return codes
