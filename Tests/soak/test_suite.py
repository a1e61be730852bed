"""That no failing test passes for a slow one. The lines are as the runner of Swift's tests writes them."""

import unittest

from soak.suite import RAN, Run, failures, under_way

LIMIT = "✘ Test \"a\" recorded an issue at RaceTests.swift:12:6: Time limit was exceeded: 60.000 seconds"
WAITED = "✘ Test \"b\" recorded an issue with 1 argument seed → 7 at LockTests.swift:9:2: Caught error: never came: a lock"
WRONG = "✘ Test \"c\" recorded an issue at PlanTests.swift:3:9: Expectation failed: (rows → 4) == 5"


def ended(name, cases=""):
    return f"✘ Test \"{name}\" {cases}failed after 61.2 seconds with 1 issue."


class Failures(unittest.TestCase):
    def judge(self, *lines):
        return failures("\n".join(lines) + "\n")

    def test_a_time_limit_is_told_by_its_words(self):
        self.assertEqual(self.judge(LIMIT, ended("a")), ([], ['"a"']))
        self.assertEqual(self.judge(WAITED, ended("b", "with 3 test cases ")), ([], ['"b"']))

    def test_any_other_issue_is_a_failure(self):
        self.assertEqual(self.judge(WRONG, ended("c")), (['"c"'], []))
        caught = WRONG.replace("Expectation failed: (rows → 4) == 5", "Caught error: unavailable")
        self.assertEqual(self.judge(caught, ended("c")), (['"c"'], []))

    def test_one_issue_that_is_no_time_limit_is_enough(self):
        self.assertEqual(self.judge(LIMIT, WRONG.replace("c", "a", 1), ended("a")), (['"a"'], []))

    def test_a_failure_without_a_word_is_a_failure(self):
        self.assertEqual(self.judge(ended("d")), (['"d"'], []))

    def test_an_issue_is_one_even_if_the_end_was_not_written(self):
        self.assertEqual(self.judge(WRONG), (['"c"'], []))
        nowhere = '✘ Test "e" recorded an issue: Time limit was exceeded: 60.000 seconds'
        self.assertEqual(self.judge(nowhere), ([], ['"e"']))

    def test_what_somebody_expected_does_not_excuse_it(self):
        quoting = WRONG.replace("(rows → 4) == 5", '(text → "Time limit was exceeded: 60") == ""')
        self.assertEqual(self.judge(quoting), (['"c"'], []))

    def test_a_case_is_told_with_its_test(self):
        case = '✘ Test case passing 1 argument seed → 7 to "b" failed after 61.2 seconds with 1 issue.'
        self.assertEqual(self.judge(WAITED, case, ended("b", "with 3 test cases ")), ([], ['"b"']))

    def test_the_run_itself_is_no_test(self):
        run = "✘ Test run with 1,579 tests in 210 suites failed after 900.1 seconds with 2 issues."
        self.assertEqual(self.judge(run), ([], []))
        self.assertEqual(RAN.findall("✔ Test run with 1579 tests in 210 suites passed after 900.1 seconds."), ["1579"])


class UnderWay(unittest.TestCase):
    ENDED = "✔ Test run with 3 tests in 1 suite passed after 9.0 seconds.\n"
    BEGUN = (
        "◇ Test run started.\n◇ Suite Log started.\n"
        '◇ Test "a" started.\n✔ Test "a" passed after 0.1 seconds.\n'
        "◇ Test replays() started.\n◇ Test case passing 1 argument seed → 7 to replays() started.\n"
    )

    def test_what_has_begun_and_not_ended_is_under_way(self):
        self.assertEqual(under_way(self.BEGUN), ["replays()"])
        ended = "✘ Test replays() with 3 test cases failed after 8.1 seconds with 1 issue.\n"
        self.assertEqual(under_way(self.BEGUN + ended), [])

    def test_two_of_one_name_end_one_by_one(self):
        self.assertEqual(under_way('◇ Test "a" started.\n' + self.BEGUN), ['"a"', "replays()"])

    def test_a_run_that_did_not_reach_its_end_says_where_it_was(self):
        run = Run(self.BEGUN)
        self.assertFalse(run.checks["the tests ran to their end"])
        self.assertIn("Tests: 1. Findings: one. ", run.summary("Findings: one."))
        self.assertTrue(run.summary("Findings: one.").endswith(" Ended early, during: replays()."))

    def test_a_run_that_did_says_no_such_thing(self):
        run = Run(self.BEGUN + self.ENDED)
        self.assertTrue(all(run.checks.values()))
        self.assertEqual(run.summary("Races: 0."), "Tests: 3. Races: 0. Failed: none. Too slow for their time limits: none.")

    def test_a_crash_is_no_end(self):
        run = Run(self.BEGUN + self.ENDED + "error: Exited with unexpected signal code 11\n")
        self.assertFalse(run.reached_its_end)


if __name__ == "__main__":
    unittest.main()
