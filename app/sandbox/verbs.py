"""What all verbs of people have: a world to change, and somebody who wants to hear of it."""

from abc import abstractmethod
from collections.abc import Iterable

from app.sandbox.world.records import Event
from app.sandbox.world.state import World

MAINTAINER = "mona"


class Verbs:
    """The verbs' base. A subclass says where events go."""

    def __init__(self, world: World) -> None:
        self.world = world

    @abstractmethod
    def publish(self, happened: Iterable[Event]) -> None:
        """Tell the App."""
