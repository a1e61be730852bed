"""What is done with those who are deficient, all of it over HTTP, and what the queue must show then.

Past facts are recorded as such: the survey's samples are taken to be drawn `LABS` days ago, and what
follows has its day in the patient's time, not in ours. The calendar is the site's.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from uuid import NAMESPACE_URL, uuid5

from .api import Refused

# Days ago.
LABS = 54
ORDER, FIRST_DOSE, SECOND_DOSE, FOLLOW_UP = 53, 50, 43, 13
LATE_COUNT, LATE_FIRST_DOSE = 22, 21
# One in so many has a risk factor for low phosphate.
RISK_ONE_IN = 8
CHAIRS_TODAY, CHAIRS_LATER, VISITS_PER_CHAIR = 25, 12, 8
LOT, EXPIRY_DAYS = "L2026-07", 365


def number(value):
    """A decimal as JSON writes it, exactly."""
    return int(value) if value == value.to_integral_value() else float(value)


class Clock:
    """Days before today at the site."""

    def __init__(self, zone, now):
        self.zone = zone
        self.now = now.astimezone(zone)
        self.today = self.now.date()

    def date(self, days_ago):
        return self.today - timedelta(days=days_ago)

    def at(self, days_ago, hour, minute=0):
        return datetime.combine(self.date(days_ago), time(hour, minute), self.zone)


def text(moment):
    return moment.isoformat(timespec="seconds")


@dataclass
class Lab:
    analyte: str
    value: Decimal
    date: object
    phase: int


@dataclass
class Dose:
    amount: Decimal
    date: object
    phase: int


@dataclass
class Course:
    """One person's care, as the client remembers it."""

    person: object
    patient: str
    order: str
    is_light: bool = False
    has_risk: bool = False
    follow_up: str = ""
    labs: list = field(default_factory=list)
    doses: list = field(default_factory=list)


