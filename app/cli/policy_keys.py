"""Every key of the policy file in a sentence: what the JSON Schema, `policy init` and editors tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Key(NamedTuple):
    """A key of the policy.

    Attributes:
        what: what it says, in a sentence or two.
        example: a value of it, as it stands in YAML; where `shown` is true, `policy init` shows it.
        shown: whether the example tells more than the default does.
    """

    what: str
    example: str
    shown: bool = False


KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "version": Key("The version of this format. There is only 1.", "1"),
        "enforce": Key(
            "Whether the checks can hold up a merge. `false` makes them advisory: they end neutral.", "false"
        ),
        "documents": Key(
            "Which files are postmortems: globs as in .gitignore, a leading `!` excludes. "
            "Without any, each Markdown file that reads as a postmortem is one.",
            '["postmortems/**/*.md", "!postmortems/archive/"]',
            shown=True,
        ),
        "layout": Key(
            "The house style: `auto` (recognised by the headings), the name of a layout (`atlassian`, `aws-coe`, "
            "`closeout`, `generic`, `gitlab`, `google`, `govuk`, `jupyterhub`, `pagerduty`), "
            "or a mapping of section kinds to your own headings.",
            "google",
        ),
        "timezone": Key("The IANA time zone in which dates and working hours are meant.", "Europe/Berlin"),
        "adopted": Key(
            "The day from which action items are followed up. Older postmortems are checked, not followed up. "
            "Without it: the moment this file was merged, or the organisation's file began to name the repository. "
            "What was there then stays old, also when it is moved and edited.",
            "2026-01-01",
        ),
        "people": Key(
            "Who is who, by GitHub login: how names lead to accounts, and late action items to managers.",
            "{ana: {name: Ana Ruiz, team: payments, manager: dana}}",
            shown=True,
        ),
        "people.*.name": Key("The name as postmortems write it.", "Ana Ruiz"),
        "people.*.manager": Key("The login that hears when an action item of theirs is late.", "dana"),
        "people.*.team": Key("Their team; its manager stands under `managers`.", "payments"),
        "people.*.sponsor": Key(
            "The login that is assigned in their place, for somebody without an account. Name another one, and open "
            "items that nobody has handed on go to them.",
            "dana",
        ),
        "managers": Key(
            "The login that hears of a team's late action items. `default` is for everybody else. "
            "Name one person each: a team is nobody.",
            "{default: dana, payments: emil}",
            shown=True,
        ),
        "facilitators": Key(
            "The logins of those to ask when a postmortem meeting needs a facilitator. "
            "It is a list for people: no check goes by it.",
            "[finn, gita]",
            shown=True,
        ),
        "deadlines": Key("How many days an action item may take at most, by priority.", "{P0: 7, P1: 28, P2: 56}"),
        "calendar": Key(
            "Working time. Reminders keep it, and a default deadline moves to its next day.", "{hours: '10:00-18:00'}"
        ),
        "calendar.working_days": Key("The days on which you work.", "[mon, tue, wed, thu]"),
        "calendar.hours": Key('Working hours. "00:00-24:00" is allowed.', '"10:00-18:00"'),
        "calendar.holidays": Key(
            "Days off, or countries such as `DE` (extra `holidays`).",
            "[2026-12-25, 2027-01-01]",
            shown=True,
        ),
        "reminders": Key(
            "When owners and managers are reminded, in working days, at most 250.", "{before: 1, repeat: 3}"
        ),
        "reminders.before": Key("How long before its deadline an owner is reminded.", "1"),
        "reminders.manager_after": Key(
            "How long after the deadline the manager hears of it, by priority.", "{P0: 1, P1: 2, P2: 5}"
        ),
        "reminders.repeat": Key("How long until the next reminder.", "3"),
        "revisits": Key("When a postmortem comes back to see what became of it.", "{days: [30, 90], owner: dana}"),
        "revisits.days": Key("After how many days.", "[30, 90]"),
        "revisits.owner": Key("The one login to which tracking issues are assigned.", "dana", shown=True),
        "standup": Key("The weekly agenda of open action items.", "{day: tue}"),
        "standup.day": Key("The weekday on which it comes.", "tue"),
        "standup.enabled": Key("Whether it comes at all.", "false"),
        "co_author": Key(
            "What counts as having taken part in a pull request, for somebody who did not command the incident.",
            "{evidence: [commit, review]}",
        ),
        "co_author.evidence": Key("Any one of these is enough.", "[commit, review]"),
        "rules": Key(
            "The severity of a rule, by its code or its name: error, warning, notice or off. "
            "`closeout rules` lists them all.",
            "{CO410: warning, tldr-long: off}",
            shown=True,
        ),
        "repositories": Key(
            "In an organisation's file: the repositories it speaks for, by name or glob. Elsewhere it has no effect.",
            '[postmortems, "*-incidents"]',
            shown=True,
        ),
        "trusted_apps": Key(
            "Other installations of Closeout whose marks in issues may be taken over.", "[closeout-old]", shown=True
        ),
        "public": Key("Whether managers may be mentioned, and agendas posted, in a public repository.", "true"),
    }
)
"""By path; `*` stands for any login."""
