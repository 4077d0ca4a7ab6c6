"""What the rules about language look at, what they leave alone, and what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.language.blame import find_blame
from rules.policy import Policy
from rules.rule import Finding, Severity, iter_rules
from tests.cpu_time import assert_linear_time
from tests.postmortems import good_postmortem
from tests.rules.linting import found, lint

ALL_ON = Policy(rules={rule.code: Severity.WARNING for rule in iter_rules() if rule.code.startswith("CO5")})


def _language(text: str, policy: Policy | None = None) -> list[Finding]:
    return [each for each in lint(text, policy=policy) if each.rule.code.startswith("CO5")]


def _codes(text: str, policy: Policy | None = None) -> list[str]:
    return [each.rule.code for each in _language(text, policy)]


def _actual(body: str, timeline: str | None = None) -> str:
    return good_postmortem(sections={"What was actually happening": body}, timeline=timeline)


@pytest.mark.parametrize(
    "entry",
    [
        "10:33 Ben: somebody forgot to renew the certificate",
        "10:33 @ben: the reviewer should have noticed",
        "10:33 ben (in #incidents): nobody checked the backup",
        "10:33 Support wrote in chat: the payments team ignored our ticket",
        "10:33 Ben replied that he had forgotten the flag",
        "10:33 Support wrote to us that the payments team ignored the ticket",
        "10:33 Ben asks “did somebody forget it, or did the admin ignore the mail”",
        '10:33 "the on-call engineer failed to follow the runbook" is what the customer wrote',
        "10:33 'the on-call engineer didn't follow the runbook', says the ticket",
        "10:33 The log says `the operator forgot to set a leader`",
    ],
)
def test_what_somebody_said_at_the_time_is_quoted_verbatim_and_blames_nobody(entry: str) -> None:
    assert not _codes(_actual("The pool was full.", timeline=f"- 10:32 Errors rise.\n- {entry}\n- 10:40 All is well."))


def test_the_words_of_the_author_in_the_timeline_are_held_against_the_author() -> None:
    assert _codes(_actual("The pool was full.", timeline="- 10:32 Errors rise.\n- 10:40 Ben forgot to fail over."))


@pytest.mark.parametrize(
    "body",
    [
        "> The engineer forgot to renew it.",
        "```\nERROR: operator forgot the leader; human error\n```",
        "    the engineer ignored the alert",
        "The job logged `user error: the admin forgot the flag`.",
        "The vendor's report speaks of “the carelessness of the engineer on duty”.",
    ],
)
def test_quotations_code_and_logs_are_left_alone(body: str) -> None:
    assert not _codes(_actual(body), ALL_ON)


def test_messages_about_blame_never_repeat_a_name() -> None:
    text = _actual(
        "Marta forgot the flag. It was Marta's fault. Marta should have known. If Marta had looked, it would not have "
        "happened. The root cause was that Marta restarted the node.\n\nObviously, Marta knew."
    )
    found = _language(text)
    assert len(found) >= 5
    assert not [each for each in found if "marta" in each.message.lower()]


def test_names_come_from_authors_owners_mentions_and_the_policy() -> None:
    text = good_postmortem(
        authors="Zorblax Quux (@zq), Ana Ruiz (@ana)",
        sections={"What was actually happening": "Zorblax failed to follow the runbook. Vexar failed to, too."},
    )
    assert len(_language(text)) == 1


def test_documents_in_other_languages_are_left_alone() -> None:
    german = (
        "Der Pool war zu klein, und die Datenbank hat keine weiteren Verbindungen angenommen. Das war ein human error, "
        "wie es im Bericht des Herstellers heißt, und nicht das, was wir hier suchen."
    )
    text = f"# Postmortem: Ausfall\n\n## Timeline\n\n- 10:32 Die Fehler nehmen zu.\n\n## Root cause\n\n{german}\n"
    assert not _codes(text, ALL_ON)


def test_self_blame_is_reported_only_where_the_policy_asks_for_it() -> None:
    text = _actual("We failed to check the capacity, and I forgot to say so.")
    assert not _codes(text)
    assert _codes(text, Policy(rules={"self-blame": Severity.NOTICE}))


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("In hindsight, the limit was low.", ["CO504"]),
        ("With the benefit of hindsight the limit was low.", ["CO504"]),
        ("The pool clearly should be larger.", ["CO504"]),
        ("This was obvious only in hindsight.", []),
        ("It was not obvious which pool was full.", []),
        ("### Hindsight\n\nThe pool was full.", []),
        ("The on-call had to look at four dashboards.", []),
        ("The engineer obviously forgot the flag.", ["CO502"]),
        ("The engineer forgot the flag. In hindsight, the limit was low.", ["CO502", "CO504"]),
    ],
)
def test_hindsight_is_named_once_and_only_where_it_judges(body: str, codes: list[str]) -> None:
    assert _codes(_actual(body)) == codes


@pytest.mark.parametrize(
    "body",
    [
        "The root cause was that Ana ran the migration on the primary.",
        "Root cause: Ben restarted the queue.",
        "The outage was caused by an engineer deleting the namespace.",
        "It was caused by the deletion of the table by a contractor.",
        "The root cause was that Piotr did not set the limit.",
        "### Root cause\n\nPiotr did not set the limit.",
        "### Root cause\n\nNobody set a default for the pool, and the disk filled up.",
        "### Root cause\n\nNo one configured the alert.",
        "### Root cause\n\nAn engineer pushed the new configuration at noon.",
    ],
)
def test_an_act_is_no_root_cause(body: str) -> None:
    assert _codes(_actual(body)) == ["CO506"]


@pytest.mark.parametrize(
    "body",
    [
        "The outage was caused by clients retrying without backoff.",
        "It was found thanks to our engineers, and due to the effort of our engineers working with AWS.",
        "### Root cause\n\nAn engineer pushed the new configuration, and the schema allows an empty list.",
        "### Root cause\n\nAn engineer noticed that the index was gone.",
        "The root cause was not that Ana ran the migration.",
        "The root cause was that Piotr did not set the limit because the form hides it.",
        "### Root cause\n\nPiotr did not set the limit, which the form does not show.",
        "### Root cause\n\nNobody set the limit. The chart has no field for it.",
        "### Root cause\n\nNobody is able to see the limit because the dashboard lacks a panel.",
        "### Root cause\n\nNo alert told the on-call engineer.",
        "### Root cause\n\nThe limit was not set.",
        "### Root cause\n\nThe client did not set a timeout.",
        "### Root cause\n\nNobody can set the limit.",
        "### Root cause\n\nPiotr did not delete the table.",
        "Our deploy tool asks for no tests on hotfixes, and Alice used that path because the playbook recommended it.",
    ],
)
def test_an_act_beside_the_property_that_made_it_matter_is_no_blame(body: str) -> None:
    assert not _codes(_actual(body))


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("The root cause was the deploy of 10:20.", ["CO507"]),
        ("Root cause: a deployment at 10:20.", ["CO507"]),
        ("### Root cause\n\nThe deploy of version 2.14.", ["CO507"]),
        ("The root cause was the deploy of 10:20, which removed the index.", []),
        ("The root cause was the deploy of 10:20. The pool has no limit.", []),
        ("The root cause was a spike of solar wind.", []),
        ("The root cause was the default limit.", []),
        ("The deploy of 10:20 was the trigger.", []),
        ("### Trigger\n\nThe deploy of version 2.14.", []),
    ],
)
def test_the_first_event_is_no_root_cause(body: str, codes: list[str]) -> None:
    assert _codes(_actual(body)) == codes


def test_one_place_is_reported_once() -> None:
    found = _language(_actual("The root cause was human error: the engineer deleted the wrong table by mistake."))
    assert len({each.span for each in found}) == len(found) == 2
    assert "CO506" not in {each.rule.code for each in found}


_PIECES = [
    *(
        "Alice",
        "@ana",
        "the engineer",
        "nobody",
        "none of",
        "caused by",
        "due to",
        "was",
        "were",
        "had",
        "has",
        "did",
        "not",
    ),
    *(
        "never",
        "should have been",
        "forgot",
        "failed to",
        "ignored",
        "by",
        "by mistake",
        "without",
        "testing",
        "human error",
    ),
    *(
        "mistake",
        "'s",
        "’",
        "didn't",
        "who",
        "that",
        "if",
        "only",
        "because",
        "and",
        ",",
        ".",
        ":",
        "(",
        ")",
        "\ufffc",
        "İ",
    ),
    *(
        "😀",
        "wrong",
        "left",
        "on",
        "poor",
        "decision",
        "careless",
        "of",
        "team",
        "operator",
        "they",
        "we",
        "his",
        "to",
        "?",
    ),
    *("carelessly", "the fault", "lies with", "-", "\n"),
]


@given(st.lists(st.sampled_from(_PIECES), max_size=24).map(" ".join))
def test_any_order_of_words_is_read_and_found_at_its_place(text: str) -> None:
    for blame in find_blame(text, frozenset({"ana"})):
        assert 0 <= blame.start < blame.end <= len(text)


_HOSTILE = (
    "engineer ",
    "The engineer who ",
    "Ana saw and saw and ",
    "engineer ran x x x x x x x x x x without ",
    "engineer's ",
    "engineer (",
    "or human error ",
    "If the engineer had, ",
    "caused by the the the ",
    "in hindsight obviously ",
    "The root cause was the deploy. ",
    "\n## Root cause\n\nThe root cause was the deploy.\n",
    "The team failed to act.\n\n",
    "- 10:20 ben wrote: ",
    "'a ",
)


@pytest.mark.parametrize("unit", _HOSTILE)
def test_the_family_takes_linear_time_on_its_worst_input(unit: str) -> None:
    only = {rule.code: Severity.OFF for rule in iter_rules() if not rule.code.startswith("CO5")}
    policy = Policy(rules={**only, **ALL_ON.rules})
    heading = "# Postmortem: x\n\n## Root cause\n\n"
    assert_linear_time(lambda size: lint(heading + unit * (size // len(unit)), policy=policy), 40_000)


def test_findings_of_a_hostile_document_are_bounded() -> None:
    assert len(_language(_actual("The team failed to act. " * 3_000))) == 300


@pytest.mark.parametrize("sentence", ["Nobody had checked the headroom.", "No one noticed the alert."])
def test_where_nobody_is_named_it_asks_for_what_was_missing(sentence: str) -> None:
    (finding,) = found(good_postmortem(sections={"What was actually happening": sentence}), "CO502")
    assert finding.message.startswith("This holds against everybody what nobody did.")


@pytest.mark.parametrize("sentence", ["Tom failed to notice the alert.", "None of the reviewers checked it."])
def test_where_somebody_is_named_it_says_so(sentence: str) -> None:
    (finding,) = found(good_postmortem(sections={"What was actually happening": sentence}), "CO502")
    assert finding.message.startswith("This blames people.")


def test_what_one_by_name_could_not_do_blames_and_what_a_role_could_not_do_does_not() -> None:
    def blamed(sentence: str) -> bool:
        return bool(found(good_postmortem(sections={"What was actually happening": sentence}), "CO502"))

    assert blamed("Tom did not know how to revert.")
    assert not blamed("The on-call engineer did not know how to revert.")
    assert not blamed("Customers did not know how to reach us.")