class Care:
    def __init__(self, api, site, clock):
        self.api = api
        self.site = site
        self.clock = clock

    def send(self, course, path, name, body):
        return self.api.post(path, body, f"real-input-{course.person.number}-{name}")

    # --- Orders ------------------------------------------------------------------------------------

    def order(self, course):
        """By the label of the product: two doses of 750 mg from 50 kg on, else one of 20 mg/kg.

        Told late, and planned as of the signature: with the weight and the haemoglobin of the survey.
        """
        person = course.person
        course.is_light = (
            person.weight is not None and person.weight < 50 and person.hemoglobin is not None
        )
        amounts = self.amounts(course)
        self.send(
            course, f"/v1/patients/{course.patient}/orders", "order",
            {
                "id": course.order,
                "product": "monoferric" if course.is_light else "injectafer",
                "dosingRow": "FDI-US-lt50" if course.is_light else "FCM-US-2",
                "indication": "general",
                "prescribed": [{"value": number(amount), "unit": "mg"} for amount in amounts],
                "method": "labelCourse",
                "signature": {
                    "prescriber": "Dr Example", "signedAt": text(self.clock.at(ORDER, 11)),
                },
            },
        )

    def amounts(self, course):
        if course.is_light:
            return [(course.person.weight * 20).quantize(Decimal("0.1"), ROUND_DOWN)]
        return [Decimal(750), Decimal(750)]

    def asked(self, course):
        """The gates' answer about a dose on the first day; no infection was asked about, so it is a no."""
        try:
            self.send(
                course, f"/v1/orders/{course.order}/doses", "asked",
                {
                    "planned": {"value": number(self.amounts(course)[0]), "unit": "mg"},
                    "startedAt": text(self.clock.at(FIRST_DOSE, 8)),
                },
            )
        except Refused as refused:
            if refused.code != "gates-shut":
                raise
            return {finding["gate"]: finding for finding in refused.problem["findings"]}
        raise AssertionError("a dose was let through though nobody asked about infection")

    def cancel(self, course):
        self.send(
            course, f"/v1/orders/{course.order}/cancel", "cancel", {"reason": "clinicianDecision"}
        )

    # --- Visits ------------------------------------------------------------------------------------

    def weigh(self, course, name, moment):
        self.send(
            course, f"/v1/patients/{course.patient}/measurements", f"weight-{name}",
            {
                "weight": {"value": number(course.person.weight), "unit": "kg"},
                "measuredAt": text(moment),
            },
        )

    def prepare(self, course, name, moment):
        """What a nurse asks and measures before an infusion."""
        facts = [{"type": "infection", "active": False}]
        if course.person.is_female:
            facts.append({"type": "pregnancy", "status": "notPregnant"})
        if course.has_risk:
            facts.append({"type": "hypophosphatemiaRisk", "present": True})
        self.send(
            course, f"/v1/patients/{course.patient}/context", f"asked-{name}",
            {"contexts": ["general"], "facts": facts, "effectiveAt": text(moment)},
        )
        self.weigh(course, name, moment)
        self.send(
            course, f"/v1/patients/{course.patient}/chairside-checks", f"checked-{name}",
            {
                "vitals": {
                    "systolic": 121, "diastolic": 76, "heartRate": 70, "oxygenSaturation": 97,
                    "temperature": 36.7,
                },
                "staffed": True, "consent": True, "checkedAt": text(moment),
            },
        )

    def infuse(self, course, index, start, phase, appointment=None):
        """Start, complete, discharge after 35 minutes of observation."""
        name = f"dose-{index}"
        dose = str(uuid5(NAMESPACE_URL, f"{course.order}/{name}"))
        amount = {"value": number(self.amounts(course)[index]), "unit": "mg"}
        body = {"id": dose, "planned": amount, "startedAt": text(start)}
        if appointment:
            body["appointment"] = appointment
        self.send(course, f"/v1/orders/{course.order}/doses", name, body)
        end = start + timedelta(minutes=20)
        expiry = self.clock.today + timedelta(days=EXPIRY_DAYS)
        self.send(
            course, f"/v1/doses/{dose}/complete", f"{name}-complete",
            {"given": amount, "lot": LOT, "expiry": expiry.isoformat(), "endedAt": text(end)},
        )
        self.send(
            course, f"/v1/doses/{dose}/discharge", f"{name}-discharge",
            {"stable": True, "dischargedAt": text(end + timedelta(minutes=35))},
        )
        course.doses.append(Dose(self.amounts(course)[index], start.date(), phase))

    def record_labs(self, course, name, moment, results, phase):
        self.send(
            course, f"/v1/patients/{course.patient}/labs", name,
            {
                "results": [
                    {
                        "analyte": analyte, "value": number(value), "unit": unit,
                        "collectedAt": text(moment),
                    }
                    for analyte, value, unit in results
                ]
            },
        )
        for analyte, value, _ in results:
            course.labs.append(Lab(analyte, value, moment.date(), phase))

    def count_again(self, course):
        """The survey's haemoglobin, as if drawn again: the one of the survey is too old by then."""
        self.record_labs(
            course, "count", self.clock.at(LATE_COUNT, 9),
            [("hemoglobin", course.person.hemoglobin, "g/dL")], phase=3,
        )

    def treat(self, course):
        """The whole course, in the past."""
        for index, days_ago in enumerate((FIRST_DOSE, SECOND_DOSE)):
            self.prepare(course, f"visit-{index}", self.clock.at(days_ago, 9, 30))
            self.infuse(course, index, self.clock.at(days_ago, 10), phase=1)

    def follow(self, course):
        """Follow-up results. The survey saw everybody once, so these are made up: a plain response."""
        if course.follow_up == "none":
            return
        results = [("hemoglobin", course.person.hemoglobin + Decimal("1.6"), "g/dL")]
        if course.follow_up == "full":
            results += [
                ("ferritin", Decimal(180), "ng/mL"), ("transferrinSaturation", Decimal(27), "%"),
            ]
            if course.has_risk:
                results.append(("phosphate", Decimal("3.1"), "mg/dL"))
        self.record_labs(course, "follow-up", self.clock.at(FOLLOW_UP, 9), results, phase=2)

    def begin(self, course):
        """The first dose of a course that still runs, or the only one."""
        self.count_again(course)
        self.prepare(course, "visit-0", self.clock.at(LATE_FIRST_DOSE, 9, 30))
        self.infuse(course, 0, self.clock.at(LATE_FIRST_DOSE, 10), phase=3)

    def slot(self, place):
        """Visits that run now, as many as there are chairs; the others on the days that follow."""
        if place < CHAIRS_TODAY:
            start = self.clock.now.replace(second=0, microsecond=0) - timedelta(minutes=75)
            return f"chair-{place + 1}", start, start + timedelta(minutes=90)
        later = place - CHAIRS_TODAY
        day, rest = divmod(later, CHAIRS_LATER * VISITS_PER_CHAIR)
        visit, chair = divmod(rest, CHAIRS_LATER)
        start = self.clock.at(-1 - day, 9 + visit)
        return f"chair-{chair + 1}", start, start + timedelta(hours=1)

    def booking(self, course, chair, start, end):
        appointment = str(uuid5(NAMESPACE_URL, f"{course.order}/appointment"))
        body = {
            "id": appointment, "site": self.site, "chair": chair, "start": text(start), "end": text(end),
        }
        return f"/v1/orders/{course.order}/appointments", body

    def book(self, course, place):
        path, body = self.booking(course, *self.slot(place))
        self.send(course, path, "book", body)
        return body

    def keep(self, course, place):
        """The visit that runs now: the second dose, in the booked chair."""
        _, start, _ = self.slot(place)
        appointment = str(uuid5(NAMESPACE_URL, f"{course.order}/appointment"))
        self.prepare(course, "visit-1", start + timedelta(minutes=5))
        self.infuse(course, 1, start + timedelta(minutes=10), phase=3, appointment=appointment)
