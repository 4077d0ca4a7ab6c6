"""Which language a document is written in, told by its commonest words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 20  # words below which nothing is told
_SAMPLE = 600  # words looked at
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_STOP_WORDS = {
    code: frozenset(words.split())
    for code, words in {
        "en": (
            "the of and to in a is was that for it with on as were be by this are from at not we have an "
            "which or had been"
        ),
        "de": (
            "der die und das den dem ist nicht von mit ein eine zu auf für im wurde war sich des auch als "
            "werden aus wir"
        ),
        "fr": "le la les des et est une dans que pour pas sur au avec du ce nous qui par été aux sont il plus",
        "es": "el los las de y que en un una por con para del se no es al lo como fue más su este",
        "pt": "o os as de e que em um uma por com para do da não se foi ao no na mais são dos",
        "it": "il lo gli di e che un una per con del della non si è al da nel sono stato come alla",
        "nl": "de het een en van is niet op dat met te voor was zijn aan werd door er ook wij naar",
    }.items()
}
_SHARE = 0.06  # of a text's words are its language's commonest, in any text of some length


def language_of(texts: Iterable[str]) -> str | None:
    """The ISO 639-1 code of the language; None if there is too little text, or none of those we know fits."""
    sample = " ".join(islice(texts, 200))[:8000]
    for code, script in () if sample.isascii() else _SCRIPTS:
        if len(script.findall(sample)) * 5 > len(sample.replace(" ", "")) > _ENOUGH:
            return code
    words = _WORD.findall(sample.lower())[:_SAMPLE]
    if len(words) < _ENOUGH:
        return None
    counts = {code: sum(1 for word in words if word in stop) for code, stop in _STOP_WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= len(words) * _SHARE else None
