"""The recheck queue worked out a second time, from what the client sent and the survey says.

Each row asks for tests, or, for symptoms, for what a nurse hears; it is due on a day, and answered by what was
collected or told from its first day on. Haemoglobin below 8 asks for another look at once, overdue after three
days, below 7 after the same day, and takes the trend's place until a later result answers it.
"""

from datetime import timedelta
from decimal import Decimal

# Days after the last dose, after the first one for the symptoms of it (R1): the first day that counts, due,
# overdue after. Facts §6, and R-16 for R5s, which has R5's days.
WINDOWS = {
    "R1": (1, 2, 4), "R2": (14, 14, 35), "R3": (28, 28, 63), "R4": (28, 28, 84), "R5": (10, 14, 28),
    "R5s": (10, 14, 28), "R6": (84, 84, 112),
}
# Every three months, as thirteen weeks, in the first year after iron (R13), counted from the last whole panel
# where one has come since; overdue 30 days later, as the other looks that repeat are.
SURVEILLANCE, SURVEILLANCE_GRACE = 91, 30
STORES = ["ferritin", "transferrinSaturation"]
PANEL = ["hemoglobin", *STORES]


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
        first, last = min(dose.date for dose in doses), max(dose.date for dose in doses)

        def ask(rule, analytes, since):
            earliest, due, overdue = (since + timedelta(days=days) for days in WINDOWS[rule])
            # Nobody is asked about symptoms here, so what asks for them stays open.
            if not analytes or not all(
                any(lab.analyte == analyte and lab.date >= earliest for lab in labs) for analyte in analytes
            ):
                rows[rule] = (due, overdue)

        baseline = [value for date, value in counts if date <= first]
        if not baseline or baseline[-1] < (12 if person.is_female else 13):
            ask("R2", ["hemoglobin"], last)
        ask("R3", ["hemoglobin"], last)
        ask("R4", STORES, last)
        ask("R6", PANEL, last)
        # The next visit begins with asking how the patient is, and is no dose's first.
        if first == last:
            ask("R1", [], first)
        # Of the two products only ferric carboxymaltose takes phosphate away.
        if not course.is_light:
            ask("R5s", [], last)
            if course.has_risk:
                ask("R5", ["phosphate"], last)
        panel = [max((lab.date for lab in labs if lab.analyte == analyte), default=last) for analyte in PANEL]
        due = max(last, min(panel)) + timedelta(days=SURVEILLANCE)
        rows["R13"] = (due, due + timedelta(days=SURVEILLANCE_GRACE))
    if counts and counts[-1][1] < 8:
        date, value = counts[-1]
        rows["R2"] = (date, date + timedelta(days=0 if value < Decimal(7) else 3))
    return {(rule, due.isoformat(), status(due, late, today)) for rule, (due, late) in rows.items()}
