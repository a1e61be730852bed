"""Plays one round against the processes that scripts/soak prepared, and writes down what came of it."""

import argparse
import asyncio
import base64
import json
import os
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from . import taken
from .audit import Audit
from .checks import Database
from .client import Client
from .stack import Postgres, Service
from .storm import Storm
from .workload import Workload

SITE = "boston"
START_SECONDS_MAX = 120


@dataclass
class Cli:
    program: str
    tenant: str


def log(text):
    print(text, file=sys.stderr, flush=True)


def tenant_of(token):
    """The claim `tenant`; reading it is the client's right, checking it is not its job."""
    claims = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["tenant"]


def summary(options, storm, audit, seconds):
    endings = storm.endings.values()
    accepted = sum(ending.is_accepted for ending in endings)
    return {
        "round": options.round,
        "seed": options.seed,
        **taken.stamp(),
        "commands": len(storm.workload.commands),
        "kinds": dict(Counter(command.kind for command in storm.workload.commands)),
        "connections": options.connections,
        "sentTwice": sum(command.sent_twice for command in storm.workload.commands),
        "accepted": accepted,
        "refused": dict(sorted(storm.refusals().items())),
        "events": audit.events,
        "requests": sum(ending.attempts for ending in endings),
        "told": dict(sorted(storm.client.told.items())),
        "answersLost": sum(storm.client.lost.values()),
        "lostAs": dict(sorted(storm.client.lost.items())),
        "writtenThoughLost": audit.written_though_lost,
        "crashes": [
            {
                "what": crash.what,
                "afterCommands": crash.ended,
                "acknowledgedBefore": crash.accepted,
                "onTheirWay": crash.in_flight,
                "answersLost": crash.answers_lost,
                "secondsDown": crash.seconds_down,
            }
            for crash in storm.crashes
        ],
        "stormSeconds": round(seconds, 1),
        "checks": audit.checks.results,
    }


async def play(options):
    # scripts/soak stops us so; what we started is to be stopped then too.
    task = asyncio.current_task()
    asyncio.get_running_loop().add_signal_handler(
        signal.SIGTERM, lambda: (log("  SIGTERM"), task.cancel())
    )
    root = Path(os.environ["ROOT"])
    token = Path(options.state, "token").read_text().strip()
    port = os.environ["FERROVIA_HTTP_PORT"]
    seed = f"{options.seed}/{options.round}"
    workload = Workload(
        seed, options.commands, options.connections, SITE, datetime.now(timezone.utc)
    )
    service = Service(f"{options.programs}/ferroviad", f"{options.state}/logs/ferroviad.log")
    postgres = Postgres(root, options.cluster_directory, options.cluster_home)
    client = Client(f"http://127.0.0.1:{port}", token, options.connections)
    service.start()
    try:
        await asyncio.wait_for(client.wait_until_well(), START_SECONDS_MAX)
        storm = Storm(workload, client, service, postgres, options.connections, log)
        started = time.monotonic()
        await storm.run()
        seconds = time.monotonic() - started
        audit = Audit(
            storm, tenant_of(token), Database(os.environ["SOAK_ADMINISTRATOR_URL"]),
            Cli(f"{options.programs}/ferrovia", options.tenant), root, log,
        )
        await audit.run()
        return summary(options, storm, audit, seconds)
    finally:
        await client.close()
        service.stop()


def main():
    parser = argparse.ArgumentParser()
    for name in ("--seed", "--state", "--programs", "--cluster-directory", "--cluster-home", "--tenant", "--output"):
        parser.add_argument(name, required=True)
    for name in ("--round", "--commands", "--connections", "--seconds-max"):
        parser.add_argument(name, type=int, required=True)
    options = parser.parse_args()
    try:
        result = asyncio.run(asyncio.wait_for(play(options), options.seconds_max))
    except asyncio.TimeoutError:
        sys.exit(f"round {options.round} did not end within {options.seconds_max} s")
    except asyncio.CancelledError:
        traceback.print_exc()
        sys.exit(f"round {options.round} was stopped")
    Path(options.output).write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
