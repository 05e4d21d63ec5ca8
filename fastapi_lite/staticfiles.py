"""An application that serves the files of directories."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from fastapi_lite.concurrency import run_file_work
from fastapi_lite.datastructures.headers import Headers
from fastapi_lite.datastructures.url import URL
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.responses.base import RedirectResponse, Response
from fastapi_lite.responses.conditional import NotModifiedResponse, is_not_modified
from fastapi_lite.responses.files import FileResponse
from fastapi_lite.routing.paths import get_route_path

if TYPE_CHECKING:
    from fastapi_lite.types import Receive, Scope, Send

PathLike = str | os.PathLike[str]

NAMES_NO_FILE = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL}
"""What the system answers to a path that cannot be one of a file."""


class StaticFilesError(RuntimeError, AssertionError):
    """A directory is not there; an `AssertionError` too, which Starlette raises for packages."""


class StaticFiles:
    """Serves the files below `directory`, and below the directories that `packages` bring.

    `packages`: names of packages with a directory `statics`, or pairs of package and directory.
    `html`: a directory answers with its `index.html`, and what is missing with `404.html`.
    `check_dir`: raise `StaticFilesError` now, and not at the first request, if there is no
    such directory. `follow_symlink`: also serve what links lead to outside of the directory.
    """

    def __init__(
        self,
        *,
        directory: PathLike | None = None,
        packages: Sequence[str | tuple[str, str]] | None = None,
        html: bool = False,
        check_dir: bool = True,
        follow_symlink: bool = False,
    ) -> None:
        if check_dir and not (directory is None or os.path.isdir(directory)):
            raise StaticFilesError(f"Directory '{directory}' does not exist")
        self.html: bool = html
        self.follow_symlink: bool = follow_symlink
        self.directory: PathLike | None = directory
        self.packages: Sequence[str | tuple[str, str]] | None = packages
        self.all_directories: list[PathLike] = self.get_directories(directory, packages)
        self.config_checked: bool = False

    def get_directories(
        self,
        directory: PathLike | None = None,
        packages: Sequence[str | tuple[str, str]] | None = None,
    ) -> list[PathLike]:
        """Where files are looked for, in this order."""
        directories = [] if directory is None else [directory]
        for package in packages or ():
            name, below = (package, "statics") if isinstance(package, str) else package
            directories.append(package_directory(name, below))
        return directories

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with a file; a WebSocket is refused."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000, "reason": ""})
            return
        if scope["type"] != "http":
            raise RuntimeError(f"StaticFiles serves HTTP and has no answer to {scope['type']!r}.")
        if not self.config_checked:
            await self.check_config()
            self.config_checked = True
        response = await self.get_response(self.get_path(scope), scope)
        await response(scope, receive, send)

    def get_path(self, scope: Scope) -> str:
        """The path of the file that is asked for, relative to the directory."""
        return os.path.normpath(os.path.join(*get_route_path(scope).split("/")))

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The answer for the file at `path`; raises `HTTPException` if there is none."""
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        found = await self.find(path, scope)
        if found is not None:
            return found
        if self.html:
            full_path, missing = await self.look_up("404.html")
            if missing is not None and stat.S_ISREG(missing.st_mode):
                return FileResponse(full_path, stat_result=missing, status_code=404)
        raise HTTPException(404)

    async def find(self, path: str, scope: Scope) -> Response | None:
        """The answer for the file at `path`, or for the index of the directory; `None` for others."""
        full_path, found = await self.look_up(path)
        if found is not None and stat.S_ISREG(found.st_mode):
            return self.file_response(full_path, found, scope)
        if self.html and found is not None and stat.S_ISDIR(found.st_mode):
            full_path, found = await self.look_up(os.path.join(path, "index.html"))
            if found is not None and stat.S_ISREG(found.st_mode):
                if scope["path"].endswith("/"):
                    return self.file_response(full_path, found, scope)
                url = URL(scope=scope)
                return RedirectResponse(url.replace(path=f"{url.path}/"))
        return None

    async def look_up(self, path: str) -> tuple[str, os.stat_result | None]:
        """`lookup_path` in a thread; a path that no file can have is one that is not found."""
        try:
            return await run_file_work(self.lookup_path, path)
        except PermissionError:
            raise HTTPException(401) from None
        except ValueError:  # a NUL, or what the file system cannot encode
            return "", None
        except OSError as error:
            if error.errno in NAMES_NO_FILE:
                return "", None
            raise

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """The full path and the `stat` of a file; `("", None)` if there is none within bounds."""
        below = os.path.normpath(path)
        if leaves_directory(below):
            return "", None
        for directory in self.all_directories:
            root = os.path.abspath(directory)
            full_path = os.path.normpath(os.path.join(root, below))
            try:
                found = None if self.follow_symlink else stat_without_links(root, below)
                if found is None:
                    if not self.follow_symlink:
                        full_path = os.path.realpath(full_path)
                        if not is_within(full_path, os.path.realpath(root)):
                            continue
                    found = os.stat(full_path)
                return full_path, found
            except (FileNotFoundError, NotADirectoryError):
                continue
        return "", None

    def file_response(
        self,
        full_path: PathLike,
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """The answer with a file, or that the client has it already."""
        response = FileResponse(full_path, status_code=status_code, stat_result=stat_result)
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response

    async def check_config(self) -> None:
        """Raise `StaticFilesError` if there is no directory to serve."""
        if self.directory is None:
            return
        try:
            found = await run_file_work(os.stat, self.directory)
        except FileNotFoundError:
            raise StaticFilesError(
                f"StaticFiles directory '{self.directory}' does not exist."
            ) from None
        if not stat.S_ISDIR(found.st_mode):
            raise StaticFilesError(f"StaticFiles path '{self.directory}' is not a directory.")

    def is_not_modified(self, response_headers: Headers, request_headers: Headers) -> bool:
        """Whether the client has this version of the file (RFC 9110, section 13.2.2)."""
        return is_not_modified(response_headers, request_headers)


def package_directory(package: str, below: str) -> str:
    """The directory `below` in a package; raises `StaticFilesError` if either is missing."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise StaticFilesError(f"Package {package!r} could not be found.")
    directory = os.path.normpath(os.path.join(os.path.dirname(spec.origin), below))
    if not os.path.isdir(directory):
        raise StaticFilesError(f"Directory '{below!r}' in package {package!r} could not be found.")
    return directory


def leaves_directory(path: str) -> bool:
    """Whether a normal path leads elsewhere than below the directory it is joined to."""
    drive, rest = os.path.splitdrive(path)
    return bool(drive) or os.path.isabs(rest) or rest.split(os.sep, 1)[0] == os.pardir


def stat_without_links(directory: str, path: str) -> os.stat_result | None:
    """The `stat` of the normal `path` below `directory`; `None` if a part is a symbolic link.

    Raises `OSError` at the first part that is not there, so that long paths cost nothing.
    """
    place = directory
    found: os.stat_result | None = None
    for name in path.split(os.sep):
        place = os.path.join(place, name)
        found = os.lstat(place)
        if stat.S_ISLNK(found.st_mode):
            return None
    return found


def is_within(path: str, directory: str) -> bool:
    """Whether a path without links and dots lies in a directory, or is it."""
    try:
        return os.path.commonpath([path, directory]) == directory
    except ValueError:  # on different drives
        return False
