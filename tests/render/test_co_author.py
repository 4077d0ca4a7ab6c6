"""What the check “Postmortem co-author” says where no co-author is asked for."""

from __future__ import annotations

from datetime import UTC, datetime

from app.core.gate import gate
from app.render.co_author import co_author_sections, co_author_title
from tests.core.facts import document, facts
from tests.service.documents import GOOD

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_short_form_is_said_to_need_no_co_author() -> None:
    short = GOOD.replace("SEV-1", "SEV-3").replace("- Status:", "- Known cause: [INC-7](2026-01-12-pool.md)\n- Status:")
    verdict = gate(facts(document(short)), NOW)
    assert co_author_title(verdict) == "No co-author is needed"
    assert "the short form for a known cause needs no co-author" in co_author_sections(verdict, "")


def test_a_document_whose_authors_stay_is_said_to_have_the_same() -> None:
    verdict = gate(facts(document(GOOD.replace("yellow", "amber"), base=GOOD)), NOW)
    assert co_author_title(verdict) == "The authors did not change"
