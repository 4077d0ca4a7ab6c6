"""The patterns behind `blame`: word lists from `lexicon/blame.toml`, put together with the little grammar they need."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rules.words import alternatives, word_list


class Grammar(NamedTuple):
    """The patterns, each compiled without regard to capitals.

    Attributes:
        trigger: a candidate, in a group named for its kind.
        sentence_end: what separates two sentences.
        boundary: what separates two clauses.
        between: an adverb or auxiliary at the end, between a subject and its predicate.
        postmodifier: what may follow a noun before its predicate ("on call", "making the change"), at the end.
        people, maybe, ourselves: who is named at the end: people, people or a thing called alike, "we".
        not_people: the same, denied ("no engineer"), at the end.
        last_word: the word at the end.
        word: any word.
        noun_end: what may follow a noun, unless the noun belongs to another one.
        past: a verb in the past tense.
        by: up to the "by" behind a passive.
        excusing: words before a cause that deny it or guard against it.
        compound: words behind a cause that make a thing's name of it.
        password: what people forget without blame.
        human_active: "noticed" and other things that people do.
        human_passive: the same in the passive: "been caught".
        by_machine: words behind it by which a machine did.
        avoidable: up to the person on whom it depended ("been avoided if the").
        hypothetical: an opening by which nothing has happened yet.
        denial: an opening that denies what follows.
    """

    trigger: re.Pattern[str]
    sentence_end: re.Pattern[str]
    boundary: re.Pattern[str]
    between: re.Pattern[str]
    postmodifier: re.Pattern[str]
    people: re.Pattern[str]
    maybe: re.Pattern[str]
    ourselves: re.Pattern[str]
    not_people: re.Pattern[str]
    last_word: re.Pattern[str]
    word: re.Pattern[str]
    noun_end: re.Pattern[str]
    past: re.Pattern[str]
    by: re.Pattern[str]
    excusing: re.Pattern[str]
    compound: re.Pattern[str]
    password: re.Pattern[str]
    human_active: re.Pattern[str]
    human_passive: re.Pattern[str]
    by_machine: re.Pattern[str]
    avoidable: re.Pattern[str]
    hypothetical: re.Pattern[str]
    denial: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """The patterns, built when they are first needed."""
    return Grammar(
        trigger=_compiled(_trigger()),
        sentence_end=re.compile(r"(?<=[.!?])[\"”’)]{0,2}\s+(?=[A-Z\"“(@\ufffc])|\n"),
        boundary=_compiled(rf"[,;:()—–] | \b {_words('boundaries')} \b"),
        between=_compiled(rf"(?:^ | (?<=[\s,])) {_words('between')} $"),
        postmodifier=_compiled(_postmodifier()),
        people=_compiled(
            rf"(?<![\w'’/-]) {_article()} (?: {_words('roles')} | (?:[\w/&-]+\s+)? {_words('groups')} ) $"
        ),
        maybe=_compiled(rf"(?<![\w'’/-]) {_article()} {_words('strong_roles')} $"),
        ourselves=_compiled(r"(?<![\w'’-]) (?: we | i | (?:all|some|one|none)\s+of\s+us ) $"),
        not_people=_compiled(r"\b (?: no | neither | not\s+(?:the|an?|every|all) ) \s+ (?:[\w-]+\s+){0,2} [\w-]+ $"),
        last_word=_compiled(r"(@?[\w'’.-]+) $"),
        word=_compiled(r"[\w@'’-]+"),
        noun_end=_compiled(rf"\s* (?: $ | [.,;:!?()—–] | {_words('after_nouns')} \b )"),
        past=_compiled(
            rf"\s{{0,4}} (?<![\w-]) (?: (?!{_words('no_past')}\b) [a-z-]{{2,}}ed | {_words('irregular')} ) \b"
        ),
        by=_compiled(r"[^.;,]{0,60}? \b by \b"),
        excusing=_compiled(_excusing()),
        compound=_compiled(rf"[-\s]+ {_words('compounds')} \b"),
        password=_compiled(rf"\s* (?:(?:my|your|their|his|her|the|a|its)\s+)? {_words('secrets')} \b | [- ]password"),
        human_active=_compiled(rf"\s+ (?:\w+ly\s+ | also\s+)? {_words('human_participles')} \b"),
        human_passive=_compiled(rf"\s+been\s+ (?:\w+ly\s+ | also\s+)? {_words('human_participles')} \b"),
        by_machine=_compiled(
            rf"(?:\s+[\w-]+){{0,3}}? \s+(?:by|in|with|via|through)\s+ (?:(?:the|our|an?|its|existing)\s+)?"
            rf" (?:[\w-]+\s+)? {_words('machines')} \b"
        ),
        avoidable=_compiled(r"\s+been\s+\w+ (?:\s+\w+){0,4}? \s+if\s+(?:only\s+)?"),
        hypothetical=_compiled(
            r"\b (?: if | unless | whenever | in\s+case | suppose | assuming | lest | to"
            r" | (?:may|might|could|would|can|cannot|can['’]t)(?:\s+not)?(?:\s+have)? ) \s* (?:[\w'’@-]+\s+){0,5} $"
        ),
        denial=_compiled(
            r"(?: \bnot | n['’]t | \bnever ) \s+ (?:\w+\s+)? (?:that|because|mean|say|saying|about|matter\s+of) \b"
            r" [^.;]{0,40} $ | \b (?:rather\s+than|instead\s+of) \s [^.;,]{0,30} $"
        ),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def _words(key: str) -> str:
    return alternatives(word_list("blame", key))


def _trigger() -> str:
    return rf"""
        (?<![\w-]) (?:
            (?P<nobody> {_words("nobody")} \s+ (?:(?:had|has|ever|also|really|even)\s+)? {_words("vigilance")} )
          | (?P<cause> {_words("causes")} )
          | (?P<attributed> {_words("attributions")} )
          | (?P<strong> {_words("strong")} )
          | (?P<shared> {_words("shared")} )
          | (?P<after> {_words("after_verb")} )
          | (?P<adverb> {_words("adverbs")} )
          | (?P<should> (?:should|could|ought\s+to|must|needed\s+to)
                (?:n['’]t | \s+not | \s+never | \s+always | \s+also)? (?:\s+have | ['’]ve) )
        ) (?![\w-])
      | (?<=\w) (?P<possessive> ['’]s? \s+ (?:[\w-]+\s+)? {_words("failings")} ) (?!\w)
    """


def _article() -> str:
    return rf"(?: (?:one\s+of\s+)? {_words('articles')} \s+ (?:[\w-]+\s+){{0,3}}? )?"


def _postmodifier() -> str:
    return rf"""
        \s+ (?: (?:on|in|at|from|of|with|for) (?: \s+ (?! {_words("clause_words")} \b) [\w'’/&-]+ (?<!ed) ){{1,4}}
          | {_words("participles")} (?: \s+ (?! {_words("openers")} \b) [\w'’/&-]+ ){{0,6}}? ) $
    """


def _excusing() -> str:
    return rf"""
        (?<![\w-]) {_words("excusing")} \s+ (?: {_words("qualifiers")} \s+ ){{0,2}}
        (?: [\w-]+ \s+ (?:and|or) \s+ )? ["“'‘]? (?: [\w-]+ \s* )? $
    """
