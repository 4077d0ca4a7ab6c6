"""A command with a mistake in it."""


def boom() -> None:
    raise ZeroDivisionError("a mistake")
