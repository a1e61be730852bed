"""LogLoad: the program that appends, and what it says."""

import asyncio
from collections import Counter

READ_BYTES = 64 * 1024
END_SECONDS_MAX = 120


class Load:
    def __init__(self, program, tasks, log):
        self.program = program
        self.tasks = tasks
        self.log = log
        self.process = None
        self.reading = None
        self.sent = {}  # command → (stream, version)
        self.told = []  # (command, stream, version, position, how)
        self.odd = []
        self.failures = Counter()  # by their code
        # Commands that have failed since something was acknowledged.
        self.failed_since = set()
        self.failures_since = Counter()
        self.is_ended = False

    async def start(self, url, tenant, seed):
        with open(self.log, "ab") as errors:
            # Whatever ends us ends its input, and so it.
            self.process = await asyncio.create_subprocess_exec(
                str(self.program), url, tenant, str(self.tasks), str(seed),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=errors,
            )
        self.reading = asyncio.create_task(self.read())

    async def read(self):
        rest = b""
        while data := await self.process.stdout.read(READ_BYTES):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self.note(*line.decode().lower().split())

    def note(self, kind, command, *words):
        if kind == "sent":
            self.sent[command] = (words[0], int(words[1]))
        elif kind == "told":
            stream, version, position, how = words
            self.told.append((command, stream, int(version), int(position), how))
            if self.failed_since:
                self.failed_since = set()
                self.failures_since = Counter()
        elif kind == "fail":
            self.failures[words[0]] += 1
            self.failed_since.add(command)
            self.failures_since[words[0]] += 1
        else:
            self.odd.append(f"{command}: {' '.join([kind, *words])}")

    @property
    def has_ended_by_itself(self):
        return not self.is_ended and self.process.returncode is not None

    async def stop(self):
        """Lets it bring to an end what is under way; its exit status, None if it does not come to an end."""
        if self.has_ended_by_itself:
            return self.process.returncode
        self.is_ended = True
        self.process.stdin.close()
        try:
            status = await asyncio.wait_for(self.process.wait(), END_SECONDS_MAX)
            await self.reading
            return status
        except asyncio.TimeoutError:
            self.kill()
            return None

    def kill(self):
        if self.process and self.process.returncode is None:
            self.is_ended = True
            self.process.kill()
