"""What keeps the service from its beginning is said on plain lines that name the setting, whoever starts it."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.sandbox.keys import key_pair
from app.settings import PREFIX

_BY_THE_STORY = ("app.cli.by_the_story", "clock")


async def start(folder: Path, settings: Mapping[str, str], command: tuple[str, ...] = ("app", "serve")) -> list[str]:
    """The lines with which a service ends that cannot begin, its status being 2."""
    (folder / "clock").write_text("+0.0")
    complete = {"APP_ID": "42", "WEBHOOK_SECRET": "s", "PRIVATE_KEY": key_pair()[0], "HOST": "127.0.0.1", "PORT": "0"}
    own = {PREFIX + name: value for name, value in {**complete, **settings}.items()}
    shell = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", *command),
        cwd=folder,
        env={**shell, "PYTHONPATH": str(Path(__file__).parents[2]), **own},
        stderr=asyncio.subprocess.PIPE,
    )
    _, complaints = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 2
    return complaints.decode().splitlines()


async def test_a_port_that_is_in_use_is_said_to_be(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        lines = await start(tmp_path, {"PORT": port})
    address = f"127.0.0.1:{port}"
    cure = "end what listens there, or set CLOSEOUT_PORT to another port"
    assert lines == [f"closeout serve: cannot listen on {address}: it is in use; {cure}"]


@pytest.mark.parametrize("host", ["a..b", "x" * 70], ids=["an empty label", "a label too long"])
async def test_a_host_that_is_none_names_its_setting(tmp_path: Path, host: str) -> None:
    (line,) = await start(tmp_path, {"HOST": host})
    assert line.startswith(f"closeout serve: cannot listen on {host}:0: no such host is known here; set CLOSEOUT_HOST")


async def test_an_address_of_another_machine_names_its_setting(tmp_path: Path) -> None:
    (line,) = await start(tmp_path, {"HOST": "192.0.2.1"})  # for documentation alone, RFC 5737
    assert "no address of this machine; set CLOSEOUT_HOST" in line


async def test_by_the_story_wrong_settings_are_plain_lines_too(tmp_path: Path) -> None:
    assert await start(tmp_path, {"PORT": "eighty", "WEBHOOK_SECRET": ""}, _BY_THE_STORY) == [
        "closeout serve: CLOSEOUT_WEBHOOK_SECRET is wrong: it is empty; set it to the secret of the App's webhook",
        "closeout serve: CLOSEOUT_PORT is wrong: it must be a number",
    ]


async def test_by_the_story_a_queue_that_cannot_be_is_a_plain_line_too(tmp_path: Path) -> None:
    (line,) = await start(tmp_path, {"QUEUE": "sqlite:///missing/queue.db"}, _BY_THE_STORY)
    assert line.startswith("closeout serve: the queue can't be at missing/queue.db")
