"""Front ends: the files of a directory, served where no route answers."""

from __future__ import annotations

import os
import stat
import warnings
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from fastapi_lite.datastructures import Headers
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.graph import get_dependant, with_dependencies
from fastapi_lite.dependencies.models import Dependant
from fastapi_lite.exceptions import DeclarationError, HTTPException
from fastapi_lite.middleware.negotiation import read_qualities
from fastapi_lite.requests import Request
from fastapi_lite.responses import FileResponse, Response
from fastapi_lite.routing.handlers import serve_and_clean_up
from fastapi_lite.routing.options import Options, inherit
from fastapi_lite.routing.paths import get_route_path
from fastapi_lite.routing.routes import wrap
from fastapi_lite.routing.tree import Inclusion, PlacedRoute
from fastapi_lite.routing.writers import merge_headers
from fastapi_lite.staticfiles import PathLike, StaticFiles, StaticFilesError
from fastapi_lite.types import ASGIApp, Receive, Scope, Send

if TYPE_CHECKING:
    from fastapi_lite.routing.api import APIRouter

Fallback: TypeAlias = Literal["auto", "index.html", "404.html"]
CheckDirectory: TypeAlias = bool | Literal["auto"]

FALLBACKS: dict[Fallback | None, tuple[str, ...]] = {
    "auto": ("404.html", "index.html"),
    "index.html": ("index.html",),
    "404.html": ("404.html",),
    None: (),
}
"""The files that may answer where none is asked for, by what was chosen; the first there counts."""

READING = ("GET", "HEAD")


class FrontendFiles:
    """The files of a front end, and what answers in place of those that are missing.

    Raises `StaticFilesError` where the directory or the chosen fallback is missing, unless told by
    `check_dir` not to look. `"auto"` looks, but warns in development (`FASTAPI_ENV`), where the
    files may be built later.
    """

    def __init__(
        self, directory: PathLike, fallback: Fallback | None, check_dir: CheckDirectory
    ) -> None:
        if fallback not in FALLBACKS:
            raise DeclarationError(
                "fallback must be 'auto', 'index.html', '404.html', or None, "
                f"which {fallback!r} is not."
            )
        self.fallback = fallback
        self.fallbacks: tuple[str, ...] = FALLBACKS[fallback]
        if check_dir:
            self.check(directory, is_lenient=check_dir == "auto")
        self.directory: str = os.path.abspath(directory)
        self.files: StaticFiles = StaticFiles(directory=self.directory, html=True, check_dir=False)

    def check(self, directory: PathLike, *, is_lenient: bool) -> None:
        """Raise `StaticFilesError` for what is missing; warn of the directory in development."""
        resolved = os.path.abspath(directory)
        is_development = is_lenient and os.environ.get("FASTAPI_ENV") == "development"
        if not os.path.isdir(resolved):
            message = (
                f"Frontend directory '{os.fspath(directory)}' does not exist. "
                f"Resolved absolute path: '{resolved}'"
            )
            if not is_development:
                raise StaticFilesError(message)
            warnings.warn(message, stacklevel=4)
        elif self.fallback in ("index.html", "404.html") and not (
            is_development or os.path.isfile(os.path.join(resolved, self.fallback))
        ):
            raise StaticFilesError(
                f"Frontend fallback file '{self.fallback}' does not exist in directory "
                f"'{os.fspath(directory)}'. Resolved absolute directory: '{resolved}'"
            )

    async def respond(self, rest: str, scope: Scope) -> Response:
        """The answer for the `rest` of a path; raises `HTTPException` if there is none."""
        found = await self.files.find(file_path(rest), scope)
        if found is None:
            await self.files.check_config()
            if "\0" in rest:
                raise HTTPException(404)
        if scope["method"] in READING:
            found = found or await self.fall_back(scope)
        elif found is not None:
            raise HTTPException(405, headers={"Allow": ", ".join(READING)})
        if found is None:
            raise HTTPException(404)
        return found

    async def fall_back(self, scope: Scope) -> Response | None:
        """The answer for a file that is missing; the index only where a page is asked for."""
        for name in self.fallbacks:
            full_path, found = await self.files.look_up(name)
            if found is None or not stat.S_ISREG(found.st_mode):
                continue
            if name == "404.html":
                return FileResponse(full_path, stat_result=found, status_code=404)
            return self.files.file_response(full_path, found, scope) if asks_page(scope) else None
        if self.fallback in (None, "auto"):
            return None
        raise StaticFilesError(
            f"Frontend fallback file '{self.fallback}' does not exist in directory "
            f"'{self.directory}'."
        )


