"""Postmortems to measure with: plausible, about 5 KB each, no two alike, the same in every run.

They differ in house style (bullets, tables, front matter, bold labels), in length, and in what is wrong with them:
about half have vague action items, blameful sentences or missing fields, as postmortems do before their review.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

_SERVICES = (
    "checkout", "search", "billing", "the image proxy", "login", "the mail queue", "the order database",
    "the feature store", "the edge cache", "the scheduler", "the ledger", "the notification service",
)  # fmt: skip
_FAILURES = (
    "returned 502s", "lost writes", "was slow for every third request", "refused connections",
    "served stale prices", "ran out of file descriptors", "restarted in a loop", "dropped messages",
)  # fmt: skip
_CAUSES = (
    "a slow query held connections for longer than the timeout of the pool",
    "the certificate of the internal proxy expired at midnight",
    "a migration took a lock on the largest table",
    "the new release kept a reference to every request it had answered",
    "a limit on memory that had been right for a year was passed by the traffic of the sale",
    "two cron jobs that had never met before ran in the same minute",
    "the retry policy of the client had no backoff, so that every failure made three more requests",
)
_PEOPLE = (
    ("Ana Ruiz", "ana"), ("Ben Okafor", "ben"), ("Gita Rao", "gita"), ("Finn Olsen", "finn"), ("Mia Chen", "mia"),
    ("Juan Ortega", "juan"), ("Lea Brandt", "lea"), ("Tom Novak", "tnovak"), ("Sara Lind", "slind"),
)  # fmt: skip
_EVENTS = (
    "The error rate of {service} passes {number} %.",
    "The alert `{word}-errors` pages the on-call engineer.",
    "The deploy of {number}.{small} is rolled back; the error rate does not change.",
    "{person} joins the call and looks at the dashboard of [{service}](https://grafana.example.com/d/{word}).",
    "Traffic is moved to the second region; latency at the 99th percentile falls to {number} ms.",
    "Support counts {number} tickets from customers in three countries.",
    "The log shows `connection refused ({word}:{number})` once a second on every host.",
    "The limit is raised from {small} to {number} connections.",
    "Unfortunately the first attempt to fail over stops half way, since the replica is {number} s behind.",
    "The status page says that {service} is degraded.",
)
_GOOD_ACTIONS = (
    "Alert when the connection pool of {service} is above {number} % for {small} minutes",
    "Cap retries in the client of {service} at {small}, with exponential backoff",
    "Add a load test of {service} at twice the traffic of the sale to the nightly build",
    "Remove the manual step from the failover runbook of {service}",
    "Rotate the certificates of {service} {number} days before they expire, by a job",
    "Fail the build when a migration locks a table with more than {number} rows",
)
_VAGUE_ACTIONS = (
    "Better monitoring for {service}",
    "Improve communication",
    "Investigate why {service} was slow",
    "Be more careful with deploys",
    "Look into the alerts of {service}",
)
_CRITERIA = (
    "the alert fires in staging within {small} minutes of an exhausted pool",
    "the test `{word}-storm` fails when the limit is taken out again",
    "a drill in staging fails over in under {number} s without a person",
)
_SENTENCES = (
    "The responders took the last deploy for the cause, since it had touched {service} an hour before.",
    "The dashboard shows the average over all hosts, in which one host that fails does not stand out.",
    "At {number} requests a second the queue in front of {service} filled within {small} minutes.",
    "The runbook named the command that shows the state of the pool, which saved a search.",
    "{person} should have checked the replica before the failover.",
    "Nobody had tried the failover since it was set up, and its third step named a host that is gone.",
    "The change had passed review and the tests in staging, where the table has {number} rows.",
    "Clients with a warm cache noticed nothing; those without one waited for {number} s and gave up.",
    "We see the same shape in the incident of last year, whose second action item is still open.",
    "The cause was human error during the rollout of the configuration.",
    "The graph below is from `{word}.internal`; the gap is the time in which no metrics arrived.",
)
_QUESTIONS = (
    "Why did the alert of {service} not fire at {number} %?",
    "Is the replica allowed to be {number} s behind?",
    "Who else depends on the order in which {service} starts?",
)


class _Writer:
    """One postmortem's facts, and the words for them."""

    def __init__(self, chance: random.Random, number: int) -> None:
        self.chance = chance
        self.number = number
        self.day = date(2024, 1, 1) + timedelta(days=chance.randrange(800))
        self.minute = chance.randrange(0, 20 * 60)
        self.service = chance.choice(_SERVICES)
        self.people = chance.sample(_PEOPLE, 5)
        self.complete = chance.random() < 0.5
        self.title = f"{self.service.capitalize()} {chance.choice(_FAILURES)} for {chance.randrange(9, 200)} minutes"

    def fill(self, template: str) -> str:
        return template.format(
            service=self.service,
            word=self.service.split()[-1],
            number=self.chance.randrange(20, 900),
            small=self.chance.randrange(2, 12),
            person=self.chance.choice(self.people)[0],
        )

    def times(self) -> Iterator[str]:
        for offset in sorted(self.chance.sample(range(200), self.chance.randrange(9, 18))):
            yield f"{(self.minute + offset) // 60:02}:{(self.minute + offset) % 60:02}"

    def timeline(self) -> Sequence[tuple[str, str]]:
        return [(time, self.fill(self.chance.choice(_EVENTS))) for time in self.times()]

    def prose(self, sentences: int) -> str:
        paragraphs = [
            " ".join(self.fill(each) for each in self.chance.sample(_SENTENCES, self.chance.randrange(2, 5)))
            for _ in range(sentences)
        ]
        return "\n\n".join(paragraphs)

    def bullets(self, templates: Sequence[str]) -> str:
        return "\n".join(f"- {self.fill(each)}" for each in self.chance.sample(templates, 3))

    def actions(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Title, owner, deadline, priority, criterion."""
        for priority in ("P0", "P1", "P1", "P2", "P2")[: self.chance.randrange(3, 6)]:
            good = self.complete or self.chance.random() < 0.6
            title = self.fill(self.chance.choice(_GOOD_ACTIONS if good else _VAGUE_ACTIONS))
            name, login = self.chance.choice(self.people)
            deadline = (self.day + timedelta(days=self.chance.randrange(5, 40))).isoformat()
            owner = f"{name} (@{login})" if good else "the team"
            yield title, owner, deadline if good else "soon", priority, self.fill(self.chance.choice(_CRITERIA))

    def fields(self) -> Iterator[tuple[str, str]]:
        end = self.minute + 42
        yield "Date", self.day.isoformat()
        yield "Severity", self.chance.choice(("SEV-1", "SEV-2", "SEV-3"))
        yield "Status", self.chance.choice(("draft", "review", "resolved"))
        yield "Authors", ", ".join(f"{name} (@{login})" for name, login in self.people[:2])
        if self.complete or self.chance.random() < 0.7:
            yield "Incident commander", "{} (@{})".format(*self.people[2])
            yield "Facilitator", "{} (@{})".format(*self.people[3])
            duration = f"{self.minute // 60:02}:{self.minute % 60:02} (start) → {end // 60:02}:{end % 60:02} (end), UTC"
            yield "Duration", duration
            yield "Detection", self.fill("the alert `{word}-errors` paged the on-call engineer after {small} minutes")
            yield "Impact", self.fill("{number} users affected, {number} requests failed, {small} % of the SLO budget")


def _article(writer: _Writer) -> str:
    fields = "\n".join(f"- {name}: {value}" for name, value in writer.fields())
    timeline = "\n".join(f"- {time} {event}" for time, event in writer.timeline())
    actions = "\n".join(
        f"- [ ] {title}\n  - Owner: {owner}\n  - Deadline: {deadline}\n  - Priority: {priority}\n"
        f"  - Success criterion: {criterion}"
        for title, owner, deadline, priority, criterion in writer.actions()
    )
    return f"""# Postmortem: {writer.title}

{fields}

## TL;DR

{writer.title}, because {writer.chance.choice(_CAUSES)}. We raised the limit and now alert before it is reached.

## Timeline

{timeline}

## What was actually happening

{writer.prose(2)}

## What we believed was happening (during)

{writer.prose(2)}

## What helped, what hurt

Helped:

{writer.bullets(_SENTENCES)}

Hurt:

{writer.bullets(_SENTENCES)}

## Action items

{actions}

## Verification

{writer.fill("A load test in staging exhausts the pool every night. It fails unless the alert fires in {small} min.")}

## Open questions

{writer.bullets(_QUESTIONS)}
"""


def _tables(writer: _Writer) -> str:
    fields = "\n".join(f"| {name} | {value} |" for name, value in writer.fields())
    timeline = "\n".join(f"| {time} UTC | {event} |" for time, event in writer.timeline())
    actions = "\n".join(
        f"| {title} | mitigate | {owner} | {priority} | {deadline} |"
        for title, owner, deadline, priority, _ in writer.actions()
    )
    return f"""# Incident report: {writer.title}

| Field | Value |
| --- | --- |
{fields}

## Summary

{writer.prose(1)}

## Impact

{writer.fill("{number} users could not use {service}; {number} orders were lost.")}

## Root causes

{writer.chance.choice(_CAUSES).capitalize()}. {writer.prose(1)}

## Resolution

{writer.prose(1)}

## Lessons learned

### What went well

{writer.bullets(_SENTENCES)}

### What went wrong

{writer.bullets(_SENTENCES)}

## Action items

| Action item | Type | Owner | Priority | Due |
| --- | --- | --- | --- | --- |
{actions}

## Timeline

| Time | Event |
| --- | --- |
{timeline}

## Supporting information

```text
{writer.fill("ERROR pool exhausted host={word} waiting={number}")}
{writer.fill("ERROR timeout after {number} ms host={word}")}
```

{writer.prose(2)}
"""


def _front_matter(writer: _Writer) -> str:
    fields = "\n".join(f"{name.lower().replace(' ', '_')}: '{value}'" for name, value in writer.fields())
    timeline = "\n".join(f"- **{writer.day} {time} UTC**: {event}" for time, event in writer.timeline())
    actions = "\n".join(
        f"1. {title} ({owner}, by {deadline}, {priority})" for title, owner, deadline, priority, _ in writer.actions()
    )
    return f"""---
title: '{writer.title}'
{fields}
tags: [incident, {writer.service.split()[-1]}]
---

# {writer.title}

**Summary**

{writer.prose(1)}

**What happened**

{writer.prose(3)}

## Timeline (all times in UTC)

{timeline}

## Contributing factors

{writer.bullets(_SENTENCES)}

## What we learned

{writer.prose(2)}

## Follow-up

{actions}
"""


_STYLES: tuple[Callable[[_Writer], str], ...] = (_article, _tables, _front_matter)


def postmortems(count: int, seed: int = 2026) -> Iterator[tuple[str, str]]:
    """File names and texts."""
    chance = random.Random(seed)
    for number in range(count):
        writer = _Writer(chance, number)
        style = chance.choice(_STYLES)
        yield f"{writer.day}-{writer.service.split()[-1]}-{number:04}.md", style(writer)


def write_postmortems(folder: Path, count: int) -> int:
    """Write them into a folder, which is made; returns how many bytes they have together."""
    folder.mkdir(parents=True)
    total = 0
    for name, text in postmortems(count):
        total += folder.joinpath(name).write_bytes(text.encode())
    return total
