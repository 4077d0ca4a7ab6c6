"""Lists that Markdown does not know, HTML, and headings that no style lists: read by what their items look like."""

from __future__ import annotations

from datetime import date

import pytest

from rules.reading import read

ALERT, KEYS = "Add an alert on pool usage", "Rotate the deploy key"


def titles(body: str) -> list[str]:
    return [item.title for item in read(f"# Postmortem: x\n\n- Date: 2026-05-04\n\n{body}\n").actions]


@pytest.mark.parametrize(
    "body",
    [
        f"→ {ALERT} (@ana)\n→ {KEYS} (@ben)",
        f"TODO(ana): {ALERT}\nTODO(ben): {KEYS}",
        f"§ 1 {ALERT}\n§ 2 {KEYS}",
        f"A. {ALERT}\nB. {KEYS}",
        f" o {ALERT}\n o {KEYS}",
        f"• {ALERT}\n• {KEYS}",
        f"AI-1: {ALERT}\nAI-2: {KEYS}",
        f'<img src="board.png" width="75%">\n- {ALERT}\n- {KEYS}',
        f'  <img src="board.png">  \n1. {ALERT}\n2. {KEYS}',
        f"<ul>\n<li>{ALERT}</li>\n<li>{KEYS}</li>\n</ul>",
        (
            f"<table>\n<tr><th>Action</th><th>Owner</th></tr>\n<tr><td>{ALERT}</td><td>@ana</td></tr>\n"
            f"<tr><td>{KEYS}</td><td>@ben</td></tr>\n</table>"
        ),
    ],
)
def test_items_under_a_known_heading_may_be_marked_in_any_way(body: str) -> None:
    assert titles(f"## Action items\n\n{body}") == [ALERT, KEYS]


@pytest.mark.parametrize(
    "heading",
    ["Follow-through", "Recommendation", "Plan", "Looking forward", "Permanent fix", "What we're promising", "Agreed"],
)
def test_a_heading_that_no_style_lists_holds_actions_if_its_items_read_as_promises(heading: str) -> None:
    assert titles(f"## {heading}\n\n- {ALERT} (@ana, by 2026-06-01)\n- {KEYS} (@ben, by 2026-06-01)") == [ALERT, KEYS]


@pytest.mark.parametrize(
    "body",
    [
        "## Lessons\n\n- The alert fired late.\n- The runbook was out of date.",
        "## Mitigation\n\n- We restarted the pods.\n- We raised the limit.",
        "## Questions for the review\n\n- Did the alert fire?\n- Was the runbook used?",
        "## Impact\n\n- 12,000 users saw errors\n- Checkout was down",
    ],
)
def test_other_lists_are_no_promises(body: str) -> None:
    assert titles(body) == []


def test_a_german_document_has_its_facts_and_fields_read() -> None:
    postmortem = read(
        "# Nachbereitung\n\n**Datum:** 2026-11-18\n**Einsatzleitung:** @jana\n\n"
        "## Zeitleiste (MEZ)\n\n- 09:12 Deploy\n- 10:05 Rollback\n\n"
        "## Maßnahmen\n\n- [ ] Schlüssel erzwingen. Verantwortlich: @uwe. Frist: 30.11.2026. Priorität: P0. "
        "Erfolgskriterium: doppelter POST liefert 409.\n\n"
        "## Überprüfung\n\nIn Staging senden wir jeden POST zweimal.\n"
    )
    (item,) = postmortem.actions
    assert [owner.login for owner in item.owners] == ["uwe"]
    assert (item.due, item.priority) == (date(2026, 11, 30), "P0")
    assert item.criterion is not None
    assert [each.login for each in postmortem.commanders] == ["jana"]
    assert [each.at.isoformat() for each in postmortem.timeline if each.at] == [
        "2026-11-18T09:12:00+01:00",
        "2026-11-18T10:05:00+01:00",
    ]
    assert postmortem.section("verification") is not None


_GERMAN = (
    "# Bericht: Der Checkout lieferte für 42 Minuten Fehler\n\n- Datum: 01.08.2026\n\n"
    "## Zusammenfassung\n\nDer Dienst war nicht erreichbar, weil die Verbindungen zu der Datenbank nicht reichten.\n\n"
    "## Zeitlicher Ablauf (MESZ)\n\n- 1.8.2026 10:32 Das Deployment\n- 02.08.2026, 00:10 Zurückgerollt\n\n"
    "## Maßnahmen\n\n- [ ] Die Zahl der Versuche begrenzen. Verantwortlich: @uwe. Frist: {due}. Priorität: P0.\n"
)


def test_in_german_a_date_with_dots_has_its_day_first() -> None:
    postmortem = read(_GERMAN.format(due="03.09.2026"))
    assert postmortem.language == "de"
    assert [each.at.isoformat() for each in postmortem.timeline if each.at] == [
        "2026-08-01T10:32:00+02:00",
        "2026-08-02T00:10:00+02:00",
    ]
    assert postmortem.actions[0].due == date(2026, 9, 3)


@pytest.mark.parametrize("due", ["03/09/2026", "03-09-2026"])
def test_in_german_a_date_with_slashes_or_hyphens_is_not_guessed(due: str) -> None:
    assert read(_GERMAN.format(due=due)).actions[0].due is None


def test_in_english_a_date_with_dots_is_not_guessed() -> None:
    text = (
        "# Checkout returned errors\n\n- Date: 01.08.2026\n\n## Summary\n\nThe service was down for an hour because "
        "there were not enough connections to the database when the release was rolled out.\n\n"
        "## Timeline (UTC)\n\n- 01.08.2026 10:32 The deploy\n"
    )
    postmortem = read(text)
    assert postmortem.language == "en"
    assert [each.at for each in postmortem.timeline] == [None]


def test_in_polish_too_and_what_is_no_date_stays_as_it_is() -> None:
    postmortem = read(
        "# Raport\n\nData: 2026-08-01\n\n## Podsumowanie\n\nUsługa nie była dostępna, bo do bazy danych nie było "
        "połączeń, a wersja 1.8.2026.3 na serwerze 10.1.2.2026 nie została wycofana, jak to jest w planie z "
        "02.08.2026 dla usługi.\n"
    )
    assert postmortem.language == "pl"
    (section,) = postmortem.sections
    assert "wersja 1.8.2026.3 na serwerze 10.1.2.2026" in section.text
    assert "z 2026-08-02 dla" in section.text
