#!/usr/bin/env python3
"""Holds answers of random queries against docs/answer.schema.json, by the validator of PyPI
`jsonschema`. Usage: validate_answers.py [PROGRAM [NUMBER]]."""

import json
import random
import subprocess
import sys

import jsonschema

program = sys.argv[1] if len(sys.argv) > 1 else "target/release/opsatlas"
number = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
schema = json.loads(subprocess.run([program, "--schema"], capture_output=True, check=True).stdout)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)

names = json.loads(subprocess.run([program, "-F", "json", "nodes"], capture_output=True, check=True).stdout)
names = [node["id"] for node in names["nodes"]] + ["kuberntes", "no such thing"]
dice = random.Random(7)


def name():
    return dice.choice(names)


FORMS = [
    lambda: f"show {name()}", lambda: f"prereqs {name()}", lambda: f"unlocks {name()}, {name()}",
    lambda: f"path {name()} to {name()}", lambda: f"paths {name()} to {name()} limit 5",
    lambda: f"plan {name()}", lambda: f"plan {name()} knowing {name()} minimize hours default 2",
    lambda: f"compare {name()}, {name()}", lambda: f"must {name()}", lambda: f"ready knowing {name()}, {name()}",
    lambda: f"why {name()} in (prereqs {name()})", lambda: f"near {name()} depth 2", lambda: f"find {name()}",
    lambda: f"tools of {name()}", lambda: f"bottlenecks {name()} to {name()}", lambda: f"sources of {name()}",
    lambda: f"prereqs {name()} then count", lambda: f"prereqs {name()} then select name, strength, hours",
    lambda: f"unlocks {name()} then group by kind", lambda: "kinds", lambda: "check", lambda: "disputes",
    lambda: f"rank (prereqs {name()}) by unlocks", lambda: f"prereqs {name()} then wher", lambda: f"pth {name()}",
    lambda: f"with {{ -{name()} }} prereqs {name()}", lambda: f"let x = {name()}, {name()}",
    lambda: f"progress {name()} knowing {name()}, {name()}", lambda: f"matrix {name()} for (must {name()}), (must {name()})", lambda: f"alternatives {name()}",
    lambda: f"why not {name()} in (unlocks {name()})", lambda: "relations", lambda: "fields", lambda: f"names {name()}",
    lambda: f"plan {name()} then schedule at 8 from 2026-12-07", lambda: f"plan {name()} to {name()} then sum hours",
    lambda: f"prereqs {name()} then mean hours", lambda: f"(prereqs {name()}) then min hours", lambda: f"unlocks {name()} then max since",
    lambda: f"(prereqs {name()}) {dice.choice(['union', 'intersect', 'except'])} (unlocks {name()})",
    lambda: f"nodes then where sources >= 2 and kind <> tool then sort by hours desc then offset {dice.randrange(900)} then limit 9",
    lambda: f"disputes {name()}", lambda: f"path {name()} to {name()} then count", lambda: f"near {name()} then group by kind, layer",
]
queries = [dice.choice(FORMS)().replace('"', "") for _ in range(number)]
done = subprocess.run([program, "-F", "json", "-f", "-"], input="\n".join(queries).encode(), capture_output=True, check=False)
shapes, wrong = {}, 0
for line in done.stdout.splitlines():
    answer = json.loads(line)
    shape = answer.get("shape", "error")
    shapes[shape] = shapes.get(shape, 0) + 1
    for error in validator.iter_errors(answer):
        wrong += 1
        if wrong < 10:
            print(answer["query"], list(error.absolute_path), error.message[:300])
print(f"{sum(shapes.values())} answers of {len(queries)} queries, {wrong} against the schema; {shapes}")
sys.exit(1 if wrong or sum(shapes.values()) != len(queries) else 0)
