"""The command line: `fastapi-lite dev|run|routes|openapi`.

Other packages add commands of theirs by entry points of the group `fastapi_lite.commands`.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import replace
from functools import partial, wraps
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, TypeAlias

import click

from fastapi_lite._inspect import is_async_callable
from fastapi_lite.cli.discovery import TABLES, Found, find_application
from fastapi_lite.cli.routes import draw_routes
from fastapi_lite.exceptions import FastAPIError
from fastapi_lite.routing.api import APIRouter
from fastapi_lite.routing.frontends import placed_frontends
from fastapi_lite.routing.warming import Warmable

Find: TypeAlias = Callable[[], Found]
Function: TypeAlias = Callable[..., None]

GROUP = "fastapi_lite.commands"
"""Entry points that are commands of other packages."""


class Commands(click.Group):
    """The commands here, and those that other packages offer."""

    @property
    def offered(self) -> dict[str, EntryPoint]:
        """The commands of other packages by name; not imported yet."""
        return {entry.name: entry for entry in entry_points(group=GROUP)}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, ours first."""
        return list(dict.fromkeys([*self.commands, *self.offered]))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name: ours, where two have the same."""
        if cmd_name in self.commands or cmd_name not in self.offered:
            return super().get_command(ctx, cmd_name)
        return load_command(self.offered[cmd_name])


def load_command(entry: EntryPoint) -> click.Command:
    """The command of another package; where it cannot be imported, one that says so when used."""
    try:
        loaded = entry.load()
    except Exception as error:
        return broken_command(entry, f"fails while it is imported: {error!r}")
    if not isinstance(loaded, click.Command):
        return broken_command(entry, f"is no command of click, but {loaded!r:.200}")
    return loaded


def broken_command(entry: EntryPoint, problem: str) -> click.Command:
    """Stands for a command that cannot be used, so that the others can."""

    def fail(arguments: tuple[str, ...]) -> None:
        package = entry.dist.name if entry.dist is not None else entry.module
        raise click.ClickException(f"{entry.value}, which {package} offers, {problem}.")

    return click.Command(
        entry.name,
        callback=fail,
        params=[click.Argument(["arguments"], nargs=-1, type=click.UNPROCESSED)],
        context_settings={"ignore_unknown_options": True},
        help="(This command of another package cannot be used.)",
    )


def show_version(ctx: click.Context, option: click.Parameter, wanted: bool) -> None:
    """Print the version, and end."""
    if wanted:
        version = import_module("fastapi_lite").__version__
        click.echo(f"fastapi-lite {version} (Python {platform.python_version()})")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="Show the version and exit.",
)
@click.option("--verbose/--no-verbose", help="Say how the application was found.")
@click.pass_context
def main(ctx: click.Context, verbose: bool) -> None:
    """Serve an application, or show what is in it."""
    ctx.obj = verbose


def takes_application(command: Function) -> Function:
    """Add the arguments that say which application; `command` gets a function that finds it."""

    @click.argument("path", required=False, type=click.Path(path_type=Path))
    @click.option("--app", "name", metavar="NAME", help="What the application is called in it.")
    @click.option("--entrypoint", "-e", metavar="MODULE:NAME", help="Instead of PATH and --app.")
    @click.option("--verbose", "-v", is_flag=True, help="Say how the application was found.")
    @click.pass_context
    @wraps(command)
    def with_application(
        ctx: click.Context,
        /,
        path: Path | None,
        name: str | None,
        entrypoint: str | None,
        verbose: bool,
        **options: Any,
    ) -> None:
        ctx.obj = ctx.obj or verbose
        command(partial(find, path, name, entrypoint or None), **options)

    return with_application


def takes_server(*, host: str, reload: bool) -> Callable[[Function], Function]:
    """Add the arguments of a server, with these as what holds unless given."""
    options = [
        click.option("--host", default=host, show_default=True, help="The address to listen on."),
        click.option(
            "--port",
            type=click.IntRange(0, 65535),
            default=8000,
            envvar="PORT",
            show_default=True,
            show_envvar=True,
            help="The port to listen on; 0 takes a free one.",
        ),
        click.option(
            "--reload/--no-reload",
            default=reload,
            show_default=True,
            help="Start again when a file changes.",
        ),
        click.option(
            "--reload-dir",
            "reload_dirs",
            multiple=True,
            type=click.Path(exists=True, file_okay=False),
            help="Watch this directory, not the working directory; may be repeated.",
        ),
        click.option("--root-path", default="", help="What a proxy takes off the front of paths."),
        click.option(
            "--proxy-headers/--no-proxy-headers",
            default=True,
            show_default=True,
            help="Believe X-Forwarded-Proto and X-Forwarded-For of trusted proxies.",
        ),
        click.option(
            "--forwarded-allow-ips",
            metavar="ADDRESSES",
            help="The trusted proxies, with commas between; '*' trusts all.",
        ),
    ]

    def add(command: Function) -> Function:
        for option in reversed(options):
            command = option(command)
        return command

    return add


@main.command()
@takes_server(host="127.0.0.1", reload=True)
@takes_application
def dev(find: Find, **options: Any) -> None:
    """Serve an application while it is written.

    PATH is a file, or the directory of a package. Without it, the application is the entrypoint in
    pyproject.toml; or the first there is of main.py, app.py, api.py and the package app. In it, the
    application is what is called app or api, or else the first instance of FastAPI.

    FASTAPI_ENV becomes "development", unless it is set.
    """
    os.environ.setdefault("FASTAPI_ENV", "development")
    serve(find(), **options)


@main.command()
@takes_server(host="0.0.0.0", reload=False)
@click.option("--workers", type=click.IntRange(1), help="How many processes; without --reload.")
@takes_application
def run(find: Find, **options: Any) -> None:
    """Serve an application to the world.

    It is found as `dev` finds it, and compiled before it serves: what is wrong with a route shows
    at the start.
    """
    serve(warm(find()), **options)


@main.command()
@takes_application
def routes(find: Find) -> None:
    """Show the routes, then the front ends: methods and path, name, dependencies."""
    found = find_quietly(find)
    router = getattr(found.app, "router", None)
    frontends = placed_frontends(router) if isinstance(router, APIRouter) else ()
    for line in draw_routes(has(found, "routes"), frontends):
        click.echo(line)


@main.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: YAML if it ends so. Unless given, JSON is printed.",
)
@takes_application
def openapi(find: Find, output: Path | None) -> None:
    """Write the OpenAPI document."""
    document = has(find_quietly(find), "openapi")()
    if output is None:
        click.echo(as_json(document), nl=False)
    else:
        write = as_yaml if output.suffix.lower() in (".yaml", ".yml") else as_json
        output.write_bytes(write(document))


def find(path: Path | None, name: str | None, entrypoint: str | None) -> Found:
    """The application; with `--verbose`, say how it was found."""
    found = find_application(path, name, entrypoint)
    if click.get_current_context().obj:
        click.echo(f"Application: {found.target}, from {found.source}", err=True)
        click.echo(f"Imported from: {found.directory}", err=True)
        if path is None and "pyproject" not in found.source:
            click.echo(
                f"To settle it, write in pyproject.toml: [tool.{TABLES[0]}] "
                f'entrypoint = "{found.target}"',
                err=True,
            )
    return found


def find_quietly(find: Find) -> Found:
    """The application; what its modules print goes where it cannot be taken for our output."""
    with redirect_stdout(sys.stderr):
        return find()


def has(found: Found, name: str) -> Any:
    """An attribute that FastAPI's applications have. Raises `click.ClickException` without."""
    if not hasattr(found.app, name):
        raise click.ClickException(
            f"{found.target} is a {type(found.app).__name__} without {name!r}. "
            "If it wraps the application, name the inner one with --app or --entrypoint."
        )
    return getattr(found.app, name)


