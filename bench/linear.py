"""Whether time stays linear in size: every rule on its worst input, and the longest documents that are read.

For each document of `tests.rules.hostile`, the longest that is read in full (a mebibyte, or as many blocks as are read)
is compared with its half: reading, checking by every rule, and fixing may take 2.3 times as long, since small documents
have costs of their own and clocks are rough. What takes less than a few milliseconds is not compared.

`python -m bench.linear` measures the documents that were written for it, which takes ten minutes; `make bench` shorter
ones. `--all` sets every unit in every place; `--only WORD` takes those with that word in their name.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from time import process_time
from typing import TypeVar

from rules.checking import MOST_FINDINGS, check
from rules.fixing import fix
from rules.policy import Policy
from rules.postmortem import Postmortem
from rules.reading import LIMIT, read_bytes
from rules.rule import Context, Rule, iter_rules
from tests.rules.hostile import WORST, Grow, crossed
from tests.rules.laws import CONTEXT, everything_on

MOST_RATIO = 2.3
MOST_SECONDS = 2.0
_Result = TypeVar("_Result")
_SECOND_LOOKS = 2  # at what seems slow: the machine may have been busy
_WORTH_COMPARING = 0.02  # seconds for the longer document; below, the clock and the machine's other work decide


@dataclass(frozen=True, slots=True)
class Measured:
    """The seconds that one document took.

    Attributes:
        characters: its length.
        read, check, fix: in seconds; fixing reads and checks it several times.
        rules: by code.
    """

    characters: int
    read: float
    check: float
    fix: float
    rules: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A document beside its half."""

    name: str
    half: Measured
    whole: Measured

    def ratios(self) -> Iterator[tuple[str, float, float]]:
        """What was measured, how many times as long the whole took, and the whole's seconds; where worth comparing."""
        pairs = [("read", self.half.read, self.whole.read), ("check", self.half.check, self.whole.check)]
        pairs += [("fix", self.half.fix, self.whole.fix)]
        pairs += [(code, self.half.rules[code], seconds) for code, seconds in self.whole.rules.items()]
        return ((name, whole / max(half, 1e-6), whole) for name, half, whole in pairs if whole >= _WORTH_COMPARING)

    def complaints(self) -> list[str]:
        """What is slower than it may be."""
        found = [
            f"{name} takes {ratio:.1f} times as long ({seconds:.2f} s)"
            for name, ratio, seconds in self.ratios()
            if ratio > MOST_RATIO
        ]
        if (total := self.whole.read + self.whole.check) > MOST_SECONDS:
            found.append(f"reading and checking take {total:.1f} s")
        return found


def compare(name: str, grow: Grow, length: int = LIMIT) -> Comparison:
    """The longest document of at most that many characters that is read in full, beside its half."""
    longest = _longest(grow, length)
    half, whole = grow(longest // 2), grow(longest)
    comparison = Comparison(name, measure(half), measure(whole))
    for _ in range(_SECOND_LOOKS):
        if not comparison.complaints():
            break
        comparison = Comparison(
            name, _faster(comparison.half, measure(half)), _faster(comparison.whole, measure(whole))
        )
    return comparison


def measure(text: str, policy: Policy | None = None) -> Measured:
    """The times of one document, with every rule switched on."""
    data, chosen = text.encode("utf-8"), policy or everything_on()
    read_seconds, postmortem = _timed(lambda: read_bytes(data, None, CONTEXT.path))
    # Before all are checked together: what one rule works out, others may find remembered.
    rules = {rule.code: _timed(partial(_run, rule, postmortem, chosen, CONTEXT))[0] for rule in iter_rules()}
    check_seconds, findings = _timed(lambda: check(postmortem, chosen, CONTEXT))
    informed = replace(CONTEXT, found=findings)
    rules |= {
        rule.code: _timed(partial(_run, rule, postmortem, chosen, informed))[0] for rule in iter_rules() if rule.last
    }
    fixable = any(finding.edit is not None for finding in findings)
    fix_seconds = _timed(lambda: fix(data, None, chosen, CONTEXT))[0] if fixable else 0.0
    return Measured(len(text), read_seconds, max(check_seconds, sum(rules.values())), fix_seconds, rules)


def _run(rule: Rule, postmortem: Postmortem, policy: Policy, context: Context) -> int:
    return sum(1 for _ in islice(rule.check(postmortem, policy, context), MOST_FINDINGS))


def _timed(work: Callable[[], _Result]) -> tuple[float, _Result]:
    gc.collect()
    gc.disable()
    begun = process_time()
    result = work()
    seconds = process_time() - begun
    gc.enable()
    return seconds, result


def _faster(one: Measured, other: Measured) -> Measured:
    rules = {code: min(seconds, other.rules[code]) for code, seconds in one.rules.items()}
    return Measured(
        one.characters, min(one.read, other.read), min(one.check, other.check), min(one.fix, other.fix), rules
    )


def _longest(grow: Grow, length: int) -> int:
    """The most characters, of the given number or a half, a quarter, …, of a document that is read to its end."""
    while length > 1000:
        data = grow(length).encode("utf-8")
        if len(data) <= LIMIT and not any(each.kind == "size" for each in read_bytes(data).defects):
            return length
        length = length * 3 // 4
    return length


def _line(comparison: Comparison) -> str:
    whole = comparison.whole
    worst = max(comparison.ratios(), key=lambda each: each[1], default=("", 0.0, 0.0))
    slowest = max(whole.rules.items(), key=lambda each: each[1])
    figures = f"{whole.characters / 1024:6.0f} {whole.read:6.2f} {whole.check:6.2f} {whole.fix:6.2f}"
    return f"{comparison.name[:40]:<40} {figures}  {worst[1]:5.2f} {worst[0]:<6}  {slowest[0]} {slowest[1]:.2f}"


def report(documents: Iterable[tuple[str, Grow]], length: int) -> int:
    """Print a line for each document and what is too slow; returns how many documents are."""
    print(
        f"{'document':<40} {'KiB':>6} {'read':>6} {'check':>6} {'fix':>6}  {'worst ratio':<12}  slowest rule (seconds)"
    )
    slow: list[str] = []
    for name, grow in documents:
        comparison = compare(name, grow, length)
        print(_line(comparison), flush=True)
        slow += (f"{name}: {complaint}" for complaint in comparison.complaints())
    limits = f"{MOST_RATIO} times as long for twice as much, {MOST_SECONDS:.0f} s to read and check"
    print(f"slower than {limits}:" if slow else f"all within {limits}", *slow, sep="\n")
    return len(slow)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.linear", description=__doc__.partition("\n")[0])
    parser.add_argument("--all", action="store_true", help="every unit in every place")
    parser.add_argument("--only", default="", help="documents with this word in their name")
    parser.add_argument("--length", type=int, default=LIMIT, help="characters at most")
    options = parser.parse_args(arguments)
    documents = crossed() if options.all else iter(WORST.items())
    return int(report(((name, grow) for name, grow in documents if options.only in name), options.length) > 0)


if __name__ == "__main__":
    sys.exit(main())
