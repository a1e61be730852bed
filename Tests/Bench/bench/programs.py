"""The programs that do the work: psql, pgbench, wrk, and ours."""

import json
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.stdout


def other_database(url, name):
    """The same server and login, another database."""
    return re.sub(r"/[^/?]+\?", f"/{name}?", url, count=1)


class Database:
    """The administrator's psql."""

    def __init__(self, url):
        self.url = url

    def run(self, sql):
        return run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", self.url], input=sql)

    def value(self, sql):
        return self.run(sql).strip()

    def clone_as(self, name):
        """Another database of the server with all that is in this one, to which nobody else may be connected."""
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{self.value("SELECT current_database()")}"')
        return Database(other_database(self.url, name))

    def drop(self, name):
        self.run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def settle(self):
        """Statistics and visibility as they are in the long run, nothing left over to write."""
        self.run("VACUUM ANALYZE; CHECKPOINT;")


class Pgbench:
    """Prepared statements of one script; rate and latencies."""

    def __init__(self, url):
        self.url = url

    def sample(self, script, clients, seconds, variables=None):
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "script.sql"
            path.write_text(script)
            options = [f"-D{name}={value}" for name, value in (variables or {}).items()]
            output = run(
                ["pgbench", "-n", "-Mprepared", f"-f{path}", f"-c{clients}", f"-j{min(clients, os.cpu_count())}",
                 f"-T{seconds}", "-l", f"--log-prefix={directory}/log", *options, self.url])
            taken = sorted(
                int(line.split()[2]) for log in Path(directory).glob("log*") for line in open(log))
        return {
            "perSecond": float(re.search(r"tps = ([0-9.]+)", output).group(1)),
            "p50Microseconds": taken[len(taken) // 2],
            "p99Microseconds": taken[max(0, (len(taken) * 99 + 99) // 100 - 1)],
        }


class Programs:
    """ferrovia-bench, ferrovia and ferroviad of one build."""

    def __init__(self, directory, url):
        self.directory = Path(directory)
        self.url = url

    def of(self, name):
        """The same programs on another database of the server."""
        return Programs(self.directory, other_database(self.url, name))

    def bench(self, verb, tenant, **options):
        arguments = [
            f"--{name.replace('_', '-')}" + ("" if value is True else f"={value}") for name, value in options.items()]
        return json.loads(
            run([self.directory / "ferrovia-bench", verb, f"--database-url={self.url}", f"--tenant={tenant}", *arguments]))

    def decide(self, question, events, seconds):
        """The rules alone: no server is asked."""
        return json.loads(run(
            [self.directory / "ferrovia-bench", "decide", f"--question={question}", f"--events={events}",
             f"--seconds={seconds}"]))

    def cli(self, *arguments):
        """Seconds it took and the most memory it held, KiB."""
        command = [self.directory / "ferrovia", *arguments]
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        problem = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"ferrovia {arguments[0]} ended with {process.returncode}: {problem.strip()[-500:]}")
        return time.perf_counter() - begin, usage.ru_maxrss


def wrk(script, connections, seconds, url, token):
    output = run(
        ["wrk", f"-c{connections}", "-t1", f"-d{seconds}s", "--latency", "-s", script, url],
        env={**os.environ, "BENCH_TOKEN": token})
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    unit = {"us": 1, "ms": 1e3, "s": 1e6}
    slow = re.search(r"99%\s+([0-9.]+)(us|ms|s)", output)
    return {
        "perSecond": float(re.search(r"Requests/sec:\s+([0-9.]+)", output).group(1)),
        "p99Microseconds": round(float(slow.group(1)) * unit[slow.group(2)]),
        "failed": int(failed.group(1)) if failed else 0,
    }


