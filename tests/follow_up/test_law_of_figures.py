"""The law of the figures: there is one issue of them, it shows what is true, and people win."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from app.core.calendar.working_time import working_time
from app.core.effects import CreateIssue, UpdateIssue
from app.render.follow_through import follow_through_block
from tests.follow_up.figures import action, item, measured, merged, shown
from tests.follow_up.model_github import NOW


class Figures(RuleBasedStateMachine):
    """Items that are closed, opened, extended and declined while time goes by, and people who do not like the issue."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.titles = [f"Cap the retries of client {name}" for name in ("one", "two", "three")]
        dues = ("2026-05-08", "2026-05-16", "2026-07-03")
        self.model = merged(*(item(title, due=due) for title, due in zip(self.titles, dues, strict=True)))
        self.closed = self.deleted = False

    @rule(days=st.integers(0, 20))
    def time_goes_by(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.model.settle(now=self.now)

    @rule(data=st.data(), reason=st.sampled_from(["completed", "not_planned"]))
    def close_an_item(self, data: st.DataObject, reason: str) -> None:
        number = action(self.model, data.draw(st.sampled_from(self.titles)))
        self.model.edit(number, open=False, state_reason=reason, closed_at=self.now)

    @rule(data=st.data())
    def open_it_again(self, data: st.DataObject) -> None:
        number = action(self.model, data.draw(st.sampled_from(self.titles)))
        self.model.edit(number, open=True, state_reason="reopened")

    @rule(data=st.data(), days=st.integers(1, 30))
    def extend(self, data: st.DataObject, days: int) -> None:
        number = action(self.model, data.draw(st.sampled_from(self.titles)))
        self.model.say(number, "gita", f"/extend {(self.now + timedelta(days=days)).date()} it takes longer")

    @precondition(lambda self: bool(shown(self.model)) and not self.closed)
    @rule(body=st.sampled_from(["", "Mine now.", None]))
    def write_over_it(self, body: str | None) -> None:
        (issue,) = shown(self.model)
        self.model.edit(issue.number, body=issue.body[:-20] if body is None else body)
        self.model.settle(now=self.now)

    @precondition(lambda self: bool(shown(self.model)))
    @rule(is_open=st.booleans())
    def close_or_open_the_figures(self, is_open: bool) -> None:
        (issue,) = shown(self.model)
        self.model.edit(issue.number, open=is_open, closed_at=None if is_open else self.now)
        self.closed = not is_open

    @precondition(lambda self: bool(shown(self.model)))
    @rule()
    def delete_the_figures(self) -> None:
        (issue,) = shown(self.model)
        self.model.settle(now=self.now)
        self.model.remove(issue.number)
        self.closed = self.deleted = True

    @rule(writes=st.integers(0, 3))
    def crash(self, writes: int) -> None:
        self.model.settle(now=self.now, stop_after=writes)

    @invariant()
    def there_is_at_most_one(self) -> None:
        assert len(shown(self.model)) <= 1

    @invariant()
    def a_person_who_closes_it_wins(self) -> None:
        assert all(each.open is not self.closed for each in shown(self.model))

    @invariant()
    def a_settled_pass_writes_nothing_and_the_issue_shows_the_figures(self) -> None:
        self.model.settle(now=self.now)
        assert self.model.plan(self.now) == ()
        time = working_time(self.model.facts.policy)
        metrics = measured(self.model, time.day_begun(self.now).isoformat())
        for issue in shown(self.model):
            if issue.open:
                assert follow_through_block(metrics) in issue.body
        if metrics.shares.promised.counted and time.is_open(self.now):
            assert bool(shown(self.model)) is not self.deleted

    @invariant()
    def nothing_changes_before_the_alarm(self) -> None:
        alarm = self.model.alarm(self.now)
        assert alarm is None or alarm > self.now
        moment = min(alarm, self.now + timedelta(days=40)) if alarm else self.now + timedelta(days=40)
        quiet = moment - timedelta(days=1)
        if quiet > self.now:
            assert not [each for each in self.model.plan(quiet) if isinstance(each, UpdateIssue | CreateIssue)]


def test_the_law_of_the_figures() -> None:
    run_state_machine_as_test(
        Figures, settings=settings(max_examples=settings().max_examples // 6, stateful_step_count=12)
    )
