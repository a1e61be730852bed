"""The parts of the bench that need neither a server nor a build."""

import stat
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from bench import measures, report
from bench.desk import percentile
from bench.measures import Measures
from bench.run import SIZES


class Programs:
    """Answers as the programs do, and notes what it was asked for."""

    def __init__(self, directory="", rates=()):
        self.directory = Path(directory)
        self.rates = iter(rates)
        self.asked = []

    def cli(self, *arguments):
        self.asked.append(arguments)
        return 0.1, 1_000 if "few" in arguments else 1_050

    def bench(self, verb, tenant, **how):
        self.asked.append((verb, tenant, how))
        return {"perSecond": next(self.rates), "p99Microseconds": 1}


def of(programs, size="full"):
    database = SimpleNamespace(url="", settle=lambda: None)
    with mock.patch.object(measures, "PlainInserts"):
        found = Measures(database, None, None, programs, SIZES[size], "")
    found.few, found.few_count = "few", 10
    return found


class Measured(unittest.TestCase):
    def test_memory_has_as_many_samples_as_anything(self):
        programs = Programs()
        with mock.patch.object(measures, "grown_tenant", return_value=("few", 10)), \
                mock.patch.object(measures, "lengthened_tenant", return_value=("many", 100)):
            rows = of(programs).memory()
        self.assertEqual([len(row.ours.values) for row in rows], [5, 5])
        self.assertEqual([row.ratio for row in rows], [1.05, 1.05])
        replays = [asked for asked in programs.asked if asked[0] == "replay"]
        self.assertTrue(replays and all("--state" in asked for asked in replays))

    def test_what_is_not_new_is_against_the_same_load(self):
        programs = Programs(rates=[100] * 11 + [90] * 11)
        found = of(programs)
        with mock.patch.object(Measures, "new_tenant", return_value="tenant"):
            rows = found.appends_that_are_not_all_new()
        self.assertEqual(len(rows), 2)
        self.assertEqual([how.get("not_new") for _, _, how in programs.asked[:4]], [None, 1, None, 1])

    def test_minutes_compare_the_last_with_the_first(self):
        with tempfile.TemporaryDirectory() as directory:
            ferrovia = Path(directory) / "ferrovia"
            ferrovia.write_text("#!/bin/sh\nexit 0\n")
            ferrovia.chmod(ferrovia.stat().st_mode | stat.S_IEXEC)
            programs = Programs(directory, rates=[100, 98, 97, 96, 95])
            (row,) = of(programs).minutes_beside_replays("tenant")
        self.assertEqual(row.ratio, 0.95)
        self.assertTrue(row.is_met)
        self.assertIn("100, 98, 97, 96, 95", row.note)

    def test_a_replay_that_fails_fails_the_measure(self):
        with tempfile.TemporaryDirectory() as directory:
            ferrovia = Path(directory) / "ferrovia"
            ferrovia.write_text("#!/bin/sh\nexit 1\n")
            ferrovia.chmod(ferrovia.stat().st_mode | stat.S_IEXEC)

            def slowly(*_, **__):
                import time

                time.sleep(0.3)
                return {"perSecond": 1, "p99Microseconds": 1}

            programs = Programs(directory)
            programs.bench = slowly
            with self.assertRaisesRegex(RuntimeError, "a replay failed"):
                of(programs).minutes_beside_replays("tenant")

    def test_quick_leaves_the_long_ones_out(self):
        self.assertEqual((SIZES["quick"].minutes, SIZES["full"].minutes), (0, 5))
        self.assertEqual((SIZES["quick"].not_new, SIZES["full"].not_new), ((), (1, 10)))


class Reported(unittest.TestCase):
    def test_a_percentile_is_one_of_the_values(self):
        self.assertEqual(percentile(range(1, 101), 99), 99)
        self.assertEqual(percentile([7], 99), 7)
        self.assertEqual(percentile([3, 1, 2], 50), 2)

    def test_the_peer_is_shown_with_its_rebuild(self):
        peer = {"append": {"1": {"perSecond": 1_000}}, "read": {"perSecond": 50_000}, "rebuild": {"perSecond": 900}}
        self.assertIn("rebuild of a row for each stream 900 events/s", report.peer_lines(peer)[0])


if __name__ == "__main__":
    unittest.main()
