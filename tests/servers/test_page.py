"""The commands on the page about servers, run as they stand there but for the port."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.servers.running import CHOSEN, PATIENCE, complaints_in, skip_without_servers
from tests.serving import ROOT, free_port, serving

skip_without_servers()

PAGE = (ROOT / "docs/how-to/servers.md").read_text()
COMMANDS: list[str] = re.findall(r"^\$ (.+)$", PAGE, re.MULTILINE)


def run_commands(behind_proxy: bool) -> pytest.MarkDecorator:
    """Have a test run with the `command`s of the servers of this run."""
    parameters = []
    for command in COMMANDS:
        program = command.partition(" ")[0]
        # Under this name it stands in the table.
        names = [
            name
            for name in CHOSEN
            if name.startswith(program) and ("trio" in name) == ("trio" in command)
        ]
        if names and behind_proxy == ("/shop" in command):
            parameters.append(pytest.param(command, id=f"{names[0]} {command}"))
    return pytest.mark.parametrize("command", parameters)


@contextmanager
def client_of(command: str, folder: Path) -> Iterator[httpx.Client]:
    """A client of what `command` starts, which has nothing to complain about."""
    port = free_port()
    log = folder / "log"
    arguments = shlex.split(command.replace("8000", str(port)))
    database = str(folder / "bookshop.sqlite3")
    with (
        serving(port, "-m", *arguments, log=log, BOOKSHOP_DATABASE=database),
        httpx.Client(
            base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE, trust_env=False
        ) as client,
    ):
        yield client
    assert complaints_in(log.read_text()) == []


@run_commands(behind_proxy=False)
def test_command_of_the_page_serves(command: str, tmp_path: Path) -> None:
    with client_of(command, tmp_path) as client:
        assert client.get("/books").is_success


@run_commands(behind_proxy=True)
def test_command_of_the_page_believes_the_proxy(command: str, tmp_path: Path) -> None:
    # uvicorn puts the prefix before the path; the others are given all of it.
    path = "/books/" if command.startswith("uvicorn") else "/shop/books/"
    headers = {
        "Host": "shop.example",
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Proto": "https",
    }
    with client_of(command, tmp_path) as client:
        answer = client.get(path, headers=headers)
        assert answer.headers["location"] == "https://shop.example/shop/books"
