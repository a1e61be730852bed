"""The copy of the package that holds every mutant, made, checked and built."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import rewriting, sites

RULES = Path("Sources/Infusion")
FEATURES = ("ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility")
KNOWLEDGE_FILE = Path("Sources/InfusionKnowledge/KnowledgeFile.swift")
KNOWLEDGE_TEXT = "String(decoding: bytes, as: UTF8.self)"
# The file that is named, where it is of the name that is asked for.
KNOWLEDGE_AT_RUN_TIME = (
    '(ProcessInfo.processInfo.environment["FERROVIA_MUTANT_KNOWLEDGE"]'
    '.flatMap { $0.hasSuffix("/\\(file)") ? (try? String(contentsOfFile: $0, encoding: .utf8)) : nil })'
    f" ?? {KNOWLEDGE_TEXT}")
MUTANT, OPERATORS = "Mutant.swift", "MutantOperators.swift"
RUNNER = "mutant-cases"
ERROR = re.compile(r"^(/[^:\n]+):(\d+):\d+: error: (.*)$", re.MULTILINE)
# How far from an error's line a site is still taken for its cause: an expression has several lines.
LINES_NEAR = 3
# Each round drops the sites of at least one error.
ROUNDS_MAX = 40


class Broken(Exception):
    """The copy cannot be made; the message says why."""


def compiler(*arguments, files):
    """Runs the compiler's front end over files as the module Infusion."""
    features = [flag for feature in FEATURES for flag in ("-enable-upcoming-feature", feature)]
    return subprocess.run(
        ["swiftc", "-frontend", *arguments, "-module-name", "Infusion", "-swift-version", "6", *features,
         "-parse-as-library", *files],
        capture_output=True, text=True, check=False)


def read_sites(root):
    """Every site of the rules, from the compiler's syntax trees."""
    found = sites.Found()
    files = sorted((root / RULES).rglob("*.swift"))
    with tempfile.TemporaryDirectory() as directory:
        outputs = [Path(directory) / f"{number}.json" for number in range(len(files))]
        primaries = []
        for file, output in zip(files, outputs):
            primaries += ["-primary-file", str(file), "-o", str(output)]
        result = compiler("-dump-ast", "-dump-ast-format", "json", files=primaries)
        if result.returncode:
            raise Broken(f"the rules do not compile as they are:\n{result.stderr[:2000]}")
        for file, output in zip(files, outputs):
            tree = sites.trees(output.read_text())
            of_file = sites.read(str(file.relative_to(root)), file.read_bytes(), tree)
            found.sites += of_file.sites
            found.left += of_file.left
    return found


def write_rules(root, copy, kept, harness):
    """Rewrites the rules in the copy for the sites that are kept; returns whose each operator's line is."""
    by_file = {}
    for site in kept:
        by_file.setdefault(site.file, []).append(site)
    for file in (root / RULES).rglob("*.swift"):
        name = file.relative_to(root)
        changed = rewriting.rewrite(file.read_bytes(), by_file.get(str(name), []))
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(changed)
    count = max((site.number + len(site.variants) - 1 for site in kept), default=0)
    mutant = (harness / MUTANT).read_text()
    if "static let count = 0" not in mutant:
        raise Broken(f"{MUTANT} does not say `static let count = 0`")
    (copy / RULES / MUTANT).write_text(mutant.replace("static let count = 0", f"static let count = {count}"))
    text, owners = rewriting.declarations(kept)
    (copy / RULES / OPERATORS).write_text(text)
    return owners


def check(copy):
    """What the compiler has against the rewritten rules: file, line, message."""
    # Not `-typecheck`: what comes after the types, such as a value used before it is set, counts too.
    result = compiler("-emit-sil", "-o", os.devnull, files=[str(file) for file in sorted((copy / RULES).rglob("*.swift"))])
    errors = [(Path(file), int(line), text) for file, line, text in ERROR.findall(result.stderr)]
    if result.returncode and not errors:
        raise Broken(f"the compiler failed on the rewritten rules:\n{result.stderr[-2000:]}")
    return errors


