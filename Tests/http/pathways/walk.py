"""A walk: one patient's days told in order, each request sent, each answer kept for the page.

The days lie in the past and are recorded late, each with the time at which it happened: nobody can record
what is still to come. Day 0 is so many days before today that the last day is past as well.
"""

import datetime
import urllib.parse
import uuid
import zoneinfo

from clinic import CHECK, milligrams

from .excerpt import Telling, Where, cut

ZONES = {"main": "Europe/Rome", "boston": "America/New_York"}
UNITS = {
    "hemoglobin": "g/dL", "ferritin": "ng/mL", "transferrinSaturation": "%", "cReactiveProtein": "mg/L",
    "phosphate": "mg/dL", "vitaminB12": "pg/mL", "folate": "ng/mL", "meanCorpuscularVolume": "fL",
    "estimatedGlomerularFiltrationRate": "mL/min/{1.73_m2}",
}

# Parts of answers that several pages show.
RECEIPT = {"events": ...}
CREATED = {"events": ..., "created": ...}
PREDICATE = {"name": ..., "value": ..., "comparison": ..., "threshold": ..., "holds": ..., "source": ...}
BRIEF = {"ironStatus": [{"context": ..., "classification": ..., "flags": ...}]}
STATUS = {
    "ironStatus": [
        {
            "context": ..., "classification": ..., "flags": ...,
            "predicates": Where(lambda predicate: predicate["holds"], PREDICATE),
        }
    ]
}
ROW = {
    "id": ..., "rule": ..., "tests": ..., "due": ..., "overdueAfter": ..., "urgency": ..., "status": ...,
    "reason": ...,
}
VERDICT = {"cause": ..., "nextStep": ..., "proposesIron": ..., "predicates": [PREDICATE]}
RESPONSE = {
    "assessment": {
        "days": ..., "level": ..., "provisional": ..., "ironReplete": ..., "verdicts": [VERDICT],
        "missing": ...,
    }
}


def gates(*names):
    """Of a review or a refusal: these gates, each with what it rests on, or with what of it does not hold."""
    predicates = Telling(lambda predicate: not predicate["holds"], PREDICATE)
    finding = {
        "gate": ..., "severity": ..., "verdict": ..., "nextStep": ..., "passesFrom": ...,
        "predicates": predicates,
    }
    return Where(lambda finding: finding["gate"] in names, finding)


class Exchange:
    def __init__(self, method, path, body, status, excerpt):
        self.method, self.path, self.body, self.status, self.excerpt = method, path, body, status, excerpt


class Step:
    def __init__(self, title, text):
        self.title, self.text = title, text
        self.exchanges = []


