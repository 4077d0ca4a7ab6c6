"""A whole story as one self-contained HTML page: for each step, what GitHub showed at that moment."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from jinja2 import Environment, PackageLoader

from app.sandbox.issue_views import Entry, IssueView, view_issue
from app.sandbox.markup import Relink
from app.sandbox.views import PullView, view_pull
from app.sandbox.world.issue_records import Issue
from app.sandbox.world.records import Pull
from app.sandbox.world.state import World

LOADER = PackageLoader("app.sandbox", "templates")
BLOB = re.compile(r"/[^/]+/[^/]+/blob/[0-9a-f]+/(?P<path>[^?#]+)(?:\?[^#]*)?(?:#L(?P<line>\d+)(?:-L\d+)?)?")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a story.

    Attributes:
        title: what happened.
        narration: what it means, a sentence or two.
        snapshot: GitHub at that moment, from `World.snapshot()`.
        pull: the pull request to show; None for the one that was touched last.
        issues: the issues to show, instead of a pull request.
        moment: when that was, in the story; None where it does not matter.
    """

    title: str
    narration: str
    snapshot: World
    pull: Pull | None = None
    issues: Sequence[Issue] = ()
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class StepView:
    """A step, ready for the template.

    `prefix` keeps its anchors apart; `repeats` says the document is as before; `moment` is empty where it is not told.
    """

    title: str
    narration: str
    prefix: str
    pull: PullView | None
    repeats: bool
    issues: tuple[IssueView, ...] = ()
    moment: str = ""


def written_moment(moment: datetime) -> str:
    """An instant as a story tells it: Monday 30 November 2026, 09:00."""
    return f"{moment:%A} {moment.day} {moment:%B %Y, %H:%M}"


def environment() -> Environment:
    """The templates, with everything escaped that is not known to be safe."""
    return Environment(loader=LOADER, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def render_story(title: str, steps: Sequence[Step]) -> str:
    """The page, in light and dark, without anything from outside."""
    views: list[StepView] = []
    for number, step in enumerate(steps, 1):
        before = next((each for each in reversed(views) if each.pull is not None), None)
        prefix = f"s{number}-"
        moment = written_moment(step.moment) if step.moment else ""
        if step.issues:
            issues = tuple(_issue(step, issue, prefix, before) for issue in step.issues)
            views.append(
                StepView(step.title, step.narration, prefix, None, repeats=False, issues=issues, moment=moment)
            )
            continue
        pull = _shown(step, prefix)
        repeats = pull is not None and before is not None and before.pull is not None and pull.sha == before.pull.sha
        views.append(StepView(step.title, step.narration, prefix, pull, repeats, moment=moment))
    return environment().get_template("story.html").render(title=title, steps=views)


def _shown(step: Step, prefix: str) -> PullView | None:
    """The step's pull request; the links in its Markdown lead to places on this page."""
    world = step.snapshot
    touched = max(world.pulls.values(), key=lambda pull: (pull.updated_at, pull.id), default=None)
    pull = world.pulls[step.pull.repository, step.pull.number] if step.pull else touched
    if pull is None:
        return None
    shown = view_pull(world, pull)
    paths = [document.path for document in shown.documents]
    return view_pull(world, pull, _relink(world.web_url, prefix, paths))


def _issue(step: Step, issue: Issue, prefix: str, before: StepView | None) -> IssueView:
    """An issue at that moment, with what people did; links into a document lead to where the page shows it."""
    world = step.snapshot
    paths = [document.path for document in before.pull.documents] if before and before.pull else []
    relink = _relink(world.web_url, before.prefix if before else prefix, paths)
    shown = view_issue(world, world.issue(world.repositories[issue.repository], issue.number), relink)
    opened = replace(shown.opened, anchor=prefix + shown.opened.anchor)
    return replace(shown, opened=opened, entries=tuple(_by_people(shown.entries, prefix)))


def _by_people(entries: Sequence[Entry], prefix: str) -> Iterator[Entry]:
    """The comments, and what people did; what the App did shows in the issue itself."""
    for entry in entries:
        if entry.comment is not None:
            yield replace(entry, comment=replace(entry.comment, anchor=prefix + entry.comment.anchor))
        elif not entry.who.endswith("[bot]"):
            yield entry


def _relink(web_url: str, prefix: str, paths: Sequence[str]) -> Relink:
    def relink(href: str) -> str | None:
        if not href.startswith(web_url):
            return href
        found = BLOB.fullmatch(href.removeprefix(web_url))
        if found is None or unquote(found["path"]) not in paths:
            return None
        place = f"L{found['line']}" if found["line"] else "top"
        return f"#{prefix}{paths.index(unquote(found['path']))}-{place}"

    return relink
