"""The same instances, the same rules and the same objective for OR-tools CP-SAT; docs/planning.md has them in words.

Reads an instance, writes the plan it found, its objective and its bound as JSON. Chairs that are the same for every visit
are one cumulative resource, which is far stronger than a variable for each chair; visits are dealt out afterwards.
"""

import argparse
import json
import math
import time
from collections import defaultdict

from ortools.sat.python import cp_model

QUARTER = 15
WEIGHTS = {"routine": 1, "soon": 10, "urgent": 100, "emergency": 1000}


class Instance:
    """What a file says, with its defaults."""

    def __init__(self, document):
        self.days = [{"overtimeFrom": day["closes"], **day} for day in document["days"]]
        self.now = document.get("now", 0)
        self.grid = document.get("startEvery", 5)
        rules = {"startsPerNurse": 1, "patientsPerNurse": 4, "bufferMinutes": 15, **document.get("rules", {})}
        self.starts_per_nurse, self.patients_per_nurse = rules["startsPerNurse"], rules["patientsPerNurse"]
        self.buffer = rules["bufferMinutes"]
        weights = {**WEIGHTS, **document.get("weights", {})}
        hours = [{"from": day["opens"], "until": day["closes"]} for day in self.days]
        self.chairs = [{"tags": [], "available": hours, **chair} for chair in document["chairs"]]
        self.nurses = document["nurses"]
        self.cover = document.get("cover", hours)
        self.stock = document.get("stock", {})
        self.visits = [{"needs": [], **visit} for visit in document["visits"]]
        requested = sum(weights[visit["urgency"]] for visit in self.visits if "window" in visit)
        for visit in self.visits:
            visit["chair_minutes"] = sum(phase["minutes"] for phase in visit["phases"])
            visit["hold"] = visit["chair_minutes"] + visit["turnover"]
            visit["weight"] = weights[visit["urgency"]] + (requested + 1 if "promised" in visit else 0)
        self.minutes = [minute for day in self.days for minute in range(day["opens"], day["closes"])]
        self.nurses_at = {minute: sum(on_shift(nurse, minute) for nurse in self.nurses) for minute in self.minutes}

    def day(self, minute):
        return next((day for day in self.days if day["opens"] <= minute < day["closes"]), None)

    def open_until(self, day):
        """When the centre closes, which is later where the next day follows at once: a turnover may go on."""
        closes = day["closes"]
        for other in self.days:
            if other["opens"] == closes:
                closes = other["closes"]
        return closes

    def overtime(self, visit, start):
        day = self.day(start)
        return max(0, start + visit["chair_minutes"] - day["overtimeFrom"]) if day else 0

    def ready(self, visit):
        if "window" in visit:
            return visit["window"].get("ready", visit["window"]["earliest"])
        return visit["promised"]["start"]

    def waiting(self, visit, start):
        return max(0, start - self.ready(visit))

    def starts(self, visit):
        """Starts that a visit may have as far as it alone is concerned."""
        if "window" in visit:
            window = visit["window"]
            asked = [minute for minute in self.minutes
                     if minute % self.grid == 0 and window["earliest"] <= minute <= window["latest"]]
        else:
            promise = visit["promised"]
            first, last = promise["start"] - promise.get("earlier", 0), promise["start"] + promise.get("later", 0)
            asked = [minute for minute in self.minutes
                     if minute == promise["start"] or minute % self.grid == 0 and first <= minute <= last]
        return [minute for minute in asked if self.may_start(visit, minute)]

    def may_start(self, visit, minute):
        leaves, day = minute + visit["chair_minutes"], self.day(minute)
        if minute < self.now or leaves + self.buffer > day["closes"] or minute + visit["hold"] > self.open_until(day):
            return False
        if not all(any(part["from"] <= at < part["until"] for part in self.cover) for at in range(minute, leaves)):
            return False
        return not any(
            other["patient"] == visit["patient"] and other["started"]["start"] < leaves
            and minute < other["started"]["start"] + other["chair_minutes"]
            for other in self.visits if "started" in other)

    def scale(self):
        """The most that overtime, waiting and the peak can be."""
        longest = max(day["closes"] - day["overtimeFrom"] for day in self.days)
        overtime = waiting = started = 0
        for visit in self.visits:
            if "started" in visit:
                overtime += self.overtime(visit, visit["started"]["start"])
                started += 1
            else:
                overtime += longest
                waiting += (visit["window"]["latest"] - self.ready(visit) if "window" in visit
                            else visit["promised"].get("later", 0))
        return overtime, waiting, max(len(self.nurses), started)


def on_shift(nurse, minute):
    return any(shift["from"] <= minute < shift["until"] for shift in nurse["shifts"])


def steps(values):
    """Stretches of minutes with one value each, from a dictionary by minute."""
    stretches = []
    for minute in sorted(values):
        if stretches and stretches[-1][1] == minute and stretches[-1][2] == values[minute]:
            stretches[-1][1] = minute + 1
        else:
            stretches.append([minute, minute + 1, values[minute]])
    return stretches


