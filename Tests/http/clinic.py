"""How the tests speak to the service: where it is, how a command is sent, what a clinic would send."""

import datetime
import os
import uuid

import httpx

BASE = os.environ.get("FERROVIA_BASE_URL") or os.environ.get("FERROVIA_HTTP_URL")
TOKEN = os.environ.get("FERROVIA_TOKEN")
SITE = os.environ.get("FERROVIA_SITE", "main")

NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def at(days=0, minutes=0):
    """An instant so far from now, as the API takes it."""
    return (NOW + datetime.timedelta(days=days, minutes=minutes)).isoformat()


def milligrams(value):
    return {"value": value, "unit": "mg"}


def connect():
    """A client of the service, with the token; to be closed."""
    return httpx.Client(base_url=BASE, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30)


class Clinic:
    """A client that knows how a command is sent."""

    def __init__(self, client):
        self.client = client

    def send(self, path, body=None, key=None, **headers):
        return self.client.post(
            path, json=body or {}, headers={"Idempotency-Key": key or str(uuid.uuid4()), **headers}
        )

    def command(self, path, body=None, **headers):
        answer = self.send(path, body, **headers)
        assert answer.status_code in (200, 201), answer.text
        assert answer.headers["Ferrovia-Position"] == str(answer.json()["position"])
        return answer.json()

    def get(self, path, **parameters):
        answer = self.client.get(path, params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()


def registration():
    identifier = {"system": "urn:test:mrn", "value": uuid.uuid4().hex}
    identity = {
        "name": {"family": "Prova", "given": ["Anna", "Maria"]},
        "birthDate": "1984-05-17",
        "identifiers": [identifier],
    }
    return {"identity": identity, "gender": "female", "site": SITE}


# What a nurse finds at the chair.
CHECK = {
    "vitals": {
        "systolic": 118, "diastolic": 74, "heartRate": 71, "oxygenSaturation": 98, "temperature": 36.6,
    },
    "staffed": True, "consent": True,
}
ORDER = {
    "product": "ferinject",
    "dosingRow": "FCM-EU-inf",
    "indication": "general",
    "prescribed": [milligrams(1000)],
    "method": "simplifiedTable",
    "signature": {"prescriber": "dr-prova", "signedAt": at(0, -100)},
}
