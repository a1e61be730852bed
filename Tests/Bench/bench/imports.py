"""P10: `ferrovia import log`, from its start, against COPY of the same events into a table with the same keys."""

import hashlib
import json
import os
import re
import tempfile
import time
import uuid
from pathlib import Path

from .programs import run
from .sampling import Row, Samples, a_b_a

SCHEMA = """
CREATE SCHEMA IF NOT EXISTS plain;
DROP TABLE IF EXISTS plain.imported;
CREATE TABLE plain.imported (
  LIKE event_log.events INCLUDING COMPRESSION,
  PRIMARY KEY (tenant_id, position), UNIQUE (tenant_id, stream_id, version));
"""
EVENTS = {"quick": 20_000, "full": 200_000}
ID = re.compile(rb"([0-9a-f]{8})-[0-9a-f]{4}-([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
CHAIR = rb'\"chair\":\"'
NUMBER = re.compile(rb'"(position|head|causation|recordedAt)":(\d+)')


def copied(source, target, events):
    """The export `source` as often as it takes: other ids, later positions, times that go on. Returns how many."""
    lines = [line for line in source.read_bytes().splitlines() if line.startswith((b'{"position"', b'{"command"'))]
    times = [int(re.search(rb'"recordedAt":(\d+)', line).group(1)) for line in lines]
    has, span = sum(line.startswith(b'{"position"') for line in lines), max(times) - min(times) + 1
    copies = -(-events // has)
    header = json.loads(source.open().readline())
    digest, written = hashlib.sha256(), 0
    with target.open("wb") as file:

        def write(line):
            nonlocal written
            digest.update(line + b"\n")
            written += 1
            file.write(line + b"\n")

        write(json.dumps({**header, "head": copies * has}).encode())
        for copy in range(copies):
            group = rb"\g<1>-%04x-\g<2>" % copy
            # The last copy has the times of the source, so that none lies in the future.
            shift = {b"recordedAt": (copy + 1 - copies) * span}

            def moved(match, copy=copy, shift=shift):
                return b'"%s":%d' % (match[1], int(match[2]) + shift.get(match[1], copy * has))

            # Two copies of a visit do not fit on one chair.
            for line in lines:
                line = line.replace(CHAIR, CHAIR + b"%d-" % copy)
                write(NUMBER.sub(moved, ID.sub(group, line)))
        end = {"end": copies * has, "lines": written, "sha256": digest.hexdigest()}
        # The end line is known by how it begins.
        file.write(json.dumps(end, separators=(",", ":")).encode() + b"\n")
    return copies * has


def imports(measures, events=None):
    """P10; goes on from the clinic that the measure of commands has left behind."""
    database, programs = measures.database, measures.programs
    events = events or (EVENTS["quick"] if measures.size.rounds == 1 else EVENTS["full"])
    database.run(SCHEMA)
    ferrovia = programs.directory / "ferrovia"
    environment = {**os.environ, "FERROVIA_DATABASE_URL": programs.url, "FERROVIA_ADMIN_DATABASE_URL": database.url}
    name = database.value(f"SELECT name FROM event_log.tenants WHERE tenant_id = '{measures.clinic}'")
    taken = []
    with tempfile.TemporaryDirectory() as directory:
        source, log, binary = (Path(directory) / part for part in ("source", "log.ndjson", "events.binary"))
        source.write_text(run([ferrovia, "export", "--tenant", name], env=environment))
        count = copied(source, log, events)

        def ours():
            tenant = f"bench-import-{uuid.uuid4().hex[:8]}"
            run([ferrovia, "tenant", "create", tenant], env=environment)
            database.settle()
            begin = time.perf_counter()
            answer = json.loads(run([ferrovia, "import", "log", "--tenant", tenant, "--json", log], env=environment))
            # From the program's start, the digest of the file before the first batch included.
            whole = time.perf_counter() - begin
            taken.append(whole)
            tenant_id = database.value(f"SELECT tenant_id FROM event_log.tenants WHERE name = '{tenant}'")
            if not binary.exists():
                database.run(
                    f"\\copy (SELECT * FROM event_log.events WHERE tenant_id = '{tenant_id}' ORDER BY position)"
                    f" TO '{binary}' (FORMAT binary)")
            return {"perSecond": count / (whole - answer["rebuildingMilliseconds"] / 1000)}

        def copy_in():
            database.run("TRUNCATE plain.imported")
            database.settle()
            begin = time.perf_counter()
            database.run(f"\\copy plain.imported FROM '{binary}' (FORMAT binary)")
            return {"perSecond": count / (time.perf_counter() - begin)}

        ours()
        taken.clear()
        base, rates = a_b_a(measures.size.rounds, copy_in, ours)
    whole = [{"perSecond": count / seconds} for seconds in taken]
    return [
        Row("P10", "import of a log, NDJSON", "events/s", samples(rates), "COPY of the same events", samples(base), 0.5),
        Row("", "the same, projections rebuilt and open", "events/s", samples(whole), "COPY of the same events",
            samples(base), None),
    ]


def samples(taken):
    return Samples([sample["perSecond"] for sample in taken])
