"""The processes under test: PostgreSQL's postmaster and ferroviad. They die by SIGKILL."""

import asyncio
import os
import signal
import subprocess
from pathlib import Path

SERVICE_ROLE = "ferrovia_service"
READY_POLL_SECONDS = 0.05
GONE_SECONDS_MAX = 60
START_SECONDS_MAX = 180


async def until(condition, seconds, what, poll_seconds=READY_POLL_SECONDS):
    """Waits for a condition, not for a while."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while not await condition():
        if loop.time() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} s")
        await asyncio.sleep(poll_seconds)


def is_running(pid):
    """A zombie that nobody has reaped yet runs no more."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


class Postgres:
    def __init__(self, root, directory, home, settings=()):
        self.root = root
        self.directory = directory
        self.settings = settings
        self.data = Path(home) / "data"

    def postmaster(self):
        """Its pid, asked of the process table: a file may be left from before."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        if os.readlink(f"/proc/{pid}/cwd") != str(self.data.resolve()):
            raise RuntimeError("postmaster.pid names a process that is not our postmaster")
        return pid

    def kill(self):
        pid = self.postmaster()
        os.kill(pid, signal.SIGKILL)
        return pid

    def kill_backend(self, chance):
        """One of the processes that work for the service. PostgreSQL ends all of them then, since their
        shared memory may be torn, and recovers; its postmaster stays."""
        postmaster = self.postmaster()
        backends = []
        for entry in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                title = (entry / "cmdline").read_bytes().decode(errors="replace").strip("\0 ")
            except (OSError, ValueError):
                continue
            if parent == postmaster and title.startswith(f"postgres: {SERVICE_ROLE} "):
                backends.append((int(entry.name), title))
        busy = [pid for pid, title in backends if not title.endswith("idle")]
        os.kill(chance.choice(busy or [pid for pid, _ in backends]), signal.SIGKILL)

    async def start_again(self, pid):
        async def gone():
            return not is_running(pid)

        await until(gone, GONE_SECONDS_MAX, "the killed postmaster is gone")
        process = await asyncio.create_subprocess_exec(
            str(self.root / "scripts/postgres"), "start", str(self.directory), *self.settings,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        starting = asyncio.ensure_future(process.communicate())
        try:
            _, errors = await asyncio.wait_for(asyncio.shield(starting), START_SECONDS_MAX)
        except asyncio.CancelledError:
            # Only what has started can be stopped.
            await starting
            raise
        if process.returncode != 0:
            raise RuntimeError(f"PostgreSQL does not start again: {errors.decode().strip()}")


class Service:
    def __init__(self, program, log, environment=None):
        self.program = program
        self.log = log
        self.environment = environment
        self.process = None

    def start(self):
        with open(self.log, "ab") as log:
            # Whatever ends us ends it too: nothing is left running behind a soak.
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", self.program], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, env=self.environment,
            )

    def kill(self):
        self.process.send_signal(signal.SIGKILL)

    def status(self):
        """Waits for its end; −9 if it was alive until it was killed."""
        return self.process.wait(GONE_SECONDS_MAX)

    def ended_by_itself(self):
        return self.process.poll() is not None

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(GONE_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
