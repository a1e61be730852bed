"""Samples, their middle and their spread; a baseline is taken before and after what is compared with it."""

from dataclasses import dataclass, field
from statistics import median


@dataclass
class Samples:
    """What one thing did, several times in one run."""

    values: list = field(default_factory=list)

    @property
    def median(self):
        return median(self.values)

    @property
    def spread(self):
        """Half the range, as a part of the median."""
        return (max(self.values) - min(self.values)) / 2 / self.median if self.median else 0.0

    def json(self):
        return {"median": self.median, "spread": round(self.spread, 3), "values": self.values}


def a_b_a(rounds, baseline, measured):
    """Baseline, measured, baseline, measured … baseline: what the machine does meanwhile hits both."""
    before, ours = [baseline()], []
    for _ in range(rounds):
        ours.append(measured())
        before.append(baseline())
    return before, ours


@dataclass
class Row:
    """One line of the table."""

    goal_id: str
    what: str
    unit: str
    ours: Samples
    baseline_what: str
    baseline: Samples
    # None where a figure is only shown.
    goal: float | None
    # Whether a small ratio is the good one (latency, memory).
    less_is_better: bool = False
    note: str = ""

    @property
    def ratio(self):
        return self.ours.median / self.baseline.median if self.baseline.median else float("inf")

    @property
    def is_met(self):
        if self.goal is None:
            return None
        return self.ratio <= self.goal if self.less_is_better else self.ratio >= self.goal

    def json(self):
        return {
            "goal": self.goal_id,
            "what": self.what,
            "unit": self.unit,
            "ours": self.ours.json(),
            "baseline": {"what": self.baseline_what, **self.baseline.json()},
            "ratio": round(self.ratio, 3),
            "goalRatio": self.goal,
            "lessIsBetter": self.less_is_better,
            "met": self.is_met,
            "note": self.note,
        }


def rates(samples):
    return Samples([sample["perSecond"] for sample in samples])


def p50s(samples):
    return Samples([sample["p50Microseconds"] for sample in samples])


def p99s(samples):
    return Samples([sample["p99Microseconds"] for sample in samples])


def middle(samples):
    return {"perSecond": rates(samples).median, "p99Microseconds": p99s(samples).median}
