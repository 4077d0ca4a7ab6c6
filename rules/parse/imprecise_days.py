"""Words that promise a day without naming one: `end of Q4`, `next sprint`, `3/14`, `before Black Friday`."""

from __future__ import annotations

from functools import lru_cache

from rules.patterns import Pattern

_LONGEST = 60  # characters

_TOKENS = {
    word: token
    for token, words in {
        "<m>": (
            "jan january feb february mar march apr april may jun june jul july aug august sep sept september"
            " oct october nov november dec december"
        ),
        "<w>": ("mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday"),
        "<s>": (
            "day days week weeks month months quarter quarters half year years sprint sprints iteration iterations"
            " cycle cycles milestone milestones release releases"
        ),
        "<f>": "christmas xmas easter thanksgiving holiday holidays summer winter spring autumn",
    }.items()
    for word in words.split()
}
"""Words to what they stand for in the patterns below, which would be large with them: a month, a weekday, a span of
time, a feast or season."""

_WORD = Pattern(r"[a-z]+")
_YEAR = r"(?:[\s,/-]{0,2}['’]?(?:20)?\d\d\b)?"
_QUARTER = rf"(?:[qh][1-4]\b{_YEAR}|(?:20)?\d\d[\s/-]?[qh][1-4]\b|(?:first|second|third|fourth|last) <s>)"
_SURE = (
    rf"(?:the\s)?(?:(?:very\s)?(?:end|start|beginning|middle|close|first\s<s>|second\s<s>)[\s-]of[\s-]"
    rf"(?:the\s|this\s|next\s|our\s)?(?:current\s|next\s)?(?:<s>|<m>|{_QUARTER}){_YEAR}"
    rf"|(?:next|this|coming|the\snext|the\scoming|current)\s(?:(?:business|working)\s)?(?:<s>|<m>|<w>|{_QUARTER})"
    rf"|(?:mid|early|late)[\s-](?:next\s|this\s)?(?:<s>|<m>|{_QUARTER}){_YEAR})"
    rf"|{_QUARTER}|eo[dwmqy]\b{_YEAR}|<m>\.?[\s,]{{1,2}}'?\d\d(?:\d\d)?\b|(?:in|by|before|during)\s<s>\s#?\d{{1,4}}|asap|immediately|tomorrow"
    r"|(?:in|within)\s(?:the\snext\s|about\s|~)?(?:an?|one|two|three|four|five|six|\d{1,3}|a\sfew|a\scouple\sof)\s"
    r"(?:(?:business|working)\s)?<s>"
    r"|(?:by|before)\s(?:the\s)?(?:next\s)?(?:black\s<w>|cyber\s<w>|new\s<s>|<f>(?:\sseason)?)"
)
_NUMBERS = r"\d{1,2}/\d{1,2}(?:/\d\d)?|\d{1,2}\.\d{1,2}\.(?:\d\d)?|\d{1,2}-\d{1,2}-\d\d"
_FRACTION = Pattern(r"1/(?:2|3|4|5|6|8|10)|2/[35]|3/[458]|\d{1,2}/0?0")

_SURELY = Pattern(rf"(?:(?:by|before|until|due|due\s(?:by|on|in)|eta|target|deadline)[\s:]+)?(?:{_SURE})")
_BY = Pattern(
    r"(?P<word>by|before|until|due|due\s(?:by|on)|no\slater\sthan|eta|target|deadline)[\s:]+"
    rf"(?P<day>(?:on\s)?(?:<m>\.?|<w>|{_NUMBERS}|today|tonight|soon|then))"
)
_BESIDE = Pattern(rf"<s>\s#?\d{{1,4}}|<m>\.?|<w>|{_NUMBERS}|today|soon|ongoing|someday|later|continuous")
_CALLED_DUE = Pattern(
    r"(?:due(?:\sby|\son|\sin)?|deadline|eta|target)\s\S[^,;.]{0,24}"
    r"|(?:by|before|until)\s(?:the\s)?(?:end\sof|next|this)\b[^,;.]{0,24}"
)


@lru_cache(maxsize=512)
def is_imprecise_day(text: str, *, beside: bool = False) -> bool:
    """Whether a text is nothing but a deadline that names no certain day.

    `beside` another field of an item, a month, a weekday or `3/14` will do; elsewhere they need a word such as `by`.
    """
    if len(text) > _LONGEST:
        return False
    told = _told(text)
    if _SURELY.fullmatch(told) or _CALLED_DUE.fullmatch(told):
        return True
    by = _BY.fullmatch(told)
    if by is not None:
        return by["word"] != "by" or not _FRACTION.fullmatch(by["day"])
    return beside and _BESIDE.fullmatch(told) is not None


def ends_in_imprecise_day(text: str) -> bool:
    """Whether the end of a sentence, from a word such as `by` on, is one: `by 3/14`, `before the end of Q4`."""
    if len(text) > _LONGEST:
        return False
    told = _told(text)
    if told.startswith("until"):
        return False  # "keep the flag until next week" is no deadline
    return (_SURELY.fullmatch(told) or _BY.fullmatch(told)) is not None and is_imprecise_day(text)


def _told(text: str) -> str:
    """A text as the patterns see it."""
    return _WORD.sub(lambda word: _TOKENS.get(word[0], word[0]), text.strip(" \t\n.").lower())
