"""A client as others write it: keeps a key for each command, and asks again where it got no answer."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field

import httpx

from .stack import until

ATTEMPTS_MAX = 100
# A command that was sent to the log is answered when the log answers, however late.
ANSWER_SECONDS_MAX = 120
READY_ANSWER_SECONDS_MAX = 20
READY_SECONDS_MAX = 180
PAGE = 500

# Problems after which the same key may be sent again (docs/errors.md).
TRY_AGAIN = {
    "contended", "overloaded", "store-busy", "store-unavailable", "outcome-unknown", "request-timeout",
    "not-ready",
}
# Of those, the ones that say that the service is not well, and not only busy.
SERVICE_IS_UNWELL = {"store-unavailable", "outcome-unknown", "not-ready"}
# And the ones that promise that nothing was written.
NOTHING_WRITTEN = {"contended", "overloaded", "store-busy", "store-unavailable", "not-ready"}


@dataclass
class Ending:
    """How a command ended: an answer, after how many attempts, and what happened before."""

    status: int
    body: bytes
    replayed: bool
    attempts: int
    # Attempts without an answer that left the outcome open, by what was seen instead.
    lost: list = field(default_factory=list)
    contended: int = 0
    unexpected: list = field(default_factory=list)
    # Whether some attempt was told that nothing was written.
    denied: bool = False

    @property
    def is_accepted(self):
        return self.status in (200, 201)

    @property
    def json(self):
        return json.loads(self.body)


class Client:
    def __init__(self, url, token, connections):
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
        self.http = httpx.AsyncClient(
            base_url=url, limits=limits, timeout=httpx.Timeout(ANSWER_SECONDS_MAX, pool=None),
            headers={"Authorization": f"Bearer {token}"}, trust_env=False,
        )
        # On a connection of its own: the others may all be waiting for their answers.
        self.probe = httpx.AsyncClient(base_url=url, timeout=READY_ANSWER_SECONDS_MAX, trust_env=False)
        self.well = asyncio.Event()
        self.watcher = None
        self.in_flight = 0
        self.lost = Counter()
        self.told = Counter()

    async def close(self):
        if self.watcher:
            self.watcher.cancel()
        await self.http.aclose()
        await self.probe.aclose()

    def doubt(self):
        """Something is wrong: nobody sends until the service says that it is ready."""
        self.well.clear()
        if self.watcher is None or self.watcher.done():
            self.watcher = asyncio.create_task(self.watch())

    async def watch(self):
        async def ready():
            try:
                return (await self.probe.get("/readyz")).status_code == 200
            except httpx.TransportError:
                return False

        await until(ready, READY_SECONDS_MAX, "the service is ready")
        self.well.set()

    async def wait_until_well(self):
        while not self.well.is_set():
            if self.watcher is None or self.watcher.cancelled():
                self.doubt()
            waiting = asyncio.create_task(self.well.wait())
            await asyncio.wait({waiting, self.watcher}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            if self.watcher.done() and not self.watcher.cancelled():
                self.watcher.result()

    async def post(self, command):
        headers = {"Content-Type": "application/json", "Idempotency-Key": command.key}
        self.in_flight += 1
        try:
            return await self.http.post(command.path, content=command.body, headers=headers)
        finally:
            self.in_flight -= 1

    async def send(self, command):
        """Until there is an answer that ends the command: accepted, or refused."""
        lost, unexpected, contended, denied = [], [], 0, False
        for attempt in range(1, ATTEMPTS_MAX + 1):
            await self.wait_until_well()
            try:
                answer = await self.post(command)
            except httpx.ConnectError:
                self.doubt()
                continue
            except httpx.TransportError as error:
                # It may have been done, or not: only the same key can tell.
                lost.append(type(error).__name__)
                self.lost[type(error).__name__] += 1
                self.doubt()
                continue
            if answer.status_code in (200, 201) or 400 <= answer.status_code < 500:
                return Ending(
                    answer.status_code, answer.content,
                    answer.headers.get("Idempotency-Replayed") == "true", attempt, lost, contended,
                    unexpected, denied,
                )
            code = problem_code(answer)
            self.told[code] += 1
            denied = denied or code in NOTHING_WRITTEN
            if answer.status_code != 503 or code not in TRY_AGAIN:
                unexpected.append(f"{answer.status_code} {code}")
            if code == "outcome-unknown":
                lost.append(code)
                self.lost[code] += 1
            if code in SERVICE_IS_UNWELL or answer.status_code != 503:
                self.doubt()
            else:
                contended += 1
                await asyncio.sleep(float(answer.headers.get("Retry-After", "1")))
        raise TimeoutError(f"{command.kind}: no answer in {ATTEMPTS_MAX} attempts")

    async def get(self, path, **parameters):
        answer = await self.http.get(path, params=parameters)
        answer.raise_for_status()
        return answer.json()

    async def feed(self):
        """The tenant's whole feed, page by page."""
        events, after = [], 0
        while True:
            page = await self.get("/v1/events", after=after, limit=PAGE)
            events += page["events"]
            if not page["events"]:
                return events
            after = page["next"]


def problem_code(answer):
    try:
        return answer.json().get("code", "?")
    except ValueError:
        return "not-json"
