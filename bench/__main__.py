"""All figures, one after the other: `make bench`."""

from __future__ import annotations

from bench import acknowledge, checks, follow_up, linear, lint

lint.main()
print()
checks.main()
acknowledge.main()
print()
follow_up.main([])
print()
linear.main(["--length", str(128 * 1024)])
