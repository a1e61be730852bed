#!/usr/bin/env python3
"""Checks the OpenAPI document, then every recorded answer against it.

The Swift tests of SchedulerHTTP record each answer they get in the directory that
FERROVIA_HTTP_RECORDINGS names. Here a validator that is not ours reads them:

    check_recordings.py RECORDINGS [--document openapi.json]

An answer is wrong if its route does not describe its status or media type, if its body does not fit the
schema, or if a header the document requires is missing. Every operation must have been recorded, with
every success it describes; every status of a problem must have been seen somewhere.
"""

import argparse
import json
import pathlib
import sys

from jsonschema import FormatChecker
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "Sources/SchedulerHTTP/OpenAPI/openapi.json"
# What the router itself answers, before any route is known.
UNROUTED = {"404", "405", "431"}


class Checker:
    def __init__(self, document):
        self.document = document
        self.problems = []
        self.seen = set()
        self.statuses = set()

    def resolve(self, node):
        while "$ref" in node:
            target = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def validate(self, value, schema, where):
        whole = {**schema, "components": self.document["components"]}
        validator = OAS31Validator(whole, format_checker=FormatChecker())
        for error in sorted(validator.iter_errors(value), key=lambda error: list(error.path)):
            path = "/".join(str(part) for part in error.absolute_path)
            self.problems.append(f"{where}: /{path}: {error.message[:300]}")

    def response(self, recording):
        """The described response, and where; None after saying what is missing."""
        status = str(recording["status"])
        route, method = recording["route"], recording["method"]
        where = f"{method.upper()} {route or recording['path']} {status}"
        if route is None:
            if status not in UNROUTED:
                self.problems.append(f"{where}: an answer without a route")
                return None, where
            name = {"404": "NotFound", "405": "MethodNotAllowed", "431": "HeadersTooLarge"}[status]
            return self.document["components"]["responses"][name], where
        described = self.document["paths"][route][method]["responses"]
        if status not in described:
            self.problems.append(f"{where}: the status is not described")
            return None, where
        return self.resolve(described[status]), where

    def check(self, recording):
        response, where = self.response(recording)
        self.statuses.add(str(recording["status"]))
        if response is None:
            return
        if recording["route"]:
            self.seen.add((recording["method"], recording["route"], str(recording["status"])))
        headers = recording["headers"]
        for name, header in response.get("headers", {}).items():
            header = self.resolve(header)
            value = headers.get(name.lower())
            if value is not None:
                self.validate(value, header["schema"], f"{where} header {name}")
            elif header.get("required"):
                self.problems.append(f"{where}: the header {name} is missing")
        media = headers.get("content-type", "").split(";")[0]
        if media not in response["content"]:
            self.problems.append(f"{where}: the media type {media!r} is not described")
            return
        body = recording["body"]
        if media.endswith("json"):
            body = json.loads(body)
        self.validate(body, response["content"][media]["schema"], where)

    def check_coverage(self):
        for route, methods in self.document["paths"].items():
            for method, operation in methods.items():
                for status in operation["responses"]:
                    if status.startswith("2") and (method, route, status) not in self.seen:
                        self.problems.append(f"{method.upper()} {route} {status}: never recorded")
        for response in self.document["components"]["responses"].values():
            self.validate_problem_examples(response)

    def validate_problem_examples(self, response):
        for media in response["content"].values():
            schema = self.resolve(media["schema"])
            for example in schema.get("examples", []):
                self.validate(example, schema, "example of a problem")

    def check_examples(self):
        for name, schema in self.document["components"]["schemas"].items():
            for example in schema.get("examples", []):
                self.validate(example, schema, f"example of {name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recordings", type=pathlib.Path)
    parser.add_argument("--document", type=pathlib.Path, default=DOCUMENT)
    arguments = parser.parse_args()
    document = json.loads(arguments.document.read_text())
    validate(document)
    checker = Checker(document)
    checker.check_examples()
    files = sorted(arguments.recordings.glob("*.json"))
    for file in files:
        checker.check(json.loads(file.read_text()))
    checker.check_coverage()
    for problem in sorted(set(checker.problems)):
        print(problem, file=sys.stderr)
    print(
        f"{len(files)} answers to {len(checker.seen)} route-status pairs,"
        f" statuses {', '.join(sorted(checker.statuses))}: {len(checker.problems)} problems"
    )
    return 1 if checker.problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())
