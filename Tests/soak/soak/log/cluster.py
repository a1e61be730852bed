"""A PostgreSQL with one log, to be killed and to run full."""

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from ..checks import Database
from ..stack import SERVICE_ROLE, Postgres, is_running, until

DATABASE = "ferrovia"
ADMINISTRATOR = "ferrovia_admin"
TENANT = "log-soak"
SETTINGS = ("shared_buffers=64MB", "max_connections=40")
GONE_SECONDS_MAX = 60
COMMAND_SECONDS_MAX = 600


def succeed(command, **options):
    answer = subprocess.run(
        command, capture_output=True, text=True, timeout=COMMAND_SECONDS_MAX, stdin=subprocess.DEVNULL, **options
    )
    if answer.returncode != 0:
        raise RuntimeError(f"{command[0]} {command[1]}: {answer.stderr.strip() or answer.stdout.strip()}")
    return answer.stdout


class Cluster:
    def __init__(self, root, programs, directory):
        self.root = root
        self.programs = programs
        self.directory = directory
        self.socket = None
        self.home = None
        self.postgres = None
        self.tenant = None
        self.disk = None

    def make(self):
        script = str(self.root / "scripts/postgres")
        url = succeed([script, "start", str(self.directory), *SETTINGS]).strip()
        self.socket = parse_qs(urlsplit(url).query)["host"][0]
        administrator = Database(url)
        self.home = Path(administrator.rows("SHOW data_directory;")[0][0]).parent
        self.postgres = Postgres(self.root, self.directory, self.home, SETTINGS)
        administrator.rows(f"CREATE ROLE {SERVICE_ROLE} LOGIN;")
        administrator.rows(f"CREATE DATABASE {DATABASE};")
        own = self.url(ADMINISTRATOR)
        succeed([str(self.programs / "ferrovia"), "migrate", "--database-url", own, "--login-role", SERVICE_ROLE])
        create = ["tenant", "create", TENANT, "--json", "--database-url", own]
        answer = succeed([str(self.programs / "ferrovia"), *create])
        self.tenant = json.loads(answer)["id"]

    def url(self, role, socket=None):
        host = quote(str(socket or self.socket))
        return f"postgresql://{role}@/{DATABASE}?host={host}&sslmode=disable&gssencmode=disable"

    @property
    def database(self):
        return Database(self.url(ADMINISTRATOR))

    @property
    def server(self):
        return f"{self.socket}/.s.PGSQL.5432"

    def file_system(self):
        """Of what kind it is that the cluster lies on."""
        answer = subprocess.run(
            ["stat", "--file-system", "--format", "%T", str(self.home)], capture_output=True, text=True, check=False
        )
        return answer.stdout.strip() or "unknown"

    def verify(self):
        """(clean, events) as `ferrovia verify` sees them, and its own words."""
        answer = subprocess.run(
            [str(self.programs / "ferrovia"), "verify", "--json", "--tenant", TENANT],
            capture_output=True, text=True, timeout=COMMAND_SECONDS_MAX, stdin=subprocess.DEVNULL,
            env={
                **os.environ,
                "FERROVIA_DATABASE_URL": self.url(ADMINISTRATOR),
                "FERROVIA_SITES_FILE": str(self.root / "deploy/config/sites.example.json"),
            },
        )
        try:
            line = json.loads(answer.stdout.splitlines()[-1])
            return answer.returncode == 0 and line["clean"], line["events"], answer.stdout
        except (ValueError, IndexError, KeyError):
            return False, None, (answer.stdout + answer.stderr).strip()

    def processes(self):
        """The postmaster and all that it has started."""
        postmaster = self.postgres.postmaster()
        found = [postmaster]
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue
            if parent == postmaster:
                found.append(int(entry.name))
        return found

    def stop_processes(self):
        """Stops the postmaster, then all that it has started by then; these."""
        self.send(signal.SIGSTOP, [self.postgres.postmaster()])
        everything = self.processes()
        self.send(signal.SIGSTOP, everything)
        return everything

    def continue_processes(self, processes):
        self.send(signal.SIGCONT, processes)

    @staticmethod
    def send(number, processes):
        for pid in processes:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue

    async def kill(self, processes, everything):
        """SIGKILL to `processes` at once, and waits until `everything` has ended: what belongs to a postmaster
        that was killed alone ends by itself."""
        self.send(signal.SIGKILL, processes)

        async def gone():
            return not any(map(is_running, everything))

        await until(gone, GONE_SECONDS_MAX, "the killed processes are gone")
        return processes[0]

    def is_up(self):
        try:
            return is_running(self.postgres.postmaster())
        except (OSError, RuntimeError, ValueError, IndexError):
            return False

    def stop(self, mode="immediate"):
        if self.home:
            succeed([str(self.root / "scripts/postgres"), "stop", str(self.directory), mode])

    def clean_up(self):
        try:
            self.stop()
        finally:
            if self.disk:
                subprocess.run(["umount", "--lazy", str(self.disk)], check=False)
            if self.home:
                shutil.rmtree(self.home, ignore_errors=True)

    def words(self, severity):
        """How often PostgreSQL has said this."""
        log = self.home / "postgres.log"
        return log.read_text(errors="replace").count(f"{severity}:  ")

    async def start_again(self, killed=-1):
        await self.postgres.start_again(killed)

    # --- A small disk -------------------------------------------------------------------------------

    def move_to_small_disk(self, part, spare_bytes, room_bytes):
        """Puts `data` or `data/pg_wal` on a disk of its own, which is full after `room_bytes` more; `spare_bytes`
        can be made free by make_room. The server must be down. OSError: nothing may be mounted here."""
        data = self.home / "data"
        wal = data / "pg_wal"
        if part == "data":
            self.move(wal, self.home / "wal")
        place = self.home / part if part == "data" else wal
        used = int(succeed(["du", "--summarize", "--block-size=1", str(place)]).split()[0])
        disk = self.home / "disk"
        owner = data.stat()
        disk.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={used + spare_bytes + room_bytes},mode=0700", "tmpfs", str(disk)],
            capture_output=True, text=True, check=False,
        )
        if mounted.returncode != 0:
            raise PermissionError("mount: " + mounted.stderr.partition("\n")[0].rpartition(": ")[2])
        self.disk = disk
        os.chown(disk, owner.st_uid, owner.st_gid)
        self.move(place, disk / place.name)
        with open(disk / "ballast", "wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, spare_bytes)

    @staticmethod
    def move(place, target):
        succeed(["cp", "--archive", str(place), str(target)])
        shutil.rmtree(place)
        place.symlink_to(target)

    def make_room(self):
        (self.disk / "ballast").unlink()

    def free_bytes(self):
        status = os.statvfs(self.disk)
        return status.f_bavail * status.f_frsize
