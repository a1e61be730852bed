"""Checks a compose file: against the Compose Specification's JSON schema, then what it refers to.

usage: check-compose.py COMPOSE_FILE SCHEMA_WHEEL

The schema is the one that the last docker-compose written in Python carried (Compose Specification,
May 2021); the compose file keeps to what that and every newer engine understands.
"""

import json
import pathlib
import sys
import zipfile

import jsonschema
import yaml


def references(compose: dict) -> list[str]:
    """What a schema cannot see: names that must exist, and conditions that can come true."""
    problems = []
    services = compose["services"]
    for name, service in services.items():
        for other, how in (service.get("depends_on") or {}).items():
            if other not in services:
                problems.append(f"{name} depends on {other}, which is not there")
            elif how["condition"] == "service_healthy" and "healthcheck" not in services[other]:
                problems.append(f"{name} waits for {other} to be healthy; it has no healthcheck")
        for kind in ("secrets", "networks"):
            for used in service.get(kind) or []:
                if used not in compose.get(kind, {}):
                    problems.append(f"{name} uses {kind[:-1]} {used}, which is not declared")
        for volume in service.get("volumes") or []:
            source = volume.split(":")[0]
            if not source.startswith(".") and source not in compose.get("volumes", {}):
                problems.append(f"{name} mounts volume {source}, which is not declared")
        for key, value in (service.get("environment") or {}).items():
            used = str(value).split("/run/secrets/")[1:]
            if used and used[0] not in service.get("secrets", []):
                problems.append(f"{name}: {key} reads secret {used[0]}, which it is not given")
    return problems


def files(compose: dict, folder: pathlib.Path) -> list[str]:
    """Files of the repository that are mounted or built from; secrets are made later."""
    problems = []
    for name, service in compose["services"].items():
        wanted = [v.split(":")[0] for v in service.get("volumes", []) if v.startswith(".")]
        if "build" in service:
            wanted.append(service["build"]["context"] + "/" + service["build"]["dockerfile"])
        problems += [f"{name}: {w} does not exist" for w in wanted if not (folder / w).exists()]
    return problems


def main() -> int:
    path = pathlib.Path(sys.argv[1])
    compose = yaml.safe_load(path.read_text())
    with zipfile.ZipFile(sys.argv[2]) as wheel:
        schema = json.loads(wheel.read("compose/config/compose_spec.json"))
    found = jsonschema.Draft7Validator(schema).iter_errors(compose)
    problems = [f"{'.'.join(map(str, e.absolute_path))}: {e.message}" for e in found]
    problems += references(compose) + files(compose, path.parent)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
