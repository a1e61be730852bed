"""A clinic's desk: one connection that books a visit and gives it back, one patient after another."""

import http.client
import json
import os
import time
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

# So many that no history grows long while it is measured.
PATIENTS = 64
VISIT_MINUTES = 30
ANSWER_SECONDS_MAX = 60


def american_site():
    """The first site of region us: its label has the product that is ordered here."""
    sites = json.loads(Path(os.environ["FERROVIA_SITES_FILE"]).read_text())["sites"]
    return next(site for site in sites if site["region"] == "us")


def moment(time_):
    return time_.strftime("%Y-%m-%dT%H:%M:%SZ")


def percentile(values, percent):
    """Of some values the smallest that `percent` of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, (len(ordered) * percent + 99) // 100 - 1)]


class Desk:
    def __init__(self, url, token, site, prefix):
        place = urlsplit(url)
        self.http = http.client.HTTPConnection(place.hostname, place.port, timeout=ANSWER_SECONDS_MAX)
        self.token = token
        self.site = site
        self.prefix = prefix
        self.orders = []
        # Visits that were tried; each has a time of its own.
        self.booked = 0
        now = datetime.now(timezone.utc)
        self.signed = now - timedelta(hours=1)
        self.first = (now + timedelta(days=2)).replace(hour=15, minute=0, second=0)

    def send(self, path, body, key):
        """The status, and the answer as bytes."""
        self.http.request("POST", path, json.dumps(body), {
            "Authorization": f"Bearer {self.token}", "Content-Type": "application/json",
            "Idempotency-Key": self.prefix + key})
        answer = self.http.getresponse()
        return answer.status, answer.read()

    def must(self, path, body, key):
        status, text = self.send(path, body, key)
        if status >= 300:
            raise RuntimeError(f"{path}: {status} {text.decode()[:300]}")

    def open(self):
        """Registers patients, each with one order of two doses, one of which is booked again and again."""
        for index in range(PATIENTS):
            patient, order = str(uuid.uuid4()), str(uuid.uuid4())
            self.must("/v1/patients", {
                "id": patient, "site": self.site, "gender": "female",
                "identity": {
                    "name": {"family": f"Bench{index}", "given": ["Nobody"]}, "birthDate": "1970-06-15",
                    "identifiers": [{"system": "urn:ferrovia:bench", "value": patient}]},
            }, f"patient-{index}")
            self.must(f"/v1/patients/{patient}/orders", {
                "id": order, "product": "injectafer", "dosingRow": "FCM-US-2", "indication": "general",
                "prescribed": [{"value": 750, "unit": "mg"}, {"value": 750, "unit": "mg"}], "method": "labelCourse",
                "signature": {"prescriber": "Dr Bench", "signedAt": moment(self.signed)},
            }, f"order-{index}")
            self.orders.append(order)

    def sample(self, seconds):
        """Books and cancels until the time is over; what the bookings took, refused ones included."""
        taken, refused, end = [], 0, time.perf_counter() + seconds
        while time.perf_counter() < end or not taken:
            number, self.booked = self.booked, self.booked + 1
            visit = str(uuid.uuid4())
            start = self.first + timedelta(days=number // PATIENTS % 5)
            begin = time.perf_counter()
            status, _ = self.send(f"/v1/orders/{self.orders[number % PATIENTS]}/appointments", {
                "id": visit, "site": self.site, "chair": f"desk-{number % PATIENTS}", "start": moment(start),
                "end": moment(start + timedelta(minutes=VISIT_MINUTES)),
            }, f"visit-{number}")
            taken.append((time.perf_counter() - begin) * 1e6)
            if status >= 300:
                refused += 1
                continue
            self.must(f"/v1/appointments/{visit}/cancel", {"reason": "patientRequest"}, f"cancel-{number}")
        return {
            "perSecond": len(taken) / seconds, "p50Microseconds": round(percentile(taken, 50)),
            "p99Microseconds": round(percentile(taken, 99)), "refused": refused,
        }
