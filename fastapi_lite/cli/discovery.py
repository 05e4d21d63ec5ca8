"""Which application a command is about: found by path, by name, or where one usually is."""

from __future__ import annotations

import inspect
import sys
import tomllib
import traceback
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from fastapi_lite.applications import FastAPI, Starlette

USUAL_FILES = (
    "main.py",
    "app.py",
    "api.py",
    "app/main.py",
    "app/app.py",
    "app/api.py",
    "app/__init__.py",
)
USUAL_NAMES = ("app", "api")
TABLES = ("fastapi-lite", "fastapi")
"""Of `pyproject.toml`, below `tool`; the first that has an `entrypoint` wins."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """An application, and how it was found."""

    app: Any
    target: str
    """What to import, as `module:name`."""
    source: str
    """What told about it, in words."""
    directory: Path
    """Where modules are imported from."""
    is_warm: bool = False
    """Whether each process that serves it warms it up first."""


def find_application(
    path: Path | None = None, name: str | None = None, entrypoint: str | None = None
) -> Found:
    """The application of a command's arguments, or, without any, of the working directory.

    The directory it is imported from is put first in `sys.path`. Raises `click.ClickException`,
    which says what was looked for, where, and what to do.
    """
    source = "--entrypoint"
    if entrypoint is not None and (path is not None or name is not None):
        raise click.UsageError(
            "Cannot use --entrypoint together with a path or --app: it says both already."
        )
    if entrypoint is None and path is None and name is None:
        entrypoint, source = configured_entrypoint()
    if entrypoint is not None:
        return find_by_entrypoint(entrypoint, source)
    if path is None:
        path = usual_file()
        source = f"{path}, found by its name"
    else:
        source = str(path)
    return find_by_path(path, name, source)


def configured_entrypoint() -> tuple[str | None, str]:
    """What `pyproject.toml` in the working directory says, and where it says so."""
    file = Path("pyproject.toml")
    if not file.is_file():
        return None, ""
    try:
        tool = tomllib.loads(file.read_text("utf-8")).get("tool", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file.resolve()} cannot be read as TOML: {error}") from None
    for table in TABLES:
        said = tool.get(table, {})
        if not isinstance(said, dict):
            raise click.ClickException(
                f"tool.{table} in pyproject.toml is {said!r}, but a table is needed: "
                f'[tool.{table}] with entrypoint = "package.module:app".'
            )
        if "entrypoint" in said:
            entrypoint, source = said["entrypoint"], f"[tool.{table}] in pyproject.toml"
            if not isinstance(entrypoint, str):
                raise click.ClickException(
                    f"{source}: entrypoint is {entrypoint!r}, but a text like "
                    '"package.module:app" is needed.'
                )
            return entrypoint, source
    return None, ""


def find_by_entrypoint(entrypoint: str, source: str) -> Found:
    """The application of `module:name`."""
    module_name, _, name = entrypoint.partition(":")
    if not all(part.isidentifier() for part in [*module_name.split("."), *name.split(".")]):
        raise click.ClickException(
            f"{source}: {entrypoint!r} is not of the form module.submodule:name, "
            "such as shop.main:app."
        )
    directory = Path.cwd()
    module = load(module_name, directory)
    return Found(get_named(module, name), entrypoint, source, directory)


def usual_file() -> Path:
    """The first file that is there of those that usually hold an application."""
    for name in USUAL_FILES:
        if (file := Path(name)).is_file():
            return file
    raise click.ClickException(
        f"There is no application in {Path.cwd()}: looked for an entrypoint in pyproject.toml, "
        f"then for {', '.join(USUAL_FILES)}.\n"
        "Give the path of its file, or --entrypoint module:name."
    )


def find_by_path(path: Path, name: str | None, source: str) -> Found:
    """The application in a file or package; called `name`, if that is given."""
    file = path.resolve()
    if not file.exists():
        raise click.ClickException(f"There is no {path}: looked for {file}.")
    if file.is_dir():
        file = file / "__init__.py"
        if not file.is_file():
            raise click.ClickException(
                f"{path} is a directory without __init__.py, so not a package to import.\n"
                f"Give the path of a file in it, such as {path / 'main.py'}."
            )
    module_name, directory = place(file)
    module = load(module_name, directory)
    if Path(origin(module)).resolve() != file:
        raise click.ClickException(
            f"{path} cannot be imported as {module_name!r}: there is another module of this name, "
            f"{origin(module)}. Rename the file."
        )
    found = name or usual_name(module, path)
    return Found(get_named(module, found), f"{module_name}:{found}", source, directory)


def place(file: Path) -> tuple[str, Path]:
    """The name to import `file` by, and the directory to import it from: above all packages."""
    parts = [] if file.name == "__init__.py" else [file.stem]
    directory = file.parent
    while (directory / "__init__.py").is_file():
        parts.insert(0, directory.name)
        directory = directory.parent
    return ".".join(parts), directory


def load(module_name: str, directory: Path) -> ModuleType:
    """Import a module. Raises `click.ClickException` with the traceback if it fails."""
    if sys.path[:1] != [str(directory)]:
        sys.path.insert(0, str(directory))
    try:
        return import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name and f"{module_name}.".startswith(f"{error.name}."):
            raise click.ClickException(
                f"There is no module {error.name!r} to import {module_name!r}: looked in "
                f"{directory}, then where Python looks."
            ) from None
        raise explain(error, module_name) from None
    except Exception as error:
        raise explain(error, module_name) from None


def explain(error: Exception, module_name: str) -> click.ClickException:
    """What `error` says of a module that fails while it is imported, from its own first line on."""
    report = traceback.TracebackException.from_exception(error)
    is_machinery = ["importlib" in one.filename or one.filename == __file__ for one in report.stack]
    start = is_machinery.index(False) if False in is_machinery else len(is_machinery)
    report.stack = traceback.StackSummary.from_list(report.stack[start:])
    return click.ClickException(
        f"{module_name!r} fails while it is imported:\n\n{''.join(report.format())}"
    )


def usual_name(module: ModuleType, path: Path) -> str:
    """The name of a module's application: a usual one, or the first in the alphabet."""
    for kind in (FastAPI, Starlette):
        names = [name for name in dir(module) if isinstance(getattr(module, name), kind)]
        for name in (*USUAL_NAMES, *names):
            if name in names:
                return name
    raise click.ClickException(
        f"There is no application in {path}: looked for {' and '.join(USUAL_NAMES)}, then for any "
        "instance of FastAPI. If it is called otherwise and made by other means, name it with --app."
    )


def get_named(module: ModuleType, name: str) -> Any:
    """The application called `name` in a module, which may be the attribute of something."""
    found: Any = module
    for part in name.split("."):
        try:
            found = getattr(found, part)
        except AttributeError:
            others = [one for one, value in vars(module).items() if isinstance(value, Starlette)]
            hint = f" It has {', '.join(others)}." if others else ""
            raise click.ClickException(f"There is no {name!r} in {origin(module)}.{hint}") from None
    if not is_application(found):
        kind = f"the class {found.__name__}" if isinstance(found, type) else f"{found!r:.200}"
        raise click.ClickException(
            f"{name!r} in {origin(module)} is not an application, but {kind}. "
            "An application is an instance of FastAPI, or takes scope, receive and send."
        )
    return found


def origin(module: ModuleType) -> str:
    """The file of a module; its name, if it has none."""
    return getattr(module, "__file__", None) or module.__name__


def is_application(value: Any) -> bool:
    """Whether `value` can be called as ASGI 3.0 says."""
    if isinstance(value, type) or not callable(value):
        return False
    try:
        inspect.signature(value).bind("scope", "receive", "send")
    except (AttributeError, TypeError, ValueError):
        return False
    return True
