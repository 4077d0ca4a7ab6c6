"""All figures, one after the other: `make bench`."""

from __future__ import annotations

from bench import acknowledge, checks

checks.main()
acknowledge.main()