class Model:
    """The instance as CP-SAT sees it."""

    def __init__(self, instance):
        self.instance = instance
        self.model = cp_model.CpModel()
        self.open = [index for index, visit in enumerate(instance.visits) if "started" not in visit]
        self.started_load()
        self.classes = self.chair_classes()
        self.variables()
        self.chairs()
        self.nurses()
        self.starts_a_quarter()
        self.patients()
        self.stock()
        self.objective()

    def started_load(self):
        self.hands, self.present, self.begun, self.held = (
            defaultdict(int), defaultdict(int), defaultdict(int), defaultdict(set))
        for visit in self.instance.visits:
            if "started" not in visit:
                continue
            at = visit["started"]["start"]
            self.begun[at // QUARTER] += 1
            self.held[visit["started"]["chair"]].update(range(at, at + visit["hold"]))
            for minute in range(at, at + visit["chair_minutes"]):
                self.present[minute] += 1
            for offset, length in hands_of(visit):
                for minute in range(at + offset, at + offset + length):
                    self.hands[minute] += 1

    def chair_classes(self):
        asked = {tag for visit in self.instance.visits for tag in visit["needs"]}
        classes = defaultdict(list)
        for index, chair in enumerate(self.instance.chairs):
            free = tuple(
                any(part["from"] <= minute < part["until"] for part in chair["available"])
                and minute not in self.held[chair["id"]] for minute in self.instance.minutes)
            classes[(frozenset(asked & set(chair["tags"])), free)].append(index)
        return [(tags, dict(zip(self.instance.minutes, free)), chairs) for (tags, free), chairs in classes.items()]

    def variables(self):
        model = self.model
        self.served, self.start, self.chosen, self.intervals = {}, {}, {}, {}
        for index in self.open:
            visit, starts = self.instance.visits[index], self.instance.starts(self.instance.visits[index])
            fitting = [number for number, (tags, _, _) in enumerate(self.classes) if set(visit["needs"]) <= tags]
            served = model.new_bool_var(f"served {index}")
            self.served[index] = served
            if not starts or not fitting:
                model.add(served == 0)
                continue
            start = model.new_int_var_from_domain(cp_model.Domain.from_values(starts), f"start {index}")
            self.start[index] = start
            chosen = {number: model.new_bool_var(f"class {index} {number}") for number in fitting}
            self.chosen[index] = chosen
            model.add(sum(chosen.values()) == served)
            self.intervals[index] = {
                number: model.new_optional_fixed_size_interval_var(start, visit["hold"], literal, f"hold {index} {number}")
                for number, literal in chosen.items()}

    def cumulative(self, intervals, capacity):
        """No more intervals at once than `capacity` says by minute; what is missing to the most is taken."""
        most = max(capacity.values(), default=0)
        blocks, sizes = [], []
        for first, last, value in steps(capacity):
            if value < most:
                blocks.append(self.model.new_fixed_size_interval_var(first, last - first, ""))
                sizes.append(most - value)
        self.model.add_cumulative(intervals + blocks, [1] * len(intervals) + sizes, most)

    def chairs(self):
        for number, (_, free, chairs) in enumerate(self.classes):
            intervals = [held[number] for held in self.intervals.values() if number in held]
            if intervals:
                self.cumulative(intervals, {minute: len(chairs) * is_free for minute, is_free in free.items()})

    def nurses(self):
        instance, model = self.instance, self.model
        left = {minute: max(0, count - self.hands[minute]) for minute, count in instance.nurses_at.items()}
        room = {minute: max(0, count * instance.patients_per_nurse - self.present[minute])
                for minute, count in instance.nurses_at.items()}
        hands, present = [], []
        for index, start in self.start.items():
            visit, served = instance.visits[index], self.served[index]
            present.append(model.new_optional_fixed_size_interval_var(start, visit["chair_minutes"], served, ""))
            hands += [model.new_optional_fixed_size_interval_var(start + offset, length, served, "")
                      for offset, length in hands_of(visit)]
        self.cumulative(present, room)
        self.cumulative(hands, left)
        # The peak counts what has started too.
        self.peak = model.new_int_var(max(self.hands.values(), default=0), self.instance.scale()[2], "peak")
        begun = [(first, last, value) for first, last, value in steps(dict(self.hands)) if value]
        model.add_cumulative(
            hands + [model.new_fixed_size_interval_var(first, last - first, "") for first, last, _ in begun],
            [1] * len(hands) + [value for _, _, value in begun], self.peak)

    def starts_a_quarter(self):
        """A visit that starts takes one place of its quarter of an hour."""
        instance, model = self.instance, self.model
        by_quarter, intervals = defaultdict(list), []
        for minute in instance.minutes:
            by_quarter[minute // QUARTER].append(minute)
        for index, start in self.start.items():
            quarter = model.new_int_var(0, max(by_quarter), f"quarter {index}")
            # The start is in its quarter; with the quarter's bounds this is linear.
            model.add(start >= quarter * QUARTER)
            model.add(start <= quarter * QUARTER + QUARTER - 1)
            intervals.append(model.new_optional_fixed_size_interval_var(quarter, 1, self.served[index], ""))
        self.cumulative(intervals, {
            quarter: max(0, instance.starts_per_nurse * sum(
                all(on_shift(nurse, minute) for minute in minutes) for nurse in instance.nurses) - self.begun[quarter])
            for quarter, minutes in by_quarter.items()})

    def patients(self):
        stays = defaultdict(list)
        for index, start in self.start.items():
            visit = self.instance.visits[index]
            stays[visit["patient"]].append(self.model.new_optional_fixed_size_interval_var(
                start, visit["chair_minutes"], self.served[index], ""))
        for own in stays.values():
            if len(own) > 1:
                self.model.add_no_overlap(own)

    def stock(self):
        for product, units in self.instance.stock.items():
            used = [(self.served[index], visit["uses"]["units"]) for index in self.open
                    if (visit := self.instance.visits[index]).get("uses", {}).get("product") == product]
            if used:
                self.model.add(sum(served * count for served, count in used) <= units)

    def objective(self):
        instance, model = self.instance, self.model
        overtime_most, waiting_most, peak_most = instance.scale()
        begun = sum(instance.overtime(visit, visit["started"]["start"]) for visit in instance.visits if "started" in visit)
        overtime, waiting = [], []
        for index, start in self.start.items():
            visit = instance.visits[index]
            starts = instance.starts(visit)
            waiting.append(self.waiting_cost(index, start, max(instance.waiting(visit, at) for at in starts), visit))
            for day in instance.days:
                most = max((instance.overtime(visit, at) for at in starts if instance.day(at) is day), default=0)
                if most:
                    overtime.append(self.overtime_cost(index, start, day, most, visit))
        unserved = sum(instance.visits[index]["weight"] * (1 - served) for index, served in self.served.items())
        self.parts = (unserved, sum(overtime) + begun, sum(waiting))
        model.minimize(
            ((unserved * (overtime_most + 1) + sum(overtime) + begun) * (waiting_most + 1) + sum(waiting))
            * (peak_most + 1) + self.peak)

    def waiting_cost(self, index, start, most, visit):
        """At least the start's minutes after ready, if the visit is served."""
        waiting = self.model.new_int_var(0, most, f"waiting {index}")
        self.model.add(waiting >= start - self.instance.ready(visit)).only_enforce_if(self.served[index])
        return waiting

    def overtime_cost(self, index, start, day, most, visit):
        overtime = self.model.new_int_var(0, most, f"overtime {index} {day['opens']}")
        enforced = [self.served[index]]
        if len(self.instance.days) > 1:
            of_day = self.model.new_bool_var("")
            inside = cp_model.Domain(day["opens"], day["closes"] - 1)
            self.model.add_linear_expression_in_domain(start, inside).only_enforce_if(of_day)
            self.model.add_linear_expression_in_domain(start, inside.complement()).only_enforce_if(~of_day)
            enforced.append(of_day)
        self.model.add(overtime >= start + visit["chair_minutes"] - day["overtimeFrom"]).only_enforce_if(enforced)
        return overtime


def hands_of(visit):
    offset, found = 0, []
    for phase in visit["phases"]:
        if phase.get("nurse"):
            if found and sum(found[-1]) == offset:
                found[-1] = (found[-1][0], found[-1][1] + phase["minutes"])
            else:
                found.append((offset, phase["minutes"]))
        offset += phase["minutes"]
    return found


def bookings(model, solver):
    """Visits of a class, in the order of their starts, each in the first of its chairs that is free."""
    instance = model.instance
    made = [{"visit": visit["id"], "chair": visit["started"]["chair"], "start": visit["started"]["start"]}
            for visit in instance.visits if "started" in visit]
    for number, (_, _, chairs) in enumerate(model.classes):
        free_from = {chair: -1 for chair in chairs}
        mine = [(solver.value(model.start[index]), index) for index, chosen in model.chosen.items()
                if number in chosen and solver.boolean_value(chosen[number])]
        for start, index in sorted(mine):
            chair = next(chair for chair in chairs if free_from[chair] <= start)
            free_from[chair] = start + instance.visits[index]["hold"]
            made.append({"visit": instance.visits[index]["id"], "chair": instance.chairs[chair]["id"], "start": start})
    return made


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("instance")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with open(options.instance, encoding="utf-8") as file:
        instance = Instance(json.load(file))
    begin = time.perf_counter()
    model = Model(instance)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = options.seconds
    solver.parameters.num_workers = options.workers
    status = solver.solve(model.model)
    answer = {"status": solver.status_name(status), "seconds": time.perf_counter() - begin}
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        answer |= {"combined": round(solver.objective_value), "bound": math.ceil(solver.best_objective_bound - 1e-6),
                   "bookings": bookings(model, solver)}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
