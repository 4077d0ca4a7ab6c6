"""app.yml asks for what the service needs, and for nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.sandbox.driver import PERMISSIONS
from app.web.events import EVENTS, UNASKED_EVENTS

MANIFEST = Path(__file__).parent.parent / "app.yml"


@pytest.fixture
def manifest() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return read


def test_the_events_are_those_that_mark_something(manifest: dict[str, Any]) -> None:
    assert set(manifest["default_events"]) == set(EVENTS) - UNASKED_EVENTS


def test_the_permissions_are_those_that_the_service_is_tested_with(manifest: dict[str, Any]) -> None:
    assert manifest["default_permissions"] == dict(PERMISSIONS)


def test_only_checks_issues_and_replies_on_pull_requests_are_written(manifest: dict[str, Any]) -> None:
    written = {name for name, level in manifest["default_permissions"].items() if level != "read"}
    assert written == {"checks", "issues", "pull_requests"}


def test_every_permission_and_event_has_its_reason() -> None:
    lines = MANIFEST.read_text(encoding="utf-8").split("default_permissions:")[1].splitlines()
    asked = [line for line in lines if line.strip() and not line.endswith(":")]
    assert all(" # " in line for line in asked)
