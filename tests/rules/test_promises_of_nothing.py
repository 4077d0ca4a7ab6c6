"""Action items that could never be finished, and vague ones that say beneath their title what will be different."""

from __future__ import annotations

import pytest

from rules.actions.vagueness import is_vague
from tests.rules.linting import found

CONDUCT = """
When I am not sure which shard it is, ask first
Whenever someone feels lost, call a colleague
If you are stuck, escalate
Once we see an alarm, communicate openly
Before flashing the boards, pause and think
When a foreign key blocks the import, stop and ask
If the readings make no sense, do not guess
Slow down while the valve is open
Take a deep breath before you answer
Never drop a table without asking
Don't rely on memory
Take responsibility for the feeder
If an alarm is odd, never guess
Don't let this happen again
Always treat root shells as loaded guns
Read the manual before opening the cabinet
Check early, check often
Ensure that the crew knows the drill
It must be ensured that all operators are informed
"""
STATEMENTS = """
Blind retries are dangerous
“Quick” fixes to the schema are not helpful - they are costly
Rehearsals matter
Small batches are safer than large ones
A quiet console is not an excuse
Luck is not a plan
Shared passwords are a bad idea
Pairing is strongly recommended
Handovers should be simple
Our drills are too short
Hand-written tags are error-prone
"""
MADE_KNOWN = """
Engineers are encouraged to rehearse
All wards were asked to take suitable measures
Caution must be exercised near the feeder
The findings will be shared with all crews
The matter will be raised with the carrier
Tenants should be kept informed
Necessary changes to the wiring will be made
The rota will be adjusted accordingly
Where possible, use two cables
If a mirror is at hand, a more gradual switch should be used
An analysis of the clock drift is needed
The lease code is being reworked
A meeting with the carrier will take place
Talks about the lease are ongoing
Regular exchange with the mill
All instructions must be followed
The feeder should be reduced
Our carrier has to improve its reports
The board should look into staffing
Somebody to have a think about the pager
Document tagging best practices
Sensible limits should be found
"""
DEEDS = """
When the tank is full, close the inlet
If the token is missing, the client should exit
Before dropping a row, ask the classifier whether it is cited
When the parser fails, stop and report the line
When we roll back, page at 3 errors a minute
Never start the worker without `--region`
Do not allow merges without approval
Always run the plan in CI before apply
Ensure the broker keeps 14 days
A lock is needed around the election
Alert fatigue is dangerous: delete the 40 alerts without an owner
Post the findings of the dig on the intranet
The gateway will be improved to reject empty bodies
The job will be optimised to copy only changed rows
The valve report should be extended to show the pressure
Set up an automated cleanup script with cron
Schedule a review reminder for stale branches
Create a training environment with made-up patients
Make review by a second pharmacist mandatory for opiates
We should be paged when the pump stops
The bot should discuss nothing but tickets with the label
If the on-call does not answer, escalate to the deputy
If someone requests access, ask for the ticket number
When we start the worker, verify its schema version against the one in the registry
Mirrors must be kept current by the nightly job
Loads that are too wide will be refused
Support issues must be escalated to the second line
Don't hide the cause behind a generic 500
Always confirm deletes with a typed name
Ask before overwriting a file in the sync tool
The knowledge base article will be shared with the affected clients
All procedures for cleaning must be followed by a gas measurement
The handover will be improved to include a signed checklist
Training records will be kept in the ward's database
The form will be simplified to ask for only the order number
"""


@pytest.mark.parametrize("title", (CONDUCT + STATEMENTS + MADE_KNOWN).split("\n"))
def test_what_could_never_be_finished_is_vague(title: str) -> None:
    assert is_vague(title) or not title


@pytest.mark.parametrize("title", DEEDS.strip().splitlines())
def test_what_will_be_done_in_like_words_is_not(title: str) -> None:
    assert not is_vague(title)


def _vague_with(details: str, title: str = "Improve logging") -> bool:
    return bool(found(f"# Lost orders\n\n## Action items\n\n- [ ] {title}\n{details}", "CO410"))


@pytest.mark.parametrize(
    "detail",
    [
        "Log the order number in every handler",
        "Keep the log for 90 days",
        "All handlers must use the shared logger, and must be reviewed by two people",
        "Structured output through FluentBit",
        "[ ] Reject lines without a request id",
    ],
)
def test_a_vague_title_is_well_where_a_detail_says_what_will_be_different(detail: str) -> None:
    assert not _vague_with(f"  - Owner: @ben\n  - {detail}\n")


@pytest.mark.parametrize(
    "detail",
    [
        "Owner: @ben",
        "Priority: P1",
        "It was hard to find the order in Kibana",
        "Better messages everywhere",
        "Evaluate other tools",
        "See the notes of Monday",
    ],
)
def test_a_vague_title_stays_vague_where_its_details_say_no_more(detail: str) -> None:
    assert _vague_with(f"  - {detail}\n")


def test_what_is_only_to_be_considered_stays_so_whatever_is_beneath() -> None:
    assert _vague_with("  - Add a limit to the recursion\n", title="Consider guards in the printer")


def test_a_vague_title_is_not_saved_by_the_next_item() -> None:
    assert _vague_with("- [ ] Log the order number in every handler\n")
