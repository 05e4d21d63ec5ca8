"""Finding the application a command is about."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
import pytest

from fastapi_lite.applications import Starlette
from fastapi_lite.cli.discovery import USUAL_FILES, find_application
from tests.cli.conftest import APP, Write

# By the usual names


@pytest.mark.parametrize("name", USUAL_FILES)
def test_usual_file_is_found(write: Write, name: str) -> None:
    write(name)

    assert find_application().source == f"{name}, found by its name"


def test_first_of_the_usual_files_wins(write: Write) -> None:
    for name in reversed(USUAL_FILES):
        write(name)

    assert find_application().target == "main:app"


def test_module_of_a_package_is_imported_as_such(write: Write) -> None:
    write("app/__init__.py", "")
    write("app/api.py")

    assert find_application().target == "app.api:app"


def test_nothing_there_says_what_was_looked_for(write: Write, tmp_path: Path) -> None:
    with pytest.raises(click.ClickException) as raised:
        find_application()

    assert str(tmp_path) in raised.value.message
    assert all(name in raised.value.message for name in [*USUAL_FILES, "pyproject.toml"])


# By path


def test_path_of_a_module_of_packages_is_imported_from_above_them(
    write: Write, tmp_path: Path
) -> None:
    write("src/shop/__init__.py", "")
    write("src/shop/web/__init__.py", "")
    write("src/shop/web/server.py", "from shop import web\n" + APP)

    found = find_application(Path("src/shop/web/server.py"))

    assert (found.target, found.directory) == ("shop.web.server:app", tmp_path / "src")


def test_path_of_a_package_is_its_init(write: Write) -> None:
    write("shop/__init__.py")

    assert find_application(Path("shop")).target == "shop:app"


def test_directory_of_the_module_comes_first_in_the_path(write: Write, tmp_path: Path) -> None:
    write("server/main.py")

    find_application(Path("server/main.py"))

    assert sys.path[0] == str(tmp_path / "server")


def test_directory_that_is_there_already_is_not_added_again(write: Write) -> None:
    write("main.py")

    find_application()
    find_application()

    assert sys.path[0] != sys.path[1]


def test_missing_path_says_where_it_was_looked_for(write: Write, tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match=re.escape(str(tmp_path / "nope.py"))):
        find_application(Path("nope.py"))


def test_directory_that_is_no_package_says_what_to_give(write: Write) -> None:
    write("shop/main.py")

    with pytest.raises(click.ClickException, match=r"such as shop/main\.py"):
        find_application(Path("shop"))


def test_file_named_like_another_module_is_to_be_renamed(write: Write) -> None:
    write("logging.py")

    with pytest.raises(click.ClickException, match="Rename the file"):
        find_application(Path("logging.py"))


def test_file_named_like_a_built_in_module_is_to_be_renamed(write: Write) -> None:
    write("sys.py")

    with pytest.raises(click.ClickException, match=r"of this name, sys\. Rename"):
        find_application(Path("sys.py"))


# By entrypoint


def test_entrypoint_is_imported_from_the_working_directory(write: Write) -> None:
    write("shop/web.py", APP.replace("app =", "shop ="))

    found = find_application(entrypoint="shop.web:shop")

    assert (found.target, found.source) == ("shop.web:shop", "--entrypoint")


def test_entrypoint_may_be_the_attribute_of_an_object(write: Write) -> None:
    write("main.py", APP + "class Server:\n    inner = app\n")

    assert isinstance(find_application(entrypoint="main:Server.inner").app, Starlette)


@pytest.mark.parametrize("entrypoint", ["main", "main:", ":app", "main.py:app:x", "a b:app", ""])
def test_entrypoint_of_another_form_says_the_form(write: Write, entrypoint: str) -> None:
    with pytest.raises(click.ClickException, match=r"not of the form module\.submodule:name"):
        find_application(entrypoint=entrypoint)


@pytest.mark.parametrize(("path", "name"), [(Path("main.py"), None), (None, "app")])
def test_entrypoint_with_a_path_or_a_name_is_too_much(path: Path | None, name: str | None) -> None:
    with pytest.raises(click.UsageError, match="--entrypoint together with a path or --app"):
        find_application(path, name, "main:app")


@pytest.mark.parametrize("module", ["nope", "shop.nope"])
def test_entrypoint_of_no_module_says_where_it_was_looked_for(write: Write, module: str) -> None:
    write("shop/__init__.py", "")

    with pytest.raises(click.ClickException, match=rf"There is no module '{module}'.* looked in"):
        find_application(entrypoint=f"{module}:app")


# By pyproject.toml


@pytest.mark.parametrize("table", ["fastapi-lite", "fastapi"])
def test_entrypoint_of_the_project_comes_before_usual_files(write: Write, table: str) -> None:
    write("pyproject.toml", f'[tool.{table}]\nentrypoint = "shop.web:app"')
    write("shop/web.py")
    write("main.py")

    found = find_application()

    assert (found.target, found.source) == ("shop.web:app", f"[tool.{table}] in pyproject.toml")


def test_own_table_comes_before_that_of_fastapi(write: Write) -> None:
    write(
        "pyproject.toml",
        '[tool.fastapi]\nentrypoint = "theirs:app"\n[tool.fastapi-lite]\nentrypoint = "ours:app"',
    )
    write("ours.py")

    assert find_application().target == "ours:app"


@pytest.mark.parametrize(("path", "name"), [(Path("main.py"), None), (None, "app")])
def test_arguments_come_before_the_project(
    write: Write, path: Path | None, name: str | None
) -> None:
    write("pyproject.toml", '[tool.fastapi]\nentrypoint = "shop:app"')
    write("main.py")

    assert find_application(path, name).target == "main:app"


def test_project_that_says_nothing_leaves_it_to_usual_files(write: Write) -> None:
    write("pyproject.toml", '[project]\nname = "shop"\n[tool.fastapi-lite]\n')
    write("main.py")

    assert find_application().target == "main:app"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[tool.fastapi", "cannot be read as TOML"),
        ("[tool]\nfastapi = 3", "a table is needed"),
        ("[tool.fastapi]\nentrypoint = 3", "entrypoint is 3, but a text"),
        ('[tool.fastapi]\nentrypoint = "main.py"', "not of the form"),
    ],
)
def test_project_that_is_wrong_says_how(write: Write, text: str, problem: str) -> None:
    write("pyproject.toml", text)

    with pytest.raises(click.ClickException, match=problem):
        find_application()


# In the module


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("api = FastAPI()\napp = FastAPI()", "app"),
        ("other = FastAPI()\napi = FastAPI()\napp = 3", "api"),
        ("second = FastAPI()\nfirst = FastAPI()", "first"),
        ("app = Starlette()\nother = FastAPI()", "other"),
        ("other = Starlette()", "other"),
    ],
)
def test_application_is_chosen_by_name_then_by_kind(write: Write, text: str, name: str) -> None:
    write("main.py", f"from fastapi_lite.applications import FastAPI, Starlette\n{text}")

    assert find_application().target == f"main:{name}"


def test_application_can_be_named(write: Write) -> None:
    write("main.py", APP + "other = FastAPI()")

    assert find_application(name="other").target == "main:other"


def test_function_that_speaks_asgi_can_be_named(write: Write) -> None:
    write("main.py", "async def served(scope, receive, send): ...")

    assert find_application(name="served").target == "main:served"


def test_module_without_an_application_says_what_was_looked_for(write: Write) -> None:
    write("main.py", "x = 1")

    with pytest.raises(click.ClickException, match="looked for app and api, then for any instance"):
        find_application()


@pytest.mark.parametrize(("text", "hint"), [(APP, "It has app."), ("x = 1", "main.py.")])
def test_name_that_is_not_there_says_which_are(write: Write, text: str, hint: str) -> None:
    write("main.py", text)

    with pytest.raises(click.ClickException, match=f"There is no 'nope' in .*{re.escape(hint)}$"):
        find_application(name="nope")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x = 3", "but 3."),
        ("def x(): ...", "but <function x"),
        ("from fastapi_lite import FastAPI as x", "but the class FastAPI"),
        ("x = type", "but the class type"),
        ("class Odd:\n    __call__ = property()\nx = Odd()", "but <main.Odd"),
    ],
)
def test_what_is_no_application_is_refused(write: Write, text: str, kind: str) -> None:
    write("main.py", text)

    with pytest.raises(click.ClickException, match=f"'x' in .* is not an application, {kind}"):
        find_application(name="x")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("import not_installed", "ModuleNotFoundError: No module named 'not_installed'"),
        ("raise RuntimeError('no database')", "RuntimeError: no database"),
        ("app = = 3", "SyntaxError: invalid syntax"),
    ],
)
def test_module_that_fails_shows_its_own_lines_alone(write: Write, text: str, line: str) -> None:
    write("main.py", text)

    with pytest.raises(click.ClickException) as raised:
        find_application()

    assert re.findall(r'File "(.*?)"', raised.value.message) == [str(Path("main.py").resolve())]
    assert raised.value.message.strip().endswith(line)