class Walk:
    def __init__(self, clinic, site, days):
        self.clinic, self.site = clinic, site
        self.zone = zoneinfo.ZoneInfo(ZONES[site])
        self.today = datetime.datetime.now(self.zone).date()
        self.steps = []
        self.is_telling = True
        self.begin(days)

    # --- Time ----------------------------------------------------------------------------------

    def begin(self, days):
        """Day 0 of the patient that comes next is so many days ago."""
        self.start = self.today - datetime.timedelta(days=days)

    def on(self, day):
        return self.start + datetime.timedelta(days=day)

    def at(self, day, hour=9, minute=0):
        moment = datetime.datetime.combine(self.on(day), datetime.time(hour, minute), self.zone)
        return moment.isoformat(timespec="seconds")

    # --- Requests ------------------------------------------------------------------------------

    def step(self, title, text, day=None):
        when = "" if day is None else f"Day {day}, {self.on(day)}. "
        self.steps.append(Step(title, when + " ".join(text.split())))

    def keep(self, method, path, body, answer, show):
        if self.is_telling:
            excerpt = None if show is None else cut(answer.json(), show)
            self.steps[-1].exchanges.append(Exchange(method, path, body, answer.status_code, excerpt))

    def post(self, path, body, show=RECEIPT):
        answer = self.clinic.send(path, body)
        assert answer.status_code in (200, 201), f"{path}: {answer.text}"
        self.keep("POST", path, body, answer, show)
        return answer.json()

    def make(self, path, body, show=CREATED):
        """A command that makes something; its id."""
        return self.post(path, body, show)["created"][0]["id"]

    def refused(self, path, body, code, show):
        answer = self.clinic.send(path, body)
        assert (answer.status_code, answer.json()["code"]) == (409, code), answer.text
        self.keep("POST", path, body, answer, show)
        return answer.json()

    def get(self, path, show, **parameters):
        path += f"?{urllib.parse.urlencode(parameters, safe=':')}" if parameters else ""
        answer = self.clinic.client.get(path)
        assert answer.status_code == 200, answer.text
        self.keep("GET", path, None, answer, show)
        return answer.json()

    # --- What a clinic sends -------------------------------------------------------------------

    def register(self, family, given, age, gender):
        born = self.on(0) - datetime.timedelta(days=age * 366 + 60)
        identity = {
            "name": {"family": family, "given": [given]}, "birthDate": born.isoformat(),
            "identifiers": [{"system": "urn:example:mrn", "value": uuid.uuid4().hex[:8]}],
        }
        body = {"site": self.site, "gender": gender, "identity": identity}
        return f"/v1/patients/{self.make('/v1/patients', body)}"

    def labs(self, patient, day, show=RECEIPT, hour=8, **results):
        """Results by analyte, in the units that the page shows."""
        body = {
            "results": [
                {"analyte": name, "value": value, "unit": UNITS[name], "collectedAt": self.at(day, hour)}
                for name, value in results.items()
            ]
        }
        return self.post(f"{patient}/labs", body, show)

    def context(self, patient, day, contexts, *facts, hour=8, show=RECEIPT):
        body = {"contexts": contexts, "facts": list(facts), "effectiveAt": self.at(day, hour, 30)}
        return self.post(f"{patient}/context", body, show)

    def weigh(self, patient, day, kilograms):
        body = {"weight": {"value": kilograms, "unit": "kg"}, "measuredAt": self.at(day, 8, 40)}
        return self.post(f"{patient}/measurements", body, None)

    def order(self, patient, day, product, row, indication, prescribed, method, show=CREATED):
        body = self.order_body(day, product, row, indication, prescribed, method)
        return self.make(f"{patient}/orders", body, show)

    def order_body(self, day, product, row, indication, prescribed, method):
        return {
            "product": product, "dosingRow": row, "indication": indication,
            "prescribed": [milligrams(amount) for amount in prescribed], "method": method,
            "signature": {"prescriber": "dr-example", "signedAt": self.at(day, 9)},
        }

    def check(self, patient, day):
        body = CHECK | {"checkedAt": self.at(day, 9, 30)}
        return self.post(f"{patient}/chairside-checks", body, None)

    def dose_body(self, day, amount):
        return {"planned": milligrams(amount), "startedAt": self.at(day, 10)}

    def infuse(self, order, day, amount):
        """From the first milligram to the discharge, half an hour after the last one."""
        dose = self.make(f"/v1/orders/{order}/doses", self.dose_body(day, amount))
        end = self.dose_end(day, amount)
        self.post(f"/v1/doses/{dose}/complete", end)
        self.post(f"/v1/doses/{dose}/discharge", {"stable": True, "dischargedAt": self.at(day, 11)})
        return dose

    def dose_end(self, day, amount):
        return {
            "given": milligrams(amount), "lot": "EX2041", "expiry": "2099-12-31",
            "endedAt": self.at(day, 10, 25),
        }

    # --- What a clinic asks --------------------------------------------------------------------

    def status(self, patient, show=STATUS, **parameters):
        """The iron status by context, with all that it rests on."""
        shown = self.get(patient, show, **parameters)
        return {status["context"]: status for status in shown["ironStatus"]}

    def review(self, order, day, *names, dose=None):
        """May the dose go ahead? The whole answer, and the findings by gate."""
        parameters = {"at": self.at(day, 10)} | ({"dose": dose} if dose else {})
        show = {"on": ..., "open": ..., "findings": gates(*names)}
        answer = self.get(f"/v1/orders/{order}/gates", show, **parameters)
        return answer, by_gate(answer)

    def queue(self, patient, day, *rules):
        """The patient's rows on the queue of the day, by rule; the page shows those named."""
        identifier = patient.rsplit("/", 1)[-1]
        parameters = {"site": self.site, "on": self.on(day).isoformat(), "limit": 500}
        path, rows = f"/v1/queues/recheck?{urllib.parse.urlencode(parameters)}", []
        while True:
            page = self.clinic.get("/v1/queues/recheck", **parameters)
            rows += page["rows"]
            if page["next"] is None:
                break
            parameters["cursor"] = page["next"]
        if self.is_telling:

            def is_shown(row):
                return row["patient"] == identifier and (not rules or row["rule"] in rules)

            excerpt = cut({**page, "rows": rows}, {"on": ..., "rows": Where(is_shown, ROW)})
            self.steps[-1].exchanges.append(Exchange("GET", path, None, 200, excerpt))
        return {row["rule"]: row for row in rows if row["patient"] == identifier}

    def why(self, row):
        show = {"predicates": [PREDICATE], "evidence": [{"effectiveAt": ..., "type": ...}]}
        return self.get(f"/v1/queues/recheck/{row['id']}/why", show)

    def response(self, patient, day, **parameters):
        """How the last course was answered, as of the evening of that day."""
        answer = self.get(f"{patient}/response", RESPONSE, effectiveAt=self.at(day, 20), **parameters)
        return answer["assessment"]


def by_gate(answer):
    return {finding["gate"]: finding for finding in answer["findings"]}


def is_shut(findings):
    """The gates that would stop the dose."""
    return [
        gate for gate, finding in findings.items()
        if finding["verdict"] != "passed" and finding["severity"] != "information"
    ]


def holding(predicates):
    """What is so, in words."""
    return {" ".join((p["name"], p["comparison"], p["threshold"])) for p in predicates if p["holds"]}


def values(predicates):
    return {predicate["name"]: predicate["value"] for predicate in predicates}


def infection(active):
    return {"type": "infection", "active": active}


def therapy(name, active=True):
    return {"type": "therapy", "therapy": name, "active": active}


def symptom(name):
    return {"type": "symptom", "symptom": name, "present": True}


def bleeding(source):
    return {"type": "bleeding", "source": source, "active": True}


# What is asked of everybody before iron: asked and answered with no.
ASKED = (
    infection(False),
    {"type": "knownIronOverload", "present": False},
    {"type": "hypophosphatemiaRisk", "present": False},
    {"type": "condition", "condition": "atopy", "present": False},
)