def file_path(rest: str) -> str:
    """What is left of a URL's path, as the path of a file that is relative to a directory."""
    return os.path.normpath(os.path.join(*rest.split("/")))


def asks_page(scope: Scope) -> bool:
    """Whether the client accepts HTML by name, as a browser does for a page, not for its parts."""
    accepted = read_qualities(", ".join(Headers(scope=scope).getlist("accept")))
    return any(accepted.get(kind) for kind in ("text/html", "application/xhtml+xml"))


class Frontend:
    """A front end as it was declared on a router, with what that says for all below it."""

    path = ""
    dependency_overrides_provider: Any = None

    def __init__(self, files: FrontendFiles, options: Options) -> None:
        self.files = files
        self.options = options
        """`prefix` is the path of the front end, without a slash at its end."""


def check_path(path: str) -> str:
    """`path` without its slash at the end. Raises `DeclarationError` where it cannot be."""
    bare = path.rstrip("/")
    if not bare and path != "/":
        raise DeclarationError("A frontend path cannot be empty. '/' serves every path.")
    if path[0] != "/":
        raise DeclarationError(f"A frontend path must start with '/', which {path!r} does not.")
    return bare


class PlacedFrontend(PlacedRoute):
    """A front end at one place of the tree."""

    route: Frontend

    @cached_property
    def dependant(self) -> Dependant:
        """What answers, after the dependencies of all that is around."""
        # No path: what stands in braces is no parameter here.
        needed = self.around.get("dependencies") or ()
        return with_dependencies(get_dependant(path="", call=self.endpoint), needed, "")

    @property
    def path_format(self) -> str:
        """The path with a parameter for the file."""
        return f"{self.path}/{{path}}"

    @property
    def endpoint(self) -> Any:
        """The function that answers."""
        return self.respond

    @property
    def plan_options(self) -> dict[str, Any]:
        """How the plan reads a body that a dependency takes."""
        names = ("strict_content_type", "form_limits")
        return {name: self.around[name] for name in names if name in self.around}

    def covers(self, path: str) -> bool:
        """Whether `path` is that of the front end, or below it."""
        return path == self.path or path.startswith(f"{self.path}/")

    async def respond(self, request: Request) -> Response:
        """The answer for the path of `request`."""
        rest = get_route_path(request.scope)[len(self.path) :]
        return await self.route.files.respond(rest, request.scope)

    @cached_property
    def app(self) -> ASGIApp:
        """The application that serves the front end."""

        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            call = Call(scope, receive, send)
            await serve_and_clean_up(self, call, self.current_plan().run, complete)

        return wrap(serve, None, self.around.get("max_body_size"))


def complete(call: Call, response: Response) -> Response:
    """`response` with what dependencies have added to it."""
    response.background = call.background
    if call.filled_response is not None:
        response.raw_headers = merge_headers(response.raw_headers, call.filled_response)
    return response


def placed_frontends(router: APIRouter) -> list[PlacedFrontend]:
    """The front ends of `router` and of all it includes, the longest path first."""
    provider = router.dependency_overrides_provider
    placed = [
        PlacedFrontend(frontend, inherit(around, frontend.options), provider)
        for frontend, around in walk_frontends(router, {})
    ]
    return sorted(placed, key=lambda frontend: len(frontend.path), reverse=True)


def walk_frontends(router: APIRouter, around: Options) -> Iterator[tuple[Frontend, Options]]:
    """Each front end with what the inclusions on the way to it say; a router's own come first."""
    for frontend in router.frontends:
        yield frontend, around
    for route in router.routes:
        if isinstance(route, Inclusion):
            yield from walk_frontends(route.router, inherit(around, route.options))
