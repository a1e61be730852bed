"""The files read a second time, by code that shares nothing with the importer."""

import csv
import gzip
import io
import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from .iron_status import About, Markers, iron_status

LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
WEIGHT, HEIGHT = {"29463-7", "3141-9"}, {"8302-2"}
LABS = {
    "718-7", "20509-6", "30313-1", "30350-3", "59260-0", "4544-3", "20570-8", "787-2", "2276-4",
    "20567-4", "2498-4", "14798-3", "2500-7", "14800-7", "3034-6", "2502-3", "1988-5", "30522-7",
    "2777-1", "14879-1", "2132-9", "14685-0", "2284-8", "14732-2", "2160-0", "14682-9", "98979-8",
    "62238-1", "33914-3", "42810-2",
}
CONTEXTS = {
    "heartFailure": {"84114007", "88805009", "42343007"},
    "ckdNonDialysis": {"709044004", "431855005", "431856006", "433144002", "431857002", "433146000"},
    "oncology": {
        "363406005", "93761005", "109838007", "94260004", "254637007", "424132000", "254837009",
    },
    "pregnancy": {"72892002"},
    "ibdInactive": {"34000006", "64766004"},
}


def text_of(path):
    with open(path, "rb") as file:
        data = file.read()
    return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")


def code(concept, system):
    return next((c["code"] for c in concept.get("coding", []) if c.get("system") == system), None)


def any_code(concept):
    return next((c["code"] for c in concept.get("coding", []) if "code" in c), "no-code")


class FHIRCount:
    """What a folder and a file of FHIR resources hold, row by row: new, known already, or not relevant."""

    def __init__(self):
        self.known = set()

    def count(self, paths):
        rows, new, known, not_relevant, conditions = 0, 0, 0, Counter(), []
        for path in paths:
            for resource in self.resources(path):
                rows += 1
                name, other = self.name(resource)
                if name is None:
                    not_relevant[other] += 1
                elif name in self.known:
                    known += 1
                else:
                    self.known.add(name)
                    new += 1
                    if name[0] == "context":
                        conditions.append(name[2:5])
        # The second of two diagnoses of one context is news where it was made at another time.
        said = len(conditions) - len(set(conditions))
        return {
            "rows": rows, "applied": new - said, "duplicate": known + said, "notRelevant": dict(not_relevant),
        }

    @staticmethod
    def resources(path):
        text = text_of(path)
        if "ndjson" in Path(path).name:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        return [entry["resource"] for entry in json.loads(text)["entry"]]

    @staticmethod
    def name(resource):
        """What makes the row one of its kind, or how it is counted where it says nothing the rules read."""
        kind = resource["resourceType"]
        subject = resource.get("subject", {}).get("reference", "").removeprefix("urn:uuid:")
        if kind == "Patient":
            return ("patient", resource["id"]), None
        if kind == "Observation":
            loinc = code(resource["code"], LOINC)
            if loinc in LABS:
                return ("lab", resource["id"]), None
            if loinc in WEIGHT | HEIGHT:
                what = "weight" if loinc in WEIGHT else "height"
                value = resource["valueQuantity"]["value"]
                return (what, subject, resource["effectiveDateTime"], value), None
            return None, loinc or any_code(resource["code"])
        if kind == "Condition":
            snomed = code(resource["code"], SNOMED)
            for context, codes in CONTEXTS.items():
                if snomed in codes:
                    span = (resource["onsetDateTime"], resource.get("abatementDateTime"))
                    return ("context", resource["id"], subject, context, *span), None
            return None, any_code(resource["code"])
        if kind == "MedicationAdministration":
            return None, any_code(resource["medicationCodeableConcept"])
        return None, kind

    def kinds(self):
        return Counter(name[0] for name in self.known)


@dataclass(frozen=True)
class Person:
    """One line of the survey."""

    number: str
    age: int
    is_female: bool
    is_pregnant: bool
    hemoglobin: Decimal
    ferritin: Decimal
    saturation: Decimal
    iron: Decimal
    capacity: Decimal
    crp: Decimal
    weight: Decimal

    @property
    def is_adult(self):
        return self.age >= 18

    @property
    def general(self):
        """The iron status in the context general."""
        return iron_status("general", Markers(self.ferritin, self.saturation, self.crp), About(self.age))

    @property
    def iron_status(self):
        return self.general.code

    @property
    def gate(self):
        """What the gate for the diagnosis must say of it: severity and verdict."""
        if self.ferritin is None or self.saturation is None or self.hemoglobin is None:
            return ("hard", "indeterminate")
        status = self.iron_status
        # Sequestration is another gate's to judge.
        if status in ("absolute", "functional", "sequestration"):
            return ("hard", "passed")
        if status == "possible":
            return ("soft", "blocked")
        return ("hard", "indeterminate" if status == "indeterminate" else "blocked")

    @property
    def is_deficient(self):
        return self.gate == ("hard", "passed") and self.iron_status != "sequestration"


def possible(text, low, high):
    """A cell as the importer must read it: empty, or beyond what a body can have, is no value."""
    value = Decimal(text) if text.strip() else None
    return value if value is not None and low <= value <= high else None


# The columns of the mapping file, with what is physically possible in each.
COLUMNS = {
    "LBXHGB": (1, 25), "LBXFER": (0, 100_000), "LBDPCT": (0, 100), "LBXHSCRP": (0, 600),
    "LBXIRN": (0, 1_000), "LBDTIB": (50, 1_000), "LBXMCVSI": (40, 160), "BMXWT": (2, 350),
    "BMXHT": (40, 250),
}


class Survey:
    def __init__(self, path):
        self.path = path
        self.people = []
        self.rows = 0
        self.impossible = 0
        for line in csv.DictReader(io.StringIO(text_of(path))):
            # One row registers the person, one sets the context, and each cell that is filled is one.
            self.rows += 2
            values = {}
            for column, (low, high) in COLUMNS.items():
                values[column] = possible(line[column], low, high)
                if line[column].strip():
                    self.rows += 1
                    self.impossible += values[column] is None
            self.people.append(
                Person(
                    number=line["SEQN"], age=int(Decimal(line["RIDAGEYR"])),
                    is_female=line["RIAGENDR"] == "2", is_pregnant=line["RIDEXPRG"] == "1.0",
                    hemoglobin=values["LBXHGB"], ferritin=values["LBXFER"],
                    saturation=values["LBDPCT"], iron=values["LBXIRN"], capacity=values["LBDTIB"],
                    crp=values["LBXHSCRP"], weight=values["BMXWT"],
                )
            )

    def expected(self):
        return {
            "rows": self.rows,
            "applied": self.rows - self.impossible,
            "duplicate": 0,
            "notRelevant": {},
        }
