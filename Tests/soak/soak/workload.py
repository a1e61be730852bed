"""The commands of one round: made from a seed alone, so that a round can be sent again.

Few patients and few chairs, so that commands meet: on one patient they conflict, on one chair one of
them is refused. Ids of what a command makes are the client's, so that later commands can name them.
"""

import json
import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

COMMANDS_PER_PATIENT = 250
# Connections that meet on one patient, on average.
CONNECTIONS_PER_PATIENT = 3
CHAIRS = 4
SLOT_MINUTES = 30
SLOT_DAYS = 10
SLOTS_PER_DAY = 16
PAST_DAYS = 60
# One in so many is sent over two connections at once, as an impatient client would.
SENT_TWICE_ONE_IN = 20

# Analyte, unit, and values worth recording; some are low enough to open a recheck at once.
ANALYTES = [
    ("hemoglobin", "g/dL", 6.5, 15.0),
    ("ferritin", "ng/mL", 4.0, 400.0),
    ("transferrinSaturation", "%", 3.0, 44.0),
    ("cReactiveProtein", "mg/L", 0.2, 60.0),
    ("phosphate", "mg/dL", 0.9, 4.5),
]
CONTEXTS = ["general", "oncology", "heartFailure", "ckdNonDialysis", "ibdActive", "preOperative"]

# What follows the registrations and the first orders, by weight.
MIX = {
    "labs": 32,
    "booking": 26,
    "measurement": 14,
    "context": 8,
    "transfusion": 6,
    "appointment-cancel": 5,
    "hold": 2,
    "release": 4,
    "lab-retract": 3,
}


@dataclass(frozen=True)
class Command:
    number: int
    kind: str
    path: str
    body: bytes
    key: str
    # Numbers of earlier commands that must have ended: what this one is about.
    waits_for: tuple
    sent_twice: bool


