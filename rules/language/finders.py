"""Which word calls for which look."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from rules.language import (
    complaints,
    failings,
    named_acts,
    omissions,
    organisations,
    passives,
    qualities,
    shortcomings,
    unsaid,
    verdicts,
)
from rules.language.predicates import Blame
from rules.language.sentences import POSSESSIVE, Sentence
from rules.language.vocabulary import Phrases, phrases, words

Finder = Callable[[Sentence, int, frozenset[str]], "Blame | None"]
"""From a sentence, the index of a token and the known names: what blames there, if anything does."""


@cache
def finders() -> dict[str, tuple[tuple[Finder, frozenset[str] | None], ...]]:
    """By a word, what may make blame of it, with the words of which one must follow; None if any may."""
    found: dict[str, list[tuple[Finder, frozenset[str] | None]]] = {}
    for finder, keys in (
        (failings.bare_cause, phrases("causes")),
        (failings.error_of_kind, words("makers") | words("silly")),
        (failings.plain_failing, words("plain_failings")),
        (omissions.oversight, phrases("oversights")),
        (failings.failing_of, words("failings")),
        (failings.failing_was, words("failings")),
        (failings.failing_possessed, (POSSESSIVE, "his", "her")),
        (omissions.nobody_watched, words("nobody") | {"no", "none", "neither", "not"}),
        (omissions.paragon, words("paragons")),
        (omissions.led_by_omission, ("having", "by")),
        (omissions.took_them, ("took",)),
        (omissions.had_anyone, ("anyone", "anybody")),
        (passives.passive, words("copulas") | {"got"}),
        (passives.left_by, words("by_person")),
        (passives.not_followed, ("followed",)),
        (passives.should_have_been, ("should", "ought")),
        (passives.prevented_by, ("prevented", "avoided", "caught", "noticed", "spotted")),
        (failings.rash_work, words("rash")),
        (failings.rash_person, words("rash_people")),
        (
            failings.shoddy_work,
            words("shoddy") | {"stupid", "foolish", "unacceptable", "reckless", "lazy"},
        ),
        (failings.done_carelessly, words("character_adverse")),
        (failings.trait_of, words("faults_of_character")),
        (failings.fault_lies, phrases("lies")),
        (failings.pinned_on, phrases("pinned")),
        (omissions.idiom, phrases("idioms")),
        (failings.poor_thing, words("poor")),
        (omissions.forgot_to, ("forgot", "neglected")),
        (unsaid.did_not, ("did",)),
        (unsaid.not_doing, ("not",)),
        (unsaid.never_did, ("never", "failed")),
        (unsaid.should_have, ("should",)),
        (unsaid.ignored, ("ignored", "dismissed", "disregarded", "missed", "overlooked", "misread")),
        (unsaid.skipped, ("skipped", "bypassed", "skipping", "bypassing")),
        (unsaid.acted_amiss, words("unsaid_acts")),
        (complaints.we_blame, ("blame",)),
        (complaints.baffled, ("understand", "comprehend", "fathom")),
        (complaints.deplorable, words("deplorable")),
        (named_acts.act_by_person, ("by",)),
        (named_acts.slur, words("slurs")),
        (named_acts.unfit, words("rash_people")),
        (qualities.chose_badly, ("over",)),
        (qualities.weak_mind, (POSSESSIVE,)),
        (qualities.heaped, ("piling", "stacking", "heaping", "layering")),
        (qualities.went_out_anyway, ("anyway", "regardless")),
        (qualities.harm_of_somebody, ("caused",)),
        (qualities.disregard, ("disregard",)),
        (qualities.panic_driven, ("panic-driven", "panic-fuelled", "panic-fueled")),
        (passives.caused_by_act, phrases("caused_by")),
        (shortcomings.unknowing, shortcomings.UNKNOWING),
        (shortcomings.lack_in, shortcomings.LACKING),
        (shortcomings.lacked, shortcomings.LACKED | shortcomings.ENOUGH | shortcomings.LITTLE),
        (shortcomings.act_was, shortcomings.UNWISE | words("faults_of_character")),
        (shortcomings.too_much, shortcomings.EXCESSES),
        (shortcomings.had_time, ("did",)),
        (shortcomings.because_bothered, ("because",)),
        (verdicts.culprit_is, verdicts.CULPRITS),
        (verdicts.conduct_was, verdicts.CONDUCT),
        (verdicts.never_occurred, verdicts.OCCURRING),
        (verdicts.fault_is, verdicts.FAULTS),
        (organisations.refused, ("refused", "refuses", "refusing", "failed", "unwilling")),
        (organisations.refusal, ("refusal",)),
        (organisations.left_unanswered, organisations.HEARING),
        (organisations.vice_of, organisations.VICES),
        (organisations.unwise_decision, words("decisions")),
    ):
        following = keys.seconds if isinstance(keys, Phrases) else dict.fromkeys(keys)
        for key, seconds in following.items():
            found.setdefault(key, []).append((finder, seconds))
    return {key: tuple(each) for key, each in found.items()}
