import re

from aiohttp import ClientSession

from app.sandbox.driver import Sandbox
from app.sandbox.story import Step, render_story
from app.sandbox.world.records import Pull
from tests.sandbox.caller import REPOSITORY, Caller

DOCUMENT = "postmortems/2.md"
NASTY = "<script>alert('x')</script>"


async def a_red_pull(home: Sandbox, call: Caller) -> Pull:
    pull = home.open_pull(REPOSITORY, "inc", files={DOCUMENT: f"# Two\n{NASTY}\n"}, title=f"Two {NASTY}", author="ana")
    link = f"{home.web_url}/{REPOSITORY}/blob/{pull.head_sha}/{DOCUMENT}?plain=1#L2-L3"
    remark = {
        "path": DOCUMENT,
        "start_line": 2,
        "end_line": 2,
        "start_column": 1,
        "end_column": 8,
        "annotation_level": "failure",
        "message": f"Not this: {NASTY}",
        "title": "CO100 nasty",
    }
    body = {
        "name": "Postmortem document",
        "head_sha": pull.head_sha,
        "conclusion": "failure",
        "output": {"title": "1 error", "summary": f"See [line 2]({link}). {NASTY}", "annotations": [remark]},
    }
    assert (await call("POST", f"/repos/{REPOSITORY}/check-runs", body)).status == 201
    return pull


async def test_every_page_shows_its_subject_and_nothing_harmful(
    home: Sandbox, call: Caller, session: ClientSession
) -> None:
    pull = await a_red_pull(home, call)
    (run,) = home.checks(REPOSITORY, pull.head_sha).values()
    here = f"/{REPOSITORY}"
    for path, expected in {
        "": "Some checks were not successful",
        here: "Two",
        f"{here}/pull/1": "CO100 nasty",
        f"{here}/runs/{run.id}": "1 annotation",
        f"{here}/commit/{pull.head_sha}": "+# Two",
        f"{here}/blob/{pull.head_sha}/{DOCUMENT}": '<mark class="failure">&lt;script',
    }.items():
        async with session.get(home.web_url + path) as answer:
            text = await answer.text()
            assert (answer.status, expected in text) == (200, True), path
            assert "<script" not in text


async def test_pull_requests_in_unusual_states_have_a_page(home: Sandbox, session: ClientSession) -> None:
    fork = home.fork(REPOSITORY, "zoe")
    home.open_pull(REPOSITORY, "theirs", files={"b.md": ""}, author="zoe", fork=fork)
    home.delete_repository(fork)
    conflict = home.open_pull(
        REPOSITORY, "mine", files={"README.md": "mine\n", "x.bin": b"\0", "postmortems/1.md": None}
    )
    home.commit(REPOSITORY, "main", {"README.md": "theirs\n"})
    draft = home.open_pull(REPOSITORY, "wip", files={"c.md": "c"}, draft=True)
    home.close(home.open_pull(REPOSITORY, "no", files={"d.md": "d"}))
    expected = {
        1: "unknown:theirs",
        conflict.number: "This branch has conflicts",
        draft.number: "still a draft",
        4: "closed",
    }
    for number, words in expected.items():
        async with session.get(f"{home.web_url}/{REPOSITORY}/pull/{number}") as answer:
            assert (answer.status, words in await answer.text()) == (200, True), number


async def test_what_is_not_there_is_404(home: Sandbox, session: ClientSession) -> None:
    here = f"/{REPOSITORY}"
    for path in ("/no/where", f"{here}/pull/9", f"{here}/runs/9", f"{here}/commit/9", f"{here}/blob/main/9"):
        async with session.get(home.web_url + path) as answer:
            assert answer.status == 404, path


async def test_the_addresses_in_answers_lead_to_pages(home: Sandbox, call: Caller, session: ClientSession) -> None:
    await a_red_pull(home, call)
    pull = (await call("GET", f"/repos/{REPOSITORY}/pulls/1")).json
    runs = (await call("GET", f"/repos/{REPOSITORY}/commits/inc/check-runs")).json["check_runs"]
    for url in (pull["html_url"], runs[0]["html_url"], pull["user"]["avatar_url"], pull["base"]["repo"]["html_url"]):
        async with session.get(url) as answer:
            assert answer.status == 200, url


async def test_a_story_keeps_each_moment_and_needs_nothing_from_outside(home: Sandbox, call: Caller) -> None:
    pull = await a_red_pull(home, call)
    red = Step("It is red", "One error.", home.world.snapshot())
    home.merge(pull)
    merged = Step("It is merged", "Done.", home.world.snapshot(), pull)
    page = render_story("From red to merged", [red, merged])
    assert page.index("Some checks were not successful") < page.index("Pull request merged")
    assert 'href="#s1-0-L2"' in page
    assert 'id="s1-0-L2"' in page
    assert "<script" not in page
    assert not re.search(r"""(src|href)=["']?(http|//)|url\(|@import""", page)
    assert "prefers-color-scheme: dark" in page


def test_a_story_may_have_no_steps_or_no_pull_request() -> None:
    assert "Nothing has happened yet." in render_story("Empty", [])
    world = Sandbox().world
    assert "Before" in render_story("Before", [Step("Before", "Nothing yet.", world.snapshot())])