def instant(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Workload:
    def __init__(self, seed, count, connections, site, now):
        self.random = random.Random(seed)
        self.seed = seed
        self.site = site
        self.now = now.astimezone(timezone.utc).replace(microsecond=0)
        self.commands = []
        self.patients = []  # (id, number of its registration)
        self.orders = []  # (id, patient, number)
        self.bookings = []  # (id, number)
        self.labs = []  # (id, number)
        for index in range(max(count // COMMANDS_PER_PATIENT, connections // CONNECTIONS_PER_PATIENT, 1)):
            self.register(index)
        for patient, number in self.patients:
            for _ in range(2):
                self.order(patient, number)
        makers = {
            "labs": self.record_labs,
            "booking": self.book,
            "measurement": self.measure,
            "context": self.set_context,
            "transfusion": self.transfuse,
            "appointment-cancel": self.cancel_appointment,
            "hold": self.hold,
            "release": self.release,
            "lab-retract": self.retract_lab,
        }
        kinds, weights = list(MIX), list(MIX.values())
        while len(self.commands) < count:
            makers[self.random.choices(kinds, weights)[0]]()
        del self.commands[count:]

    def add(self, kind, path, body, waits_for=()):
        number = len(self.commands)
        self.commands.append(
            Command(
                number=number,
                kind=kind,
                path=path,
                body=json.dumps(body, separators=(",", ":")).encode(),
                key=f"soak-{self.seed.replace(' ', '-')}-{number}",
                waits_for=tuple(waits_for),
                sent_twice=self.random.randrange(SENT_TWICE_ONE_IN) == 0,
            )
        )
        return number

    def uuid(self):
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def past(self):
        return instant(self.now - timedelta(minutes=self.random.randrange(60, PAST_DAYS * 1440)))

    def register(self, index):
        patient = self.uuid()
        number = self.add(
            "registration",
            "/v1/patients",
            {
                "id": patient,
                "site": self.site,
                "gender": self.random.choice(["female", "male"]),
                "identity": {
                    "name": {"family": f"Soak{index}", "given": ["Nobody"]},
                    "birthDate": f"{self.random.randrange(1940, 2000)}-06-15",
                    "identifiers": [{"system": "urn:ferrovia:soak", "value": f"{self.seed}-{index}"}],
                },
            },
        )
        self.patients.append((patient, number))

    def order(self, patient, registration):
        order = self.uuid()
        number = self.add(
            "order",
            f"/v1/patients/{patient}/orders",
            {
                "id": order,
                "product": "injectafer",
                "dosingRow": "FCM-US-2",
                "indication": "general",
                "prescribed": [{"value": 750, "unit": "mg"}, {"value": 750, "unit": "mg"}],
                "method": "labelCourse",
                "signature": {"prescriber": "Dr Soak", "signedAt": self.past()},
            },
            [registration],
        )
        self.orders.append((order, patient, number))

    def record_labs(self):
        patient, registration = self.random.choice(self.patients)
        results = []
        made = []
        for analyte, unit, low, high in self.random.sample(ANALYTES, self.random.randint(1, 3)):
            made.append(self.uuid())
            results.append(
                {
                    "id": made[-1],
                    "analyte": analyte,
                    "value": round(self.random.uniform(low, high), 1),
                    "unit": unit,
                    "collectedAt": self.past(),
                }
            )
        number = self.add(
            "labs", f"/v1/patients/{patient}/labs", {"results": results}, [registration]
        )
        self.labs += [(lab, number) for lab in made]

    def retract_lab(self):
        if not self.labs:
            return
        lab, number = self.random.choice(self.labs)
        self.add("lab-retract", f"/v1/labs/{lab}/retract", {"reason": "enteredInError"}, [number])

    def measure(self):
        patient, registration = self.random.choice(self.patients)
        weight = {"value": round(self.random.uniform(48, 95), 1), "unit": "kg"}
        self.add(
            "measurement",
            f"/v1/patients/{patient}/measurements",
            {"weight": weight, "measuredAt": self.past()},
            [registration],
        )

    def set_context(self):
        patient, registration = self.random.choice(self.patients)
        facts = [{"type": "infection", "active": self.random.random() < 0.2}]
        self.add(
            "context",
            f"/v1/patients/{patient}/context",
            {
                "contexts": sorted(self.random.sample(CONTEXTS, self.random.randint(0, 2))),
                "facts": facts,
                "effectiveAt": self.past(),
            },
            [registration],
        )

    def transfuse(self):
        patient, registration = self.random.choice(self.patients)
        self.add(
            "transfusion",
            f"/v1/patients/{patient}/transfusions",
            {"units": self.random.randint(1, 2), "transfusedAt": self.past()},
            [registration],
        )

    def book(self):
        order, _, number = self.random.choice(self.orders)
        day = self.now.replace(hour=14, minute=0, second=0) + timedelta(
            days=1 + self.random.randrange(SLOT_DAYS)
        )
        start = day + timedelta(minutes=SLOT_MINUTES * self.random.randrange(SLOTS_PER_DAY))
        appointment = self.uuid()
        booking = self.add(
            "booking",
            f"/v1/orders/{order}/appointments",
            {
                "id": appointment,
                "site": self.site,
                "chair": f"chair-{self.random.randint(1, CHAIRS)}",
                "start": instant(start),
                "end": instant(start + timedelta(minutes=SLOT_MINUTES)),
            },
            [number],
        )
        self.bookings.append((appointment, booking))

    def cancel_appointment(self):
        if not self.bookings:
            return
        appointment, number = self.random.choice(self.bookings)
        self.add(
            "appointment-cancel",
            f"/v1/appointments/{appointment}/cancel",
            {"reason": "patientRequest"},
            [number],
        )

    def hold(self):
        order, _, number = self.random.choice(self.orders)
        self.add("hold", f"/v1/orders/{order}/hold", {"reason": "awaitingLabs"}, [number])

    def release(self):
        order, _, number = self.random.choice(self.orders)
        self.add("release", f"/v1/orders/{order}/release", {}, [number])
