"""A practice's appointments and attendance, counted from the CSV files; see docs/real-input.md.

Written for the files, without a look at how the service counts: it shares no code, table or constant with it.
"""

import csv
import gzip
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")
CHAIRS = 10
VISIT = timedelta(minutes=90)
OBSERVATION = timedelta(minutes=30)
OPENS = time(8)
# The last quarter hour of the file begins at 17:45; the visit in it lasts VISIT, and must be over a quarter of an
# hour before the site closes (clinical facts §9.2: last start).
CLOSES = time(19, 30)


def local(day, clock):
    """The instant at which the practice's clocks show it."""
    return datetime.combine(day, clock, ZONE).astimezone(timezone.utc)


@dataclass
class Visit:
    """A line of appointments.csv, and when each thing about it was told."""

    day: date
    chair: str
    start: datetime
    booked: datetime
    cancelled: datetime | None = None
    missed: datetime | None = None
    arrived: datetime | None = None
    began: datetime | None = None
    left: datetime | None = None

    def as_told_by(self, mark):
        """The same visit without what was told later; None before it was booked."""
        if self.booked > mark:
            return None
        times = {
            name: None if (at := getattr(self, name)) is None or at > mark else at
            for name in ("cancelled", "missed", "arrived", "began", "left")
        }
        return Visit(self.day, self.chair, self.start, self.booked, **times)

    @property
    def status(self):
        for name in ("cancelled", "missed", "left", "began", "arrived"):
            if getattr(self, name) is not None:
                return {
                    "cancelled": "cancelled", "missed": "noshow", "left": "fulfilled",
                    "began": "checkedIn", "arrived": "arrived",
                }[name]
        return "booked"


def rows(path):
    with gzip.open(path, "rt", newline="") as file:
        return list(csv.DictReader(file))


def visits(folder):
    """Every appointment of the file; what the file does not tell is set as the replay sets it."""
    lines = rows(folder / "appointments.csv.gz")
    bookings = defaultdict(list)
    for line in lines:
        bookings[line["slot_id"]].append(date.fromisoformat(line["scheduling_date"]))
    found = []
    for line in lines:
        day = date.fromisoformat(line["appointment_date"])
        booked_on = date.fromisoformat(line["scheduling_date"])

        def at(column, day=day, line=line):
            return local(day, time.fromisoformat(line[column]))

        visit = Visit(
            day=day, chair=f"chair-{(int(line['slot_id']) - 1) % CHAIRS + 1}",
            start=at("appointment_time"), booked=local(booked_on, time(6)),
        )
        if line["status"] == "attended":
            visit.arrived, visit.began = at("check_in_time"), at("start_time")
            visit.left = at("end_time") + OBSERVATION
        elif line["status"] == "did not attend":
            visit.missed = local(day, time(18, 30))
        elif line["status"] == "cancelled":
            noon_before = local(day - timedelta(days=1), time(12))
            later = [other for other in bookings[line["slot_id"]] if other > booked_on]
            if later:
                visit.cancelled = min(noon_before, local(min(later), time(6)) - timedelta(minutes=1))
            elif int(line["appointment_id"]) % 5 == 0:
                visit.cancelled = local(day, time(7))
            else:
                visit.cancelled = noon_before
        found.append(visit)
    return found


def open_days(folder):
    """What a chair is open on each day that slots.csv has quarter hours of, min."""
    days = {date.fromisoformat(line["appointment_date"]) for line in rows(folder / "slots.csv.gz")}
    return {day: (local(day, CLOSES) - local(day, OPENS)) // timedelta(minutes=1) for day in days}


def seconds(spans):
    """How long at least one of the spans lasts."""
    total, reached = timedelta(), None
    for start, end in sorted(spans):
        if reached is not None:
            start = max(start, reached)
        if end > start:
            total += end - start
            reached = end
    return total // timedelta(seconds=1)


def clipped(spans, start, end):
    return [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]


def share(numerator, denominator):
    """As the service writes it, a percentage to one decimal place, halves away from zero."""
    percent = None
    if denominator:
        tenths = (2000 * numerator + denominator) // (2 * denominator)
        percent = tenths / 10
    return {"numerator": numerator, "denominator": denominator, "percent": percent}


def nearest_rank(values, percent):
    """The least value that so many per cent do not exceed."""
    ordered = sorted(values)
    for index, value in enumerate(ordered, start=1):
        if 100 * index >= percent * len(ordered):
            return value
    return None


def figures(visits, days, chairs, open_minutes, terms):
    """What the service is to answer about these visits, on these days, in these chairs."""
    count = Counter(visit.status for visit in visits)
    promised = promised_open = seated = seated_open = 0
    by_place = defaultdict(list)
    for visit in visits:
        by_place[visit.day, visit.chair].append(visit)
    for (day, _), there in by_place.items():
        kept = [(v.start, v.start + VISIT) for v in there if v.status != "cancelled"]
        sat = [(v.began, v.left) for v in there if v.began and v.left]
        opens, closes = local(day, OPENS), local(day, CLOSES)
        # Nothing here lasts beyond midnight, so a visit's minutes are all of its own date.
        promised += seconds(kept)
        seated += seconds(sat)
        promised_open += seconds(clipped(kept, opens, closes))
        seated_open += seconds(clipped(sat, opens, closes))
    open_chair = sum(open_minutes.get(day, 0) for day in days) * len(chairs)
    arrivals = [v for v in visits if v.arrived]
    beginnings = [v for v in visits if v.began]
    late = [v for v in arrivals if v.arrived - v.start > timedelta(minutes=terms["lateAfter"])]
    planned = timedelta(minutes=terms["preparation"])
    on_time = [
        v for v in beginnings
        if abs(v.began - (v.start + planned)) <= timedelta(minutes=terms["startWithin"])
    ]
    leads = [
        (v.start - v.booked) // timedelta(minutes=1) for v in visits if v.status != "cancelled"
    ]
    same_day = [v for v in visits if v.cancelled and v.cancelled.astimezone(ZONE).date() >= v.day]
    came = count["arrived"] + count["checkedIn"] + count["fulfilled"]
    return {
        "visits": {"all": len(visits)} | {
            status: count[status]
            for status in ("booked", "arrived", "checkedIn", "fulfilled", "cancelled", "noshow")
        },
        "holds": {"pending": 0, "lapsed": 0},
        "openChairMinutes": open_chair,
        "scheduled": {
            "minutes": promised // 60, "utilization": share(promised_open // 60, open_chair),
        },
        "actual": {
            "minutes": seated // 60, "utilization": share(seated_open // 60, open_chair),
            "untimedVisits": count["checkedIn"],
        },
        "noShow": share(count["noshow"], count["noshow"] + came),
        "cancelled": share(count["cancelled"], len(visits)),
        "cancelledOnTheDay": share(len(same_day), len(visits)),
        "late": share(len(late), len(arrivals)),
        "templateAdherence": share(len(on_time), len(beginnings)),
        "leadTime": {
            "visits": len(leads), "medianMinutes": nearest_rank(leads, 50),
            "percentile90Minutes": nearest_rank(leads, 90),
        },
    }
