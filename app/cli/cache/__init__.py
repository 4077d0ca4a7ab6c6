"""What was found out before: `lint` neither reads nor checks again what has not changed.

Two things are remembered. `examinations`: what the rules found in a document, by its content, so that after a change to
one of a thousand documents one is checked. `replay`: a whole run's output, by what was typed and by the state of every
file that was looked at, so that the same question is answered before the command line is even loaded.

`file`, `fingerprint`, `observations` and `replay` import next to nothing: a run whose answer is known takes less time
than an import of pathlib or typing. That is why they use `os.path`.
"""

NO_CACHE = "--no-cache"
"""The option of `lint` that neither reads nor writes any of it."""
