"""Mutants of the clinical rules, the formulary and the pathways: makes them, runs them, counts those that are caught."""

import argparse
import hashlib
import json
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import accepted, build, mutants, report, running, sites

ROOT = Path(__file__).resolve().parents[3]
MUTATION = ROOT / "Tests" / "mutation"
HARNESS = MUTATION / "swift"
COPIED = ("Package.swift", "Sources", "Tests/Cases", "Tests/InfusionTests", "Tests/InfusionKnowledgeTests",
          "Tests/mutation/mutation", "Tests/mutation/swift")
# What the mutants are made of: as long as it is the same, so are they and their numbers.
CHANGED = ("Package.swift", "Sources/Infusion", "Sources/InfusionKnowledge", "Tests/mutation/mutation", "Tests/mutation/swift")
DOCS = ROOT / "docs" / "mutation.md"
PROGRESS_EVERY = 50


def say(text):
    print(text, file=sys.stderr, flush=True)


def stamp(root, names):
    """Of the files a result rests on: with another stamp it may be another."""
    digest = hashlib.sha256()
    for name in names:
        path = root / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


class Copy:
    """The directory of a run: the copy with its build, what it holds, and the results so far."""

    def __init__(self, work):
        self.work, self.tree = work, work / "tree"
        self.made, self.log = work / "made.json", work / "results.jsonl"

    def prepare(self):
        """Makes and builds the copy unless it stands as it would be made; returns its sites."""
        now, mutants_now = stamp(ROOT, COPIED), stamp(ROOT, CHANGED)
        made = json.loads(self.made.read_text()) if self.made.exists() else {}
        if made.get("stamp") == now:
            say(f"The copy in {self.tree} is up to date.")
        else:
            self.made.unlink(missing_ok=True)
            if made.get("mutants") == mutants_now:
                self.keep_the_caught()
            else:
                self.log.unlink(missing_ok=True)
            self.tree.mkdir(parents=True, exist_ok=True)
            say(f"Makes the copy in {self.tree}")
            build.copy_package(ROOT, self.tree, HARNESS)
            kept, dropped, left = build.make_rules(ROOT, self.tree, HARNESS, say)
            made = {
                "stamp": now, "mutants": mutants_now, "built": None, "kept": [vars(site) for site in kept], "left": left,
                "dropped": [{**vars(site), "error": error} for site, error in dropped],
            }
            self.made.write_text(json.dumps(made))
        self.tell(made)
        if not made["built"]:
            say("Builds it for release, with tests; the first time takes minutes")
            made["built"] = [str(path) for path in build.build(self.tree, self.work / "build.log")]
            self.made.write_text(json.dumps(made))
        return [sites.Site(**{**site, "variants": tuple(site["variants"])}) for site in made["kept"]], made["built"]

    @staticmethod
    def tell(made):
        kinds = Counter(site["kind"] for site in made["kept"])
        say(f"{len(made['kept'])} sites in the rules: " + ", ".join(f"{n} {kind}" for kind, n in kinds.items()))
        for site in made["dropped"]:
            say(f"  does not compile, dropped: {site['file']}, byte {site['offset']}, "
                f"`{site['original']}`: {site['error'][:100]}")
        say("Left alone: " + ", ".join(f"{n} × {reason}" for reason, n in made["left"].items()))

    def lines(self):
        """The results as they were written; one that a kill cut off is left out."""
        for line in self.log.read_text().splitlines() if self.log.exists() else []:
            try:
                yield json.loads(line)
            except ValueError:
                continue

    def results(self):
        """What is known from before, by the mutant's number."""
        return {result["number"]: (result["status"], result["by"]) for result in self.lines()}

    def keep_the_caught(self):
        """The mutants are the same, the tests or the cases are not: who was not caught is asked again."""
        caught = [result for result in self.lines() if result["status"] in running.CAUGHT]
        self.log.write_text("".join(json.dumps(result) + "\n" for result in caught))


def judge_all(copy, programs, wanted, options):
    """Runs what is not known yet, in an order of chance, and appends what it finds as it comes.

    So what has been judged when the time is up is a sample of all.
    """
    results = copy.results()
    open_ones = [mutant for mutant in wanted if mutant.number not in results]
    random.Random(options.seed).shuffle(open_ones)
    say(f"{len(wanted)} mutants, {len(wanted) - len(open_ones)} of them known from before")
    lock, begun = threading.Lock(), time.monotonic()
    until = begun + options.minutes * 60 if options.minutes else float("inf")
    with copy.log.open("a") as log, ThreadPoolExecutor(options.jobs) as pool:
        if log.tell():
            log.write("\n")  # Ends a line that was cut off.

        def judge(mutant):
            if time.monotonic() > until:
                return
            status, by = programs.judge(mutant)
            with lock:
                results[mutant.number] = (status, by)
                log.write(json.dumps({**mutant.as_json(), "status": status, "by": by}) + "\n")
                log.flush()
                judge.done += 1
                if judge.done % PROGRESS_EVERY == 0:
                    minutes = (time.monotonic() - begun) / 60
                    say(f"  {judge.done} of {len(open_ones)} in {minutes:.1f} min")

        judge.done = 0
        try:
            for _ in pool.map(judge, open_ones):
                pass
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return results


def arguments():
    parser = argparse.ArgumentParser(prog="mutants")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--only")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", default="ferrovia")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=int)
    parser.add_argument("--write-docs", action="store_true")
    return parser.parse_args()


def main():
    options = arguments()
    try:
        reasons = accepted.read((MUTATION / "accepted.txt").read_text())
        copy = Copy(options.work.resolve())
        kept, built = copy.prepare()
        everything = mutants.all_of(ROOT, kept)
        wanted = mutants.chosen(everything, options.only, options.sample, options.seed)
        first_knowledge_number = min(mutant.number for mutant in everything if mutant.site == 0)
        once = {site.number for site in kept if site.once}
        programs = running.Programs(copy.tree, *map(Path, built), first_knowledge_number, once)
        cases, tests = programs.learn()
        say(f"Without a mutant the cases take {cases:.1f} s and the tests {tests:.1f} s")
        results = judge_all(copy, programs, wanted, options)
    except (build.Broken, running.Unfit, accepted.Malformed) as problem:
        say(f"error: {problem}")
        return 1
    except KeyboardInterrupt:
        say(f"What is known so far is kept in {options.work}")
        return 130
    judged = [mutant for mutant in wanted if mutant.number in results]
    for line in report.survivors(judged, results, reasons):
        print(line)
    print("\n".join(["", *report.table(judged, results, reasons)]))
    print(f"{len(judged)} of {len(wanted)} mutants were judged")
    old = report.stale(everything, {mutant.number: results[mutant.number] for mutant in judged}, reasons)
    for line in old:
        print(line)
    if options.write_docs:
        report.write(DOCS, report.summary(judged, len(everything), results, reasons))
    good = report.enough(judged, results, reasons) and not old
    print("mutants: " + ("enough are caught" if good else
          f"fewer than {report.CAUGHT_PERCENT_MIN} % are caught, or an accepted one is none"))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
