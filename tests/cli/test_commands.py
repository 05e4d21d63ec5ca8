"""The commands: what they print, what they serve."""

from __future__ import annotations

import json
import runpy
import sys
import time
from contextlib import suppress
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import click
import httpx
import pytest
import uvicorn
import yaml
from click.testing import CliRunner, Result

from fastapi_lite import __version__, cli
from tests.cli.conftest import APP, Write
from tests.serving import PATIENCE, free_port, serving

Served = list[tuple[str, dict[str, Any]]]


def invoke(*arguments: str, **environment: str | None) -> Result:
    return CliRunner().invoke(cli.main, arguments, env=environment)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    """What uvicorn was told to serve, and how."""
    calls: Served = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: calls.append((app, options)))
    return calls


# About the program


def test_version_is_that_of_the_package() -> None:
    assert invoke("--version").stdout.startswith(f"fastapi-lite {__version__} (Python 3.")


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_lists_the_commands(option: str) -> None:
    text = invoke(option).stdout

    assert all(f"\n  {name} " in text for name in ("dev", "run", "routes", "openapi"))


GREETING = "hello"


@click.command()
def deploy() -> None:
    """Take the application somewhere."""
    click.echo("deployed")


@click.command("run")
def other_run() -> None:
    """Run what cannot be reached."""


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another package offers `deploy` and `run`."""
    entries = [
        EntryPoint("deploy", f"{__name__}:deploy", cli.GROUP),
        EntryPoint("run", f"{__name__}:other_run", cli.GROUP),
    ]
    monkeypatch.setattr(cli, "entry_points", lambda group: entries if group == cli.GROUP else [])


@pytest.mark.usefixtures("offered")
def test_other_packages_add_commands() -> None:
    assert invoke("deploy").stdout == "deployed\n"


@pytest.mark.usefixtures("offered")
def test_commands_of_others_are_listed_after_ours() -> None:
    listed = cli.main.list_commands(click.Context(cli.main))

    assert listed == ["dev", "run", "routes", "openapi", "deploy"]


@pytest.mark.usefixtures("offered")
def test_other_packages_do_not_replace_commands() -> None:
    assert cli.main.get_command(click.Context(cli.main), "run") is cli.run


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("no_such_module:deploy", "fails while it is imported: ModuleNotFoundError"),
        (f"{__name__}:GREETING", "is no command of click, but 'hello'"),
    ],
)
def test_command_of_another_package_that_is_broken_says_so(
    monkeypatch: pytest.MonkeyPatch, value: str, problem: str
) -> None:
    entries = [EntryPoint("deploy", value, cli.GROUP)]
    monkeypatch.setattr(cli, "entry_points", lambda group: entries)

    answer = invoke("deploy", "--to", "world")

    assert (answer.exit_code, problem in answer.stderr) == (1, True)


def test_help_is_there_beside_a_broken_command(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [EntryPoint("deploy", "no_such_module:deploy", cli.GROUP)]
    monkeypatch.setattr(cli, "entry_points", lambda group: entries)

    assert "deploy   (This command" in invoke("--help").stdout


def test_unknown_command_is_an_error_of_usage() -> None:
    assert invoke("serve").exit_code == 2


def test_package_can_be_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["fastapi_lite", "run", "--help"])

    with pytest.raises(SystemExit):
        runpy.run_module("fastapi_lite", run_name="__main__")

    assert capsys.readouterr().out.startswith("Usage: python -m fastapi_lite run [OPTIONS] [PATH]")


# Serving


def test_dev_serves_this_machine_and_reloads(write: Write, served: Served) -> None:
    write("main.py")

    assert invoke("dev").exit_code == 0
    assert served == [
        (
            "main:app",
            {
                "factory": False,
                "host": "127.0.0.1",
                "port": 8000,
                "reload": True,
                "reload_dirs": None,
                "workers": None,
                "root_path": "",
                "proxy_headers": True,
                "forwarded_allow_ips": None,
                "log_level": None,
            },
        )
    ]


def test_run_serves_the_world_and_does_not_reload(write: Write, served: Served) -> None:
    write("main.py")

    invoke("run")

    [(_, options)] = served
    assert (options["host"], options["reload"]) == ("0.0.0.0", False)


def test_run_warms_up_here_and_in_each_process(write: Write, served: Served) -> None:
    write("main.py", APP + "app.warm_up = lambda: print('warm')")

    answer = invoke("run", "--workers", "2")

    [(target, options)] = served
    assert (target, options["factory"], options["workers"]) == ("main:app.warm_up", True, 2)
    assert answer.stdout.startswith("warm\nServing main:app on ")


def test_dev_warms_nothing_up(write: Write, served: Served) -> None:
    write("main.py", APP + "app.warm_up = lambda: print('warm')")

    answer = invoke("dev")

    [(target, options)] = served
    assert (target, options["factory"], "warm" in answer.stdout) == ("main:app", False, False)


@pytest.mark.parametrize(
    "text",
    [
        "async def app(scope, receive, send): ...",
        APP + "async def warm_up(): ...\napp.warm_up = warm_up",
    ],
)
def test_run_serves_what_cannot_be_warmed_up(write: Write, served: Served, text: str) -> None:
    write("main.py", text)

    invoke("run", "-e", "main:app")

    [(target, options)] = served
    assert (target, options["factory"]) == ("main:app", False)


def test_run_refuses_an_application_with_a_mistake(write: Write, served: Served) -> None:
    wrong = """
