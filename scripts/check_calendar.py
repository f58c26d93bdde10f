#!/usr/bin/env python3
"""Reads calendars of schedules with PyPI's `icalendar` and holds them against the same schedules as JSON: weeks,
days, what is done in each, sums. Usage: check_calendar.py [PROGRAM]."""

import datetime
import json
import re
import subprocess
import sys

import icalendar

program = sys.argv[1] if len(sys.argv) > 1 else "target/release/opsatlas"
GOALS = ["gitops", "sre", "llmops", "mlops-engineer", "kubernetes", "domains"]
SPANS = ["at 6 from 2026-12-07", "in 14 from 2027-02-01", "at 2.5 from 2028-02-29", "in 30 at 20 from 2026-12-31"]


def ask(form, query):
    done = subprocess.run([program, "-F", form, "-c", query], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def spent(description):
    """What an event says is done in it."""
    return sum(float(amount) for amount in re.findall(r"\(([\d.]+)(?: of [\d.]+)? hours?\)", description))


asked = read = 0
for goal in GOALS:
    for span in SPANS:
        query = f"plan {goal} then schedule {span} default 1"
        asked += 1
        table, calendar = ask("json", query), ask("ics", query)
        if table is None or calendar is None:
            assert table is None and calendar is None, f"{query}: one form refuses what another takes"
            print(f"{query}: refused")
            continue
        read += 1
        table = json.loads(table)
        at = {name: place for place, name in enumerate(table["columns"])}
        weeks = {}
        for row in table["rows"]:
            week = weeks.setdefault((row[at["from"]], row[at["to"]]), [])
            week.append((row[at["step"]], row[at["hours"]] or 0))
        events = {}
        identities = set()
        for event in icalendar.Calendar.from_ical(calendar).walk("VEVENT"):
            first, after = event.decoded("dtstart"), event.decoded("dtend")
            assert isinstance(first, datetime.date) and after > first, query
            last = after - datetime.timedelta(days=1)
            identities.add(str(event["uid"]))
            events.setdefault((str(first), str(last)), []).append(
                (str(event["summary"]), str(event.get("description", ""))))
        assert len(identities) == sum(map(len, events.values())), f"{query}: one identity each"
        assert set(events) == set(weeks), f"{query}: {set(events) ^ set(weeks)}"
        for days, steps in weeks.items():
            told = " ".join(part for event in events[days] for part in event)
            for step, _ in steps:
                assert step in told, f"{query}: {days} does not tell {step}"
            hours = sum(hours for _, hours in steps)
            written = sum(spent(description) for _, description in events[days])
            assert abs(hours - written) < 1e-5, f"{query}: {days}: {hours} hours, but {written} are told"
        total = sum(hours for steps in weeks.values() for _, hours in steps)
        begun, ended = min(first for first, _ in weeks), max(last for _, last in weeks)
        days = (datetime.date.fromisoformat(ended) - datetime.date.fromisoformat(begun)).days + 1
        assert days % 7 == 0 and days // 7 == max(row[at["week"]] for row in table["rows"]), query
        print(f"{query}: {len(identities)} events, {days // 7} weeks, {total:g} hours")
assert read > asked // 2, f"only {read} of {asked} were read"
print(f"{read} calendars agree with their tables")
