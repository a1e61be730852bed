"""The baseline of appends: an INSERT that checks nothing, with the keys and the payload that ours has."""

PAYLOAD_BYTES = 614
EVENTS_PER_STREAM = 20

SCHEMA = """
CREATE SCHEMA IF NOT EXISTS plain;
CREATE TABLE IF NOT EXISTS plain.events (
  stream bigint, version bigint, position bigserial UNIQUE, event_type text, payload bytea,
  PRIMARY KEY (stream, version));
"""

# Each client writes streams of twenty events one after another, as ours do; `run` keeps runs apart.
INSERT = f"""\\set n :n + 1
\\set stream :run * 10000000000 + :client_id * 10000000 + :n / {EVENTS_PER_STREAM}
\\set version :n % {EVENTS_PER_STREAM} + 1
INSERT INTO plain.events (stream, version, event_type, payload)
  VALUES (:stream, :version, 'dose-administered', '\\x{"78" * PAYLOAD_BYTES}');
"""


class PlainInserts:
    def __init__(self, pgbench, seconds):
        self.pgbench = pgbench
        self.seconds = seconds
        # Streams of run 0 are those that lay there before.
        self.runs = 0

    def sample(self, clients):
        self.runs += 1
        return self.pgbench.sample(INSERT, clients, self.seconds, {"n": 0, "run": self.runs})