from fastapi_lite import APIRouter
router = APIRouter()

@router.get("/")
def read(shop: dict): ...

app.include_router(router, prefix="/{shop}")
"""
    write("main.py", APP + wrong)

    answer = invoke("run")

    assert (answer.exit_code, served) == (1, [])
    assert "main:app cannot be served. main.read: Path params must be" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "option", "value"),
    [
        ("--host ::1", "host", "::1"),
        ("--port 80", "port", 80),
        ("--reload", "reload", True),
        ("--no-reload", "reload", False),
        ("--reload --reload-dir . --reload-dir shop", "reload_dirs", [".", "shop"]),
        ("--workers 3", "workers", 3),
        ("--root-path /v1", "root_path", "/v1"),
        ("--no-proxy-headers", "proxy_headers", False),
        ("--forwarded-allow-ips *", "forwarded_allow_ips", "*"),
        ("--verbose", "log_level", "debug"),
        ("-v", "log_level", "debug"),
    ],
)
def test_options_are_handed_to_the_server(
    write: Write, served: Served, arguments: str, option: str, value: object
) -> None:
    write("main.py")
    write("shop/__init__.py", "")

    invoke("run", *arguments.split())

    assert served[0][1][option] == value


def test_port_can_be_in_the_environment(write: Write, served: Served) -> None:
    write("main.py")

    invoke("run", PORT="9000")

    assert served[0][1]["port"] == 9000


@pytest.mark.parametrize(
    "arguments", ["--port x", "--port 70000", "--workers 0", "--reload-dir no"]
)
def test_wrong_option_is_an_error_of_usage(write: Write, served: Served, arguments: str) -> None:
    write("main.py")

    assert (invoke("run", *arguments.split()).exit_code, served) == (2, [])


@pytest.mark.parametrize(
    "arguments",
    ["shop/web.py", "shop/web.py --app app", "-e shop.web:app", "--entrypoint shop.web:app"],
)
def test_application_is_told_by_path_or_entrypoint(
    write: Write, served: Served, arguments: str
) -> None:
    write("shop/__init__.py", "")
    write("shop/web.py")

    invoke("run", *arguments.split())

    assert served[0][0] == "shop.web:app.warm_up"


def test_files_of_an_application_elsewhere_are_watched(
    write: Write, served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("shop/main.py")
    write("here/notes.txt", "")
    monkeypatch.chdir("here")

    invoke("dev", "../shop/main.py")

    assert served[0][1]["reload_dirs"] == [str(tmp_path / "shop")]


def test_no_application_is_an_error_and_nothing_is_served(write: Write, served: Served) -> None:
    answer = invoke("run")

    assert (answer.exit_code, served) == (1, [])
    assert answer.stderr.startswith("Error: There is no application in ")


@pytest.mark.parametrize(
    ("command", "before", "seen"),
    [("dev", None, "development"), ("dev", "test", "test"), ("run", None, "None")],
)
def test_dev_says_so_in_the_environment_before_the_import(
    write: Write, served: Served, command: str, before: str | None, seen: str
) -> None:
    write("main.py", "import os\nprint('seen', os.environ.get('FASTAPI_ENV'))\n" + APP)

    assert f"seen {seen}\n" in invoke(command, FASTAPI_ENV=before).stdout


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        ("", "http://0.0.0.0:8000"),
        ("--host ::1 --port 80", "http://[::1]:80"),
        ("--host localhost", "http://localhost:8000"),
        ("--entrypoint=", "http://0.0.0.0:8000"),
    ],
)
def test_links_are_printed(write: Write, served: Served, arguments: str, address: str) -> None:
    write("main.py")

    assert invoke("run", *arguments.split()).stdout.splitlines() == [
        f"Serving main:app on {address}",
        f"Documentation: {address}/docs",
    ]


def test_links_are_left_to_the_server_where_it_chooses_the_port(
    write: Write, served: Served
) -> None:
    write("main.py")

    assert invoke("run", "--port", "0").stdout == "Serving main:app\n"


@pytest.mark.parametrize("address", ["https://shop.example", "https://shop.example/"])
def test_links_are_those_of_the_public_address(write: Write, served: Served, address: str) -> None:
    write("main.py")

    printed = invoke("run", FASTAPI_PUBLIC_URL=address).stdout

    assert printed.endswith("Documentation: https://shop.example/docs\n")


def test_link_is_to_the_page_there_is(write: Write, served: Served) -> None:
    write("main.py", APP.replace("FastAPI()", "FastAPI(docs_url=None)"))

    assert invoke("run").stdout.endswith("Documentation: http://0.0.0.0:8000/redoc\n")


@pytest.mark.parametrize("options", ["docs_url=None, redoc_url=None", "openapi_url=None"])
def test_no_link_is_printed_where_there_is_no_documentation(
    write: Write, served: Served, options: str
) -> None:
    write("main.py", APP.replace("FastAPI()", f"FastAPI({options})"))

    assert invoke("run").stdout == "Serving main:app on http://0.0.0.0:8000\n"


@pytest.mark.parametrize("arguments", ["--verbose run", "run --verbose", "run -v"])
def test_verbose_says_how_the_application_was_found(
    write: Write, served: Served, tmp_path: Path, arguments: str
) -> None:
    write("main.py")

    assert invoke(*arguments.split()).stderr.splitlines() == [
        "Application: main:app, from main.py, found by its name",
        f"Imported from: {tmp_path}",
        'To settle it, write in pyproject.toml: [tool.fastapi-lite] entrypoint = "main:app"',
    ]


def test_verbose_gives_no_hint_where_it_was_told(write: Write, served: Served) -> None:
    write("main.py")

    assert "pyproject" not in invoke("run", "main.py", "-v").stderr


# Showing


def test_routes_are_printed(write: Write) -> None:
    write("main.py", APP + "@app.get('/books')\ndef search(): ...")

    assert "GET /books                      search\n" in invoke("routes").stdout


def test_front_ends_are_printed_after_the_routes(write: Write) -> None:
    write("dist/index.html", "")
    frontend = "app.frontend('/shop', directory='dist')"
    write(
        "main.py",
        f"from fastapi_lite import Depends\n{APP}{frontend}".replace(
            "FastAPI()", "FastAPI(dependencies=[Depends(print)])"
        ),
    )

    assert invoke("routes").stdout.splitlines()[-1].split() == [
        *("frontend", "/shop/", "dist", "print")
    ]


def test_routes_of_a_plain_application_are_printed(write: Write) -> None:
    write("main.py", "from fastapi_lite.applications import Starlette\napp = Starlette()")

    assert invoke("routes").stdout == "ROUTE  NAME  DEPENDENCIES\n"


def test_routes_of_what_has_none_is_an_error(write: Write) -> None:
    write("main.py", "async def served(scope, receive, send): ...")

    answer = invoke("routes", "--app", "served")

    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "main:served is a function without 'routes'" in answer.stderr


def test_document_is_printed_as_json(write: Write) -> None:
    write("main.py", APP.replace("FastAPI()", "FastAPI(title='Bücher')"))

    answer = invoke("openapi")

    assert json.loads(answer.stdout)["info"]["title"] == "Bücher"
    assert "Bücher" in answer.stdout


def test_what_the_application_prints_is_no_part_of_the_document(write: Write) -> None:
    write("main.py", "print('connected')\n" + APP)

    answer = invoke("openapi", "--verbose")

    assert json.loads(answer.stdout)["paths"] == {}
    assert "connected\n" in answer.stderr


@pytest.mark.parametrize("name", ["openapi.json", "openapi"])
def test_document_is_written_as_json(write: Write, tmp_path: Path, name: str) -> None:
    write("main.py")

    answer = invoke("openapi", "--output", name)

    assert (answer.exit_code, answer.stdout) == (0, "")
    assert json.loads((tmp_path / name).read_bytes())["openapi"] == "3.1.0"


@pytest.mark.parametrize("name", ["openapi.yaml", "openapi.YML"])
def test_document_is_written_as_yaml(write: Write, tmp_path: Path, name: str) -> None:
    write("main.py")
    from_json = json.loads(invoke("openapi").stdout)

    invoke("openapi", "-o", name)

    assert yaml.safe_load((tmp_path / name).read_bytes()) == from_json


def test_yaml_without_pyyaml_says_what_to_install(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("main.py")
    monkeypatch.setitem(sys.modules, "yaml", None)

    answer = invoke("openapi", "-o", "openapi.yaml")

    assert (answer.exit_code, (tmp_path / "openapi.yaml").exists()) == (1, False)
    assert "pip install pyyaml" in answer.stderr


# Through a real connection


def test_run_serves(write: Write, tmp_path: Path) -> None:
    write("main.py", APP + "@app.get('/')\ndef read(): return 'served'")
    port = free_port()
    command = ("-m", "fastapi_lite", "run", "--host", "127.0.0.1")

    with serving(port, *command, log=tmp_path / "log", cwd=tmp_path, PORT=str(port)):
        assert httpx.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE).json() == "served"

    assert f"Documentation: http://127.0.0.1:{port}/docs" in (tmp_path / "log").read_text()


def test_run_serves_with_several_processes(write: Write, tmp_path: Path) -> None:
    write("main.py", APP + "@app.get('/')\ndef read(): return 'served'")
    port = free_port()
    command = ("-m", "fastapi_lite", "run", "--host", "127.0.0.1", "--workers", "2")

    with serving(port, *command, log=tmp_path / "log", cwd=tmp_path, PORT=str(port)):
        assert httpx.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE).json() == "served"

    assert "Started parent process" in (tmp_path / "log").read_text()


def test_run_serves_in_several_processes(write: Write, tmp_path: Path) -> None:
    write("main.py", APP + "@app.get('/')\ndef read(): return app.middleware_stack is not None")
    port = free_port()
    command = ("-m", "fastapi_lite", "run", "--host", "127.0.0.1", "--workers", "2")

    with serving(port, *command, log=tmp_path / "log", cwd=tmp_path, PORT=str(port)):
        assert httpx.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE).json() is True


def test_dev_serves_what_was_changed(write: Write, tmp_path: Path) -> None:
    source = APP + "@app.get('/')\ndef read(): return '{}'"
    write("main.py", source.format("before"))
    port = free_port()
    answers: list[str] = []

    def change_until_served(wanted: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while wanted not in answers:
            # Again and again: the server answers before it watches for changes.
            write("main.py", source.format(wanted))
            assert time.monotonic() < deadline, (answers, (tmp_path / "log").read_text())
            with suppress(Exception):  # the server may be starting again; see the deadline
                answers.append(httpx.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE).json())

    command = ("-m", "fastapi_lite", "dev", "--port", str(port))
    with serving(port, *command, log=tmp_path / "log", cwd=tmp_path):
        answers.append(httpx.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE).json())
        change_until_served("after")

    assert (answers[0], answers[-1]) == ("before", "after")
