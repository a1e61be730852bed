"""The peer: the Python package `eventsourcing` on the same PostgreSQL, the same payloads."""

import argparse
import json
import threading
import time
import uuid

from eventsourcing.persistence import StoredEvent, Tracking
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore, PostgresTrackingRecorder
from psycopg.sql import SQL, Identifier

EVENTS_PER_STREAM = 20
PAGE_EVENTS = 1_000


class StreamStates(PostgresTrackingRecorder):
    """A row for each stream, kept as the package's documents keep a view: each event's row and the place in the log
    that it takes it to are one transaction."""

    def __init__(self, datastore):
        super().__init__(datastore, tracking_table_name="peer_tracking")
        self.states = SQL("{0}.{1}").format(Identifier(datastore.schema), Identifier("peer_states"))
        self.sql_create_statements.append(SQL(
            "CREATE TABLE IF NOT EXISTS {0} (stream uuid PRIMARY KEY, version bigint, events bigint)"
        ).format(self.states))
        self.write = SQL(
            "INSERT INTO {0} AS s VALUES (%s, %s, 1)"
            " ON CONFLICT (stream) DO UPDATE SET version = excluded.version, events = s.events + 1"
        ).format(self.states)

    def process(self, notification):
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, Tracking("bench", notification.id))
            cursor.execute(self.write, (notification.originator_id, notification.originator_version), prepare=True)


def append(recorder, clients, seconds, payload):
    taken, end = [], time.perf_counter() + seconds

    def client():
        own, turn, stream = [], 0, None
        begin = time.perf_counter()
        while begin < end:
            if turn % EVENTS_PER_STREAM == 0:
                stream = uuid.uuid4()
            recorder.insert_events(
                [StoredEvent(stream, turn % EVENTS_PER_STREAM + 1, "dose-administered", payload)])
            now = time.perf_counter()
            own.append(now - begin)
            begin, turn = now, turn + 1
        taken.extend(own)

    begin = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begin
    taken.sort()
    return {
        "perSecond": len(taken) / took,
        "p99Microseconds": round(taken[max(0, (len(taken) * 99 + 99) // 100 - 1)] * 1e6),
    }


def read(recorder):
    count, start, begin = 0, 1, time.perf_counter()
    while True:
        page = recorder.select_notifications(start=start, limit=PAGE_EVENTS)
        if not page:
            return {"perSecond": count / (time.perf_counter() - begin), "events": count}
        count += len(page)
        start = page[-1].id + 1


def rebuild(recorder, store, seconds):
    """From the first event on, for as long as a sample takes."""
    states = StreamStates(store)
    states.create_table()
    count, start, begin = 0, 1, time.perf_counter()
    end = begin + seconds
    while (page := recorder.select_notifications(start=start, limit=PAGE_EVENTS)) and time.perf_counter() < end:
        for notification in page:
            states.process(notification)
            count += 1
            if time.perf_counter() >= end:
                break
        start = page[-1].id + 1
    return {"perSecond": count / (time.perf_counter() - begin), "events": count}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--socket", required=True)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--payload", type=int, default=614)
    options = parser.parse_args()
    store = PostgresDatastore(
        dbname="ferrovia", host=options.socket, port=5432, user="ferrovia_admin", password="",
        pool_size=max(options.clients), schema="public")
    recorder = PostgresApplicationRecorder(store, events_table_name="peer_events")
    recorder.create_table()
    payload = b"x" * options.payload
    answer = {
        "append": {str(n): append(recorder, n, options.seconds, payload) for n in options.clients}
    }
    answer["read"] = read(recorder)
    answer["rebuild"] = rebuild(recorder, store, options.seconds)
    print(json.dumps(answer))
    store.close()


if __name__ == "__main__":
    main()
