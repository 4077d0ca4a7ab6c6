"""Nothing is posted outside working hours, however long a pass takes."""

from __future__ import annotations

from datetime import UTC, datetime

from app.core.keys import RepositoryKey, format_key
from app.core.repository_facts import ACTION_LABEL
from app.queue import Claim, Done
from bench.follow_up import REPOSITORY, Scene, scene

CLOSING = datetime(2026, 12, 3, 17, tzinfo=UTC)  # a Thursday
MORNING = datetime(2026, 12, 4, 9, tzinfo=UTC)
ITEMS = 30
DOCUMENT = "# Postmortem: Checkout failed\n\n- Incident: INC-1\n- Date: 2026-11-20\n\n## Action items\n" + "\n".join(
    f"- Alert on symptom {number}. Owner: @ana. Due: 2026-12-02. Priority: P1. Success criterion: it fires."
    for number in range(ITEMS)
)


async def _pass(played: Scene) -> datetime | None:
    installation = next(iter(played.github.world.installations))
    key = format_key(RepositoryKey(installation, played.github.world.repository(REPOSITORY).id))
    outcome = await played.reconciler(Claim(key, again=False, attempts=0, last=False))
    assert isinstance(outcome, Done)
    return outcome.wake_at


def _posted(played: Scene) -> list[datetime]:
    actions = [each for each in played.github.issues(REPOSITORY) if ACTION_LABEL in played.github.labels(each)]
    return sorted(each.created_at for issue in actions for each in played.github.comments(issue))


async def test_what_is_not_posted_by_closing_time_waits_for_the_next_opening() -> None:
    async with scene() as played:
        played.github.edit_document(REPOSITORY, "postmortems/1.md", DOCUMENT)
        while len(list(played.github.issues(REPOSITORY))) <= ITEMS:
            await played.passes()
            played.pause(minutes=6)
        await played.passes()
        played.clock.now = CLOSING.replace(hour=16, minute=59, second=48)
        wakes = await _pass(played)
        posted = _posted(played)
        assert 5 < len(posted) < ITEMS
        assert posted[-1] < CLOSING
        assert wakes == MORNING
        played.clock.now = MORNING
        await played.passes()
        assert len(_posted(played)) == ITEMS
