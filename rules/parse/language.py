"""Which language a document is written in, told by its script and its commonest words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice

from rules.patterns import Pattern

_ENOUGH = 20  # words below which nothing is told
_SAMPLE = 4000  # characters looked at
_POINTS = ".,;:!?()[]{}\"'“”‘’„«»*`–—…"  # around a word
_FEW = 20  # bytes beyond one a character, for so many characters, below which every letter is Latin
_FIFTH = 0.2
_SHARE = 0.06  # of a text's words are its language's commonest, in any text of some length
_SCRIPTS = (
    ("ko", "\uac00", "\ud7af"),
    ("ru", "\u0400", "\u04ff"),
    ("el", "\u0370", "\u03ff"),
    ("he", "\u0590", "\u05ff"),
    ("ar", "\u0600", "\u06ff"),
    ("hi", "\u0900", "\u097f"),
    ("th", "\u0e00", "\u0e7f"),
)
_KANA = ("\u3040", "\u30ff")
_HAN = ("\u4e00", "\u9fff")
_OTHER_LETTERS = Pattern("[\u0370-\u1fff\u3040-\ud7af]")
_UKRAINIAN = frozenset("ґєіїҐЄІЇ")
_STOP_WORDS = {
    code: frozenset(words.split())
    for code, words in {
        "en": (
            "the of and to in a is was that for it with on as were be by this are from at not we have an which or had"
            " been has when our there after but its could would they will all so"
        ),
        "de": (
            "der die und das den dem ist nicht von mit ein eine"
            " zu auf für im wurde war sich des auch als werden aus wir"
            " einen einer bei nach dass wurden waren durch hat zum zur um wird noch vor über keine"
        ),
        "fr": (
            "le la les des et est une dans que pour pas sur au avec"
            " du ce nous qui par été aux sont il plus a en un se ne"
            " cette était ont mais lors ces sans après"
        ),
        "es": (
            "el los las de y que en un una por con para del se no es al lo como fue más su este la pero cuando está"
            " había también porque hasta desde sin"
        ),
        "pt": (
            "o os as de e que em um uma por com para do da não se foi ao no na mais são dos a das pelo pela nos quando"
            " também mas foram está até sem"
        ),
        "it": (
            "il lo gli di e che un una per con del della non si è al da nel sono stato come alla la le dei delle anche"
            " nella più stata dal quando ma"
        ),
        "nl": (
            "de het een en van is niet op dat met te voor was zijn aan werd door er ook wij naar die in om als bij of"
            " deze maar heeft waren worden geen"
        ),
        "pl": (
            "i w z na się nie do to że jest o po od przez za jak był była było są oraz dla ale które który tego został"
        ),
        "sv": (
            "och i att det som en på är av för med den till inte var vi har ett om från men kunde när efter blev de"
        ),
        "da": ("og i at det som en på er af for med den til ikke var vi har et om fra men kunne da efter blev de der"),
        "tr": ("ve bir bu için ile da de olarak daha çok gibi olan ise sonra kadar ancak her tarafından oldu değil"),
        "cs": ("a v na se že je s z do to by pro o jsme byl byla bylo jako po ale k není které který také od při už"),
    }.items()
}


def language_of(texts: Iterable[str]) -> str | None:
    """The ISO 639-1 code of the language; None if there is too little text, or none of those we know fits."""
    sample = " ".join(islice(texts, 200))[:_SAMPLE]
    known = _languages_by_word()
    counts = dict.fromkeys(_STOP_WORDS, 0)
    total = 0
    for token, times in Counter(sample.lower().split()).items():
        word = token.strip(_POINTS)
        if word.isalpha():
            total += times
            for code in known.get(word, ()):
                counts[code] += times
    wide = 0 if sample.isascii() else len(sample.encode("utf-8", "replace")) - len(sample)
    by_script = _by_script(sample, total) if wide * _FEW > len(sample) else None
    if by_script is not None or total < _ENOUGH:
        return by_script
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= total * _SHARE else None


@cache
def _languages_by_word() -> Mapping[str, Sequence[str]]:
    """The languages that each stop word belongs to."""
    known: dict[str, list[str]] = {}
    for code, words in _STOP_WORDS.items():
        for word in words:
            known.setdefault(word, []).append(code)
    return known


def _by_script(sample: str, words: int) -> str | None:
    """The language that a script tells; None for one that many share, or where too little stands in it.

    Chinese and Japanese have no blanks: there a character counts as half a word. Product names and commands stay in
    Latin letters in every language, so that a fifth of the text is enough.
    """
    others = _OTHER_LETTERS.findall(sample)
    if len(others) <= _ENOUGH:
        return None
    kana = _within(others, *_KANA)
    han = _within(others, *_HAN)
    if kana + han > max(_ENOUGH, words * 2 * _FIFTH):
        return "ja" if kana * 10 > kana + han else "zh"
    letters = sum(each.isalpha() for each in sample)
    for code, first, last in _SCRIPTS:
        found = _within(others, first, last)
        if found > _ENOUGH * 2 and found > letters * _FIFTH:
            ukrainian = code == "ru" and sum(each in _UKRAINIAN for each in others) * 20 > found
            return "uk" if ukrainian else code
    return None


def _within(letters: list[str], first: str, last: str) -> int:
    return sum(first <= each <= last for each in letters)
