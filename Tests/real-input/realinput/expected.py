"""The recheck queue worked out a second time, from what the client sent and the survey says.

Days after the last dose (first day that counts, overdue after): haemoglobin trend 14 and 35, response 28
and 63, stores 28 and 84, phosphate 14 and 28. Haemoglobin below 8 asks for another look at once, overdue
after three days, below 7 after the same day, and takes the trend's place until a later result answers it.
"""

from datetime import timedelta
from decimal import Decimal

WINDOWS = {"R2": (14, 14, 35), "R3": (28, 28, 63), "R4": (28, 28, 84), "R5": (10, 14, 28)}


def status(due, overdue_after, today):
    return "upcoming" if today < due else "due" if today <= overdue_after else "overdue"


def rows_of(person, sampled, course, phase, today):
    """Rule, due date and status of each row the person must have, knowing what was told by `phase`."""
    labs = [lab for lab in (course.labs if course else []) if lab.phase <= phase]
    doses = [dose for dose in (course.doses if course else []) if dose.phase <= phase]
    counts = [(lab.date, lab.value) for lab in labs if lab.analyte == "hemoglobin"]
    if person.hemoglobin is not None:
        counts.append((sampled, person.hemoglobin))
    counts.sort()
    rows = {}
    if doses:
        last = max(dose.date for dose in doses)

        def answered(analytes, days):
            return all(
                any(l.analyte == analyte and l.date >= last + timedelta(days=days) for l in labs)
                for analyte in analytes
            )

        def ask(rule, analytes):
            first, due, overdue = WINDOWS[rule]
            if not answered(analytes, first):
                rows[rule] = (last + timedelta(days=due), last + timedelta(days=overdue))

        start = min(dose.date for dose in doses)
        baseline = [value for date, value in counts if date <= start]
        if not baseline or baseline[-1] < (12 if person.is_female else 13):
            ask("R2", ["hemoglobin"])
        ask("R3", ["hemoglobin"])
        ask("R4", ["ferritin", "transferrinSaturation"])
        if course.has_risk and not course.is_light:
            ask("R5", ["phosphate"])
    if counts and counts[-1][1] < 8:
        date, value = counts[-1]
        rows["R2"] = (date, date + timedelta(days=0 if value < Decimal(7) else 3))
    return {(rule, due.isoformat(), status(due, late, today)) for rule, (due, late) in rows.items()}
