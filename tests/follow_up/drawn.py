"""What the law of the loop draws from: documents, what people say, and how a record is damaged."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

PATH = "postmortems/checkout.md"
OTHER = "postmortems/other.md"
TITLES = (
    "Alert when the pool of checkout is above 80 %",
    "Alert when the pool of payments is above 80 %",
    "Cap retries in the payment client at three",
    "Cap the retries of the payment client at three, with backoff",
    "Write the runbook for an exhausted pool",
    "Add an index on orders.created_at",
)
DECLINED = "~~"
"""The mark of an item that will not be done."""

DAYS = st.integers(0, 3).map(lambda weeks: date(2026, 6, 1) + timedelta(weeks=weeks))
CRITERIA = ("the load test passes", "the alert fires in staging", "somebody followed it")
FIELD = "\n  - Issue: #9003"
"""The field of an item that was done before: its issue is closed."""

ITEMS = st.lists(
    st.tuples(
        st.sampled_from(TITLES),
        st.sampled_from(["@ana", "@ben", "@gita", "Zoe Quist"]),
        DAYS,
        st.sampled_from(["[ ]", "[ ]", "[ ]", "[ ]", "[x]", DECLINED]),
        st.sampled_from(["P0", "P1", "P2"]),
        st.sampled_from(["", "", "", "AI-1: ", "AI-2: "]),
        st.sampled_from(["", "", "", " (#9001)", " (#9002)", " (#1)", FIELD]),
        st.sampled_from(CRITERIA),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda item: (item[0], item[1:3], item[-1]),  # two of one title differ in something
)
ORDERS = st.one_of(
    DAYS.map(lambda day: f"/extend {day} the vendor is late"),
    st.sampled_from(
        [
            "/wontdo the service is being retired",
            "/reassign @gita",
            "/reassign @ana",
            "/verified pass the drill",
            "/verified fail it fell over",
            "/recurrence yes #12",
            "/recurrence yes #9001",
            "/recurrence yes #1",
            "/recurrence yes #2",
            "/recurrence none",
            "/recurrence none #9001",
            "/adopt",
            "/extend soon",
            "/help",
            "Looks good to me",
        ]
    ),
)
DAMAGED = st.sampled_from(["", "<!-- closeout {broken -->"])

Item = tuple[str, str, date, str, str, str, str, str]


def numbered(items: list[Item]) -> list[Item]:
    """The items, each called by where it stands."""
    return [(*item[:5], f"AI-{place}: ", *item[6:]) for place, item in enumerate(items, start=1)]


def actions_of(items: list[Item]) -> str:
    """The Markdown of a document's action items."""
    return "\n".join(
        f"- {_line(mark, f'{name}{title}{link.removesuffix(FIELD)}')}\n"
        f"  - Owner: {owner}\n  - Deadline: {due}\n  - Priority: {priority}\n"
        f"  - Success criterion: {criterion}{FIELD if link == FIELD else ''}"
        for title, owner, due, mark, priority, name, link, criterion in items
    )


def _line(mark: str, text: str) -> str:
    return f"~~{text}~~ Won't do: it is noise" if mark == DECLINED else f"{mark} {text}"
