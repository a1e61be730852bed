"""That no failing test passes for a slow one. The lines are as the runner of Swift's tests writes them."""

import unittest

from soak.threads import RAN, failures

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


if __name__ == "__main__":
    unittest.main()
