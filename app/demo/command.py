"""`closeout demo`."""

from __future__ import annotations

import asyncio
import re
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from app.demo.clock import StoryClock
from app.demo.other_shell import FOR_ANOTHER_SHELL, KEY_FILE, lines_for_another_shell
from app.demo.scene import Scene, Stage, StoryError
from app.demo.service import Service, ServiceError, running_service
from app.demo.story import BEGINNING, SCENES, play, service_environment, set_scene
from app.sandbox.driver import Sandbox
from app.sandbox.issue_views import view_issue
from app.sandbox.story import Step, render_story, written_moment
from app.sandbox.world.issue_records import Issue
from app.sandbox.world.state import World

_HIDDEN = re.compile(r"<!--.*?-->\n?|<details>.*?</details>\n?|^```mermaid$.*?^```$\n?", re.DOTALL | re.MULTILINE)
_TERMINATED = 143  # the exit status: 128 + SIGTERM, as a shell reports it
_BROWSE_IT = """\
Browse it at {address}; Ctrl-C ends it.
You can comment there as one of its people, and go to the next morning."""
_STORY = "A postmortem, from the first version to what became of it"
_SIGNS = {"success": "[green]✓[/]", "failure": "[red]✗[/]", "neutral": "[dim]■[/]", "skipped": "[dim]⊘[/]"}
_LEVELS = {"failure": "[red]error[/]  ", "warning": "[yellow]warning[/]", "notice": "[blue]notice[/] "}


def demo(
    serve: Annotated[
        bool, typer.Option("--serve", help="Keep the sandbox and its pages open: read, comment, let days pass.")
    ] = False,
    until: Annotated[
        int | None, typer.Option(min=1, max=SCENES, help="Stop after this scene, as if it were today.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder for the page and the service's log. "
            "Default: build/demo, or build/demo-until-5 and so on with --until."
        ),
    ] = None,
) -> None:
    """Play a story on a sandbox GitHub: red, mended, merged, kept.

    It ends a hundred days later, with what became of its promises.
    """
    try:
        asyncio.run(_demo(Console(highlight=False), out or _folder(until), until or SCENES, keep_open=serve))
    except (ServiceError, StoryError, OSError) as error:
        typer.echo(f"closeout demo: {error}", err=True)
        raise typer.Exit(2) from None
    except asyncio.CancelledError:
        raise typer.Exit(_TERMINATED) from None


def _folder(until: int | None) -> Path:
    """Where the page goes if nobody says: a part of the story does not take the place of the whole."""
    return Path("build", "demo" if until in (None, SCENES) else f"demo-until-{until}")


def _end_when_told() -> None:
    """Let the signals that end a program end what is running here first: the service is a process of its own."""
    story = asyncio.current_task()
    for number in (signal.SIGTERM, signal.SIGHUP):
        if story is not None:
            asyncio.get_running_loop().add_signal_handler(number, story.cancel)


async def _demo(console: Console, out: Path, until: int, *, keep_open: bool) -> None:
    started = time.monotonic()
    _end_when_told()
    _clear(out)
    clock = StoryClock(out / "clock")
    clock.set(BEGINNING)
    async with _stage(out, clock) as (github, service):
        console.print("A sandbox GitHub and closeout serve are up, on localhost. The story begins.\n")
        set_scene(github)
        github.deliver_to(f"{service.address}/webhook")
        steps: list[Step] = []
        async with aclosing(play(Stage(github, clock.set, service.idle))) as scenes:
            async for scene in scenes:
                steps.append(Step(scene.title, scene.narration, scene.world, issues=scene.issues, moment=clock()))
                _tell(console, len(steps), scene)
                if len(steps) == until:
                    break
        page = _write_page(out, steps)
        took = f"[dim]({time.monotonic() - started:.1f} s)[/]"
        console.print(f"What GitHub would show: [bold]{escape(str(page))}[/]  {took}", soft_wrap=True)
        if keep_open:
            console.print(f"{_BROWSE_IT.format(address=github.web_url)}\ncloseout serve is at {service.address}.\n")
            lines = lines_for_another_shell(service_environment(github, out), out, clock.file)
            console.print(Text(f"{FOR_ANOTHER_SHELL}\n{lines}"), soft_wrap=True)
            await asyncio.Event().wait()


@asynccontextmanager
async def _stage(out: Path, clock: StoryClock) -> AsyncIterator[tuple[Sandbox, Service]]:
    """A sandbox GitHub, and the service beside it; both go by the story's clock."""
    command = ("app.cli.by_the_story", str(clock.file))
    async with (
        Sandbox(clock=clock, set_clock=clock.set) as github,
        running_service(service_environment(github, out), out / "serve.log", command) as service,
    ):
        yield github, service


def _clear(folder: Path) -> None:
    """Make the folder, without an earlier run's queue and key."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise StoryError(
            f"{folder} cannot be a folder: there is a file in its place; choose another one with --out"
        ) from None
    for leftover in (*folder.glob("queue.db*"), *folder.glob(KEY_FILE)):
        leftover.unlink()


def _write_page(folder: Path, steps: Sequence[Step]) -> Path:
    page = folder / "index.html"
    page.write_text(render_story(_STORY, steps), encoding="utf-8")
    return page


def _tell(console: Console, number: int, scene: Scene) -> None:
    """Print a scene as a person would meet it."""
    console.print(f"[dim]{written_moment(scene.world.now())}[/]")
    console.print(f"[bold]{number}. {escape(scene.title)}[/]")
    console.print(Padding(escape(scene.narration), (0, 3, 1, 3)))
    for check in scene.checks:
        console.print(
            f"   {_SIGNS.get(check.conclusion or '', ' ')} [bold]{check.name}[/]  {escape(check.output.title or '')}"
        )
    if scene.annotations:
        console.print()
    for remark in scene.annotations:
        place = (
            f"line {remark.start_line}"
            if remark.end_line == remark.start_line
            else f"lines {remark.start_line}–{remark.end_line}"
        )
        console.print(f"     {_LEVELS[remark.level]} [dim]{place:<11}[/] {escape(remark.title or '')}")
        console.print(Padding(Text(remark.message, style="dim"), (0, 0, 0, 13)))
    for issue in scene.issues:
        console.print(f"   {_issue_line(scene.world, issue)}")
        if scene.read:
            _quote(console, issue.body or "")
    for comment in scene.said:
        author = scene.world.accounts[comment.author].login
        console.print(f"\n   [bold]{escape(author)}[/] [dim]on #{comment.number}[/]")
        _quote(console, comment.body)
    console.print()


def _quote(console: Console, markdown: str) -> None:
    """What people read of a text on GitHub at first sight, its charts aside."""
    text = _HIDDEN.sub("", markdown).strip()
    console.print(Padding(Markdown(text, style="dim"), (0, 3, 0, 5)))


def _issue_line(world: World, issue: Issue) -> str:
    """An issue as a list shows it."""
    shown = view_issue(world, issue)
    sign = "[green]○[/]" if shown.row.state == "open" else "[magenta]✓[/]"
    due = f", due {shown.due.isoformat()}" if shown.due else ""
    closed = f", closed {issue.closed_at:%Y-%m-%d}" if issue.closed_at else ""
    people = ", ".join(shown.row.assignees)
    return f"{sign} [bold]#{issue.number} {escape(issue.title)}[/]  [dim]{people}{due}{closed}[/]"
