"""The peer: the Python package `eventsourcing` on the same PostgreSQL, the same payloads."""

import argparse
import json
import threading
import time
import uuid

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

EVENTS_PER_STREAM = 20


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
        page = recorder.select_notifications(start=start, limit=1_000)
        if not page:
            return {"perSecond": count / (time.perf_counter() - begin), "events": count}
        count += len(page)
        start = page[-1].id + 1


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
    print(json.dumps(answer))
    store.close()


if __name__ == "__main__":
    main()
