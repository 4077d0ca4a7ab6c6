"""The rule that CONTRIBUTING.md shows works as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHOWN = re.compile(r"````python\n(?P<code>.*?)````", re.DOTALL)
TRY = """
from datetime import date
import rules.timeline.entries
exec(CODE, vars(rules.timeline.entries))
from rules.checking import check
from rules.policy import Policy
from rules.reading import read
from rules.rule import Context
for end in "!.":
    text = f"# Postmortem: x\\n\\n## Timeline\\n\\n- 10:32 UTC Checkout is down{end}\\n"
    found = check(read(text), Policy(), Context("x.md", date(2026, 11, 23)))
    print([(finding.rule.code, finding.span.line) for finding in found if finding.rule.code == "CO399"])
"""


def test_the_rule_in_five_minutes_finds_what_it_says() -> None:
    shown = SHOWN.search((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert shown is not None
    script = f"CODE = {textwrap.dedent(shown['code'])!r}\n{TRY}"
    # A process of its own: a registered rule would stay for the other tests.
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["[('CO399', 5)]", "[]"], done.stderr
