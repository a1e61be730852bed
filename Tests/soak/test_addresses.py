"""That what AddressSanitizer writes is read: what it found, and where. The programs with a fault are tried in each run."""

import unittest
from pathlib import Path

from soak.addresses import findings, program_of

REPORT = """=================================================================
==13683==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x7b76ab9e0060 at pc 0x55720756f207 bp 0x7b sp 0x7b
READ of size 8 at 0x7b76ab9e0060 thread T1
    #0 0x7f06ad26fa93 in swift_slowAlloc (/opt/swift/libswiftCore.so+0x46fa93) (BuildId: b521f25f)
    #1 0x55720756f206 in ByteBuffer.get(_:) /ours/.build/addresses/checkouts/swift-nio/Sources/NIOCore/Buffer.swift:5:53
    #2 0x55720756d1f8 in (1) suspend resume partial function for Rows.text(at:) /ours/Sources/Postgres/Rows.swift:11:53
    #3 0x55720756d1f9 in RowsTests.reads() /ours/Tests/PostgresTests/RowsTests.swift:7
    #4 0x7f06ad620e5f in swift::runJob(swift::Job*) crtstuff.c

0x7b76ab9e0060 is located 0 bytes after 64-byte region [0x7b76ab9e0020,0x7b76ab9e0060)
allocated by thread T0 here:
    #0 0x55720756bb78 in Box.init() /ours/Sources/Postgres/Box.swift:3:44

SUMMARY: AddressSanitizer: heap-buffer-overflow /ours/Sources/Postgres/Rows.swift:11:53 in text
==13683==ABORTING
"""


class Findings(unittest.TestCase):
    def of(self, text):
        return list(findings(text, Path("/ours")))

    def test_a_finding_is_told_with_the_first_of_our_lines(self):
        place = "(1) suspend resume partial function for Rows.text(at:) at Sources/Postgres/Rows.swift:11"
        self.assertEqual(self.of(REPORT), [("heap-buffer-overflow", place)])

    def test_where_the_memory_came_from_is_not_where_the_fault_is(self):
        others = "\n".join(line for line in REPORT.splitlines() if "Rows" not in line)
        self.assertEqual(self.of(others), [("heap-buffer-overflow", "in code that is not ours")])

    def test_what_was_attempted_and_what_was_hit_are_kinds(self):
        kinds = {
            "attempting double-free on 0x602000000010 in thread T0:": "double-free",
            "SEGV on unknown address 0x000000000000 (pc 0x55 bp 0x7f sp 0x7f T0)": "SEGV",
            "stack-overflow on address 0x7ffc (pc 0x55 bp 0x7f sp 0x7f T0)": "stack-overflow",
        }
        for text, kind in kinds.items():
            self.assertEqual(self.of(f"==7==ERROR: AddressSanitizer: {text}\n")[0][0], kind)

    def test_a_sanitizer_that_fails_has_not_found_nothing(self):
        self.assertEqual(len(self.of('==7==AddressSanitizer: CHECK failed: asan_thread.cpp:360 "((ptr[0])) == (1)"\n')), 1)

    def test_several_processes_may_have_written_one_after_the_other(self):
        self.assertEqual(len(self.of(REPORT + REPORT)), 2)

    def test_a_report_without_a_finding_is_none(self):
        self.assertEqual(self.of("==7==WARNING: AddressSanitizer failed to allocate 0x10 bytes\n"), [])

    def test_the_name_of_a_report_says_whose_it_is(self):
        self.assertEqual(program_of("/tmp/x/report.ferroviaPackageTests.xctest.4711"), "ferroviaPackageTests.xctest")


if __name__ == "__main__":
    unittest.main()
