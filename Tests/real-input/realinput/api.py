"""The service's HTTP API, called as any client would: the standard library and nothing of the service."""

import http.client
import json
import threading
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

THREADS = 8
ANSWER_SECONDS_MAX = 60
PAGE = 500


class Refused(Exception):
    def __init__(self, status, problem):
        super().__init__(f"{status} {problem.get('code')}: {problem.get('detail')}")
        self.status = status
        self.code = problem.get("code")
        self.problem = problem


class API:
    def __init__(self, port, token):
        self.port = port
        self.token = token
        self.local = threading.local()
        self.lock = threading.Lock()
        self.requests = 0

    def call(self, method, path, body=None, key=None):
        headers = {"Authorization": f"Bearer {self.token}"}
        if body is not None:
            headers |= {"Content-Type": "application/json", "Idempotency-Key": key}
            body = json.dumps(body).encode()
        if not hasattr(self.local, "connection"):
            self.local.connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=ANSWER_SECONDS_MAX
            )
        self.local.connection.request(method, path, body, headers)
        answer = self.local.connection.getresponse()
        document = json.loads(answer.read())
        with self.lock:
            self.requests += 1
        if answer.status >= 300:
            raise Refused(answer.status, document)
        return document

    def post(self, path, body, key):
        """A command; `key` names it for ever, so that running twice sends it once."""
        return self.call("POST", path, body, key)

    def get(self, path, **parameters):
        query = urllib.parse.urlencode({k: v for k, v in parameters.items() if v is not None})
        return self.call("GET", f"{path}?{query}" if query else path)

    def feed(self):
        after = 0
        while True:
            page = self.get("/v1/events", after=after, limit=PAGE)
            yield from page["events"]
            if not page["events"]:
                return
            after = page["next"]

    def queue(self, **question):
        rows, cursor = [], None
        while True:
            page = self.get("/v1/queues/recheck", limit=PAGE, cursor=cursor, **question)
            rows += page["rows"]
            cursor = page["next"]
            if cursor is None:
                return rows

    def each(self, work, items):
        """Several at a time; the first failure is the caller's."""
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(work, items))
