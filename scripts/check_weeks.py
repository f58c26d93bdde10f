#!/usr/bin/env python3
"""Holds schedules, progress and matrices of random courses against sums and sets made here.

    python3 scripts/check_weeks.py target/release/opsatlas [HOW_MANY]

Each course is a file of topics with hours and needs. What the program lays into weeks has to hold every
topic that the goal needs, none twice, in an order in which all can be learned, each week full before the
next begins, with sums that add up; who knows which topic has to be what follows from the needs alone.
"""
import datetime
import json
import math
import random
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

PROGRAM, HOW_MANY = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200


def course(dice):
    """Topics with their hours (in quarters) and needs; the last one is the goal."""
    count = dice.randint(2, 40)
    names = [f"t{at:02}" for at in range(count)]
    dice.shuffle(names)
    hours = {name: Fraction(dice.randint(1, 80), 4) for name in names}
    needs = {name: set() for name in names}
    for at, name in enumerate(names):
        for _ in range(dice.randint(0, 3)):
            if at:
                needs[name].add(names[dice.randrange(at)])
    return names, hours, needs


def closure(needs, of):
    found, open_ = set(), list(of)
    while open_:
        node = open_.pop()
        if node not in found:
            found.add(node)
            open_ += needs[node]
    return found


def ask(folder, *query, profiles=(), form="json"):
    people = [part for name in profiles for part in ("--me", f"{name}={folder / name}.json")]
    run = subprocess.run(
        [PROGRAM, "-g", str(folder / "course.json"), *people, "-F", form, " ".join(query)],
        capture_output=True, text=True, check=False,
    )
    assert run.returncode == 0, (query, run.stderr)
    return json.loads(run.stdout) if form == "json" else run.stdout


def table(answer):
    return [dict(zip(answer["columns"], row)) for row in answer["rows"]]


def exact(number):
    return Fraction(str(number or 0))


def check_weeks(dice, folder, hours, needs, goal, known):
    knowing = f" knowing {', '.join(sorted(known))}" if known else ""
    wanted = closure(needs, [goal]) - closure(needs, known)
    total = sum(hours[name] for name in wanted)
    start = datetime.date(2027, 1, 1) + datetime.timedelta(dice.randrange(700))
    if dice.random() < 0.5:
        each = Fraction(dice.randint(1, 60), 2)
        laid = f"at {float(each):g}"
        weeks = math.ceil(total / each)
    else:
        weeks = dice.randint(1, 30)
        laid = f"in {weeks}"
        # Told to a millionth, and no more than it must be.
        each = Fraction(math.ceil(total / weeks * 10**6), 10**6)
    rows = table(ask(folder, f"plan {goal}{knowing} then schedule {laid} from {start}"))
    spent, order, done = {}, [], Fraction(0)
    full = {}
    for row in rows:
        name, amount = row["step"], exact(row["hours"])
        if name not in spent:
            order.append(name)
        spent[name] = spent.get(name, 0) + amount
        full[row["week"]] = full.get(row["week"], 0) + amount
        done += amount
        assert exact(row["done after"]) == done, row
        first = start + datetime.timedelta(7 * (row["week"] - 1))
        assert row["from"] == str(first) and row["to"] == str(first + datetime.timedelta(6)), row
    assert set(order) == wanted and spent == {name: hours[name] for name in wanted}
    for at, name in enumerate(order):
        assert needs[name] & wanted <= set(order[:at]), (name, order)
    assert done == total
    used = max(full)
    assert used <= weeks and (laid.startswith("in") or used == weeks), (used, weeks)
    assert sorted(full) == list(range(1, used + 1))
    assert all(full[week] == each for week in range(1, used)) and full[used] <= each, full
    return len(rows)


def check_people(dice, folder, names, hours, needs, goal):
    people = {name: set(dice.sample(names, dice.randint(0, min(4, len(names))))) for name in ("ann", "bo")}
    for name, knows in people.items():
        items = [{"id": node} for node in sorted(knows)]
        (folder / f"{name}.json").write_text(json.dumps({"knows": 1, "items": items}))
    rows = table(ask(folder, f"matrix {goal} for @ann, @bo", profiles=people))
    wanted = closure(needs, [goal])
    steps = [row for row in rows if row["id"] is not None]
    assert {row["id"] for row in steps} == wanted
    left, left_hours = rows[-2], rows[-1]
    for person, knows in people.items():
        knows = closure(needs, knows)
        for row in steps:
            node = row["id"]
            is_ready = needs[node] <= knows
            right = "known" if node in knows else "ready" if is_ready else "missing"
            assert row[person] == right, (person, row, right)
        open_ = wanted - knows
        assert exact(left[person]) == len(open_), left
        assert exact(left_hours[person]) == sum(hours[node] for node in open_), left_hours
        [told] = table(ask(folder, f"progress {goal} knowing @{person}", profiles=people))
        of = {"steps": wanted, "known": wanted & knows, "left": open_}
        assert all(told[name] == len(nodes) for name, nodes in of.items()), told
        sums = {"hours": wanted, "hours known": wanted & knows, "hours left": open_}
        assert all(exact(told[name]) == sum(hours[node] for node in nodes) for name, nodes in sums.items())


def main():
    parts = 0
    for seed in range(HOW_MANY):
        dice = random.Random(seed)
        names, hours, needs = course(dice)
        goal = names[-1]
        graph = {
            "atlas": 1,
            "schema": {
                "kinds": {"topic": {}},
                "relations": {"needs": {"prerequisite": "target"}},
                "fields": {"hours": {"type": "number"}},
            },
            "nodes": [
                {"id": name, "kind": "topic", "properties": {"hours": float(hours[name])}} for name in names
            ],
            "edges": [
                {"from": name, "to": other, "kind": "needs"} for name in names for other in sorted(needs[name])
            ],
        }
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "course.json").write_text(json.dumps(graph))
            others = names[:-1]
            known = set(dice.sample(others, dice.randint(0, min(3, len(others)))))
            parts += check_weeks(dice, folder, hours, needs, goal, known)
            check_people(dice, folder, names, hours, needs, goal)
    print(f"{HOW_MANY} courses: {parts} parts in weeks, 2 people each: as counted here")


if __name__ == "__main__":
    main()