def to_blame(root, copy, error, kept, owners):
    """The sites that an error is put down to: those of its line, else the nearest lines with any."""
    file, line, _ = error
    if file.name == OPERATORS:
        owner = owners[line - 1] if line <= len(owners) else None
        return [owner] if owner else []
    name = str(file.relative_to(copy))
    if not (root / name).exists():
        return []
    source = (root / name).read_bytes()
    lines = {}
    for site in kept:
        if site.file == name:
            lines.setdefault(rewriting.line_of(source, site.offset), []).append(site)
    for distance in range(LINES_NEAR + 1):
        near = lines.get(line - distance, []) + (lines.get(line + distance, []) if distance else [])
        if near:
            return near
    return []


def make_rules(root, copy, harness, say):
    """The rewritten rules, with every site that compiles; the sites kept, and what was dropped and why."""
    found = read_sites(root)
    kept, dropped = list(found.sites), []
    sites.number_them(kept)
    for _ in range(ROUNDS_MAX):
        owners = write_rules(root, copy, kept, harness)
        errors = check(copy)
        if not errors:
            return kept, dropped, found.left
        blamed = {}
        for error in errors:
            for site in to_blame(root, copy, error, kept, owners):
                blamed.setdefault((site.file, site.offset), (site, error[2]))
        if not blamed:
            file, line, text = errors[0]
            raise Broken(f"the rewritten rules do not compile, and no site is near:\n{file}:{line}: {text}")
        say(f"  {len(errors)} errors; drops {len(blamed)} sites, such as {next(iter(blamed.values()))[1]}")
        dropped += blamed.values()
        kept = [site for site in kept if (site.file, site.offset) not in blamed]
        # Renumbered, so that the numbers have no gaps.
        sites.number_them(kept)
    raise Broken(f"the rewritten rules still do not compile after {ROUNDS_MAX} rounds")


def copy_package(root, copy, harness):
    """Everything but the rules: the targets that the cases and the tests of the rules need, and the runner."""
    for name in ("Sources", "Tests"):
        shutil.rmtree(copy / name, ignore_errors=True)
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", ".build"))
    shutil.rmtree(copy / RULES)
    manifest = (root / "Package.swift").read_text() + "\n" + (harness / "Package+Mutants.swift").read_text()
    (copy / "Package.swift").write_text(manifest)
    if (root / "Package.resolved").exists():
        shutil.copy(root / "Package.resolved", copy)
    knowledge = (copy / KNOWLEDGE_FILE).read_text()
    if knowledge.count(KNOWLEDGE_TEXT) != 1:
        raise Broken(f"{KNOWLEDGE_FILE} does not read the shipped files by `{KNOWLEDGE_TEXT}`")
    (copy / KNOWLEDGE_FILE).write_text(knowledge.replace(KNOWLEDGE_TEXT, KNOWLEDGE_AT_RUN_TIME))
    runner = copy / "Sources" / RUNNER
    runner.mkdir()
    shutil.copy(harness / "main.swift", runner)


def build(copy, output):
    """Builds the copy for release, with tests; returns the runner and the tests' program."""
    with output.open("wb") as log:
        result = subprocess.run(
            ["swift", "build", "--package-path", str(copy), "-c", "release", "--build-tests",
             "-Xswiftc", "-enable-testing"],
            stdout=log, stderr=subprocess.STDOUT, check=False)
    if result.returncode:
        raise Broken(f"the copy does not build; see {output}")
    release = copy / ".build" / "release"
    tests = list(release.glob("*PackageTests.xctest"))
    if not (release / RUNNER).exists() or len(tests) != 1:
        raise Broken(f"the build left no {RUNNER} or no tests in {release}")
    return release / RUNNER, tests[0]