def warm(found: Found) -> Found:
    """The application warmed up, here and in each process that serves it.

    Raises `click.ClickException` for what is wrong with it.
    """
    if not isinstance(found.app, Warmable) or is_async_callable(found.app.warm_up):
        return found  # it is not ours, or does something else under that name
    try:
        found.app.warm_up()
    except FastAPIError as error:
        raise click.ClickException(f"{found.target} cannot be served. {error}") from error
    return replace(found, is_warm=True)


def serve(
    found: Found,
    *,
    host: str,
    port: int,
    reload: bool,
    reload_dirs: tuple[str, ...],
    root_path: str,
    proxy_headers: bool,
    forwarded_allow_ips: str | None,
    workers: int | None = None,
) -> None:
    """Say where, and serve until a signal ends it."""
    import uvicorn  # noqa: PLC0415 - the other commands do not need a server

    for line in describe_addresses(found, host, port):
        click.echo(line)
    inside = found.directory.is_relative_to(Path.cwd())
    uvicorn.run(
        f"{found.target}.warm_up" if found.is_warm else found.target,
        factory=found.is_warm,
        host=host,
        port=port,
        reload=reload,
        reload_dirs=[*reload_dirs] or (None if inside else [str(found.directory)]),
        workers=workers,
        root_path=root_path,
        proxy_headers=proxy_headers,
        forwarded_allow_ips=forwarded_allow_ips,
        log_level="debug" if click.get_current_context().obj else None,
    )


def describe_addresses(found: Found, host: str, port: int) -> list[str]:
    """The links to print: of the application, and of its documentation if it has some."""
    shown = f"[{host}]" if ":" in host else host
    address = os.environ.get("FASTAPI_PUBLIC_URL", "").rstrip("/")
    if not address and port == 0:
        return [f"Serving {found.target}"]  # on a port that only the server knows, and tells
    address = address or f"http://{shown}:{port}"
    lines = [f"Serving {found.target} on {address}"]
    pages = [getattr(found.app, name, None) for name in ("docs_url", "redoc_url")]
    page = next(filter(None, pages), None)
    if getattr(found.app, "openapi_url", None) and page:
        lines.append(f"Documentation: {address}{page}")
    return lines


def as_json(document: Any) -> bytes:
    """The document as JSON (in UTF-8, RFC 8259 section 8.1), to be read by people too."""
    return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n".encode()


def as_yaml(document: Any) -> bytes:
    """The document as YAML. Raises `click.ClickException` where PyYAML is not installed."""
    try:
        import yaml  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise click.ClickException(
            "Writing YAML takes PyYAML: pip install pyyaml. Or give a name that ends in .json."
        ) from None
    text: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
    return text.encode()
