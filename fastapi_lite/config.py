"""Settings from the environment and from a file of variables."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any, TypeVar, overload

T = TypeVar("T")

BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


class undefined:  # noqa: N801 - the name that programs compare with
    """Stands for a default that was not given."""


class EnvironError(Exception):
    """A variable was changed after it had been read, so that its readers would disagree."""


class Environ(MutableMapping[str, str]):
    """Environment variables, which can be set until they are read."""

    def __init__(self, environ: MutableMapping[str, str] = os.environ) -> None:
        self._environ = environ
        self._read: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self._read.add(key)
        return self._environ[key]

    def __setitem__(self, key: str, value: str) -> None:
        self._check_unread(key, "set")
        self._environ[key] = value

    def __delitem__(self, key: str) -> None:
        self._check_unread(key, "delete")
        del self._environ[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._environ)

    def __len__(self) -> int:
        return len(self._environ)

    def _check_unread(self, key: str, verb: str) -> None:
        if key in self._read:
            raise EnvironError(
                f"Attempting to {verb} environ[{key!r}], but the value has already been read."
            )


environ: Environ = Environ()


class Config:
    """Reads settings: from `environ` first, then from `env_file`, else the default.

    `env_prefix` is put before every name that is looked for in `environ` and in the file.
    """

    def __init__(
        self,
        env_file: str | Path | None = None,
        environ: Mapping[str, str] = environ,
        env_prefix: str = "",
        encoding: str = "utf-8",
    ) -> None:
        self.environ = environ
        self.env_prefix = env_prefix
        self.file_values: dict[str, str] = {}
        if env_file is None:
            return
        path = Path(env_file)
        if path.is_file():
            self.file_values = read_env_file(path.read_text(encoding))
        else:
            warnings.warn(f"Config file '{env_file}' not found.", stacklevel=2)

    @overload
    def __call__(self, key: str, *, default: None) -> str | None: ...
    @overload
    def __call__(self, key: str, cast: type[T], default: T = ...) -> T: ...
    @overload
    def __call__(self, key: str, cast: type[str] = ..., default: str = ...) -> str: ...
    @overload
    def __call__(self, key: str, cast: Callable[[Any], T], default: Any = ...) -> T: ...
    @overload
    def __call__(self, key: str, cast: type[str] = ..., default: T = ...) -> T | str: ...
    def __call__(
        self, key: str, cast: Callable[[Any], Any] | None = None, default: Any = undefined
    ) -> Any:
        """The setting `key`, as `get` gives it."""
        return self.get(key, cast, default)

    def get(
        self, key: str, cast: Callable[[Any], Any] | None = None, default: Any = undefined
    ) -> Any:
        """The setting `key`, made a `cast`, the default as well; `bool` takes true, false, 1 and 0.

        Raises `KeyError` where it is neither set nor has a default, `ValueError` where it is no `cast`.
        """
        name = f"{self.env_prefix}{key}"
        for values in (self.environ, self.file_values):
            if name in values:
                return convert(name, values[name], cast)
        if default is undefined:
            raise KeyError(f"Config '{name}' is missing, and has no default.")
        return convert(name, default, cast)


def convert(name: str, value: Any, cast: Callable[[Any], Any] | None) -> Any:
    """`value` as `cast` makes it; `None` stays what it is."""
    if cast is None or value is None:
        return value
    try:
        if cast is bool and isinstance(value, str):
            return BOOLEANS[value.lower()]
        return cast(value)
    except (KeyError, TypeError, ValueError) as exc:
        kind = getattr(cast, "__name__", repr(cast))
        raise ValueError(f"Config '{name}' has value '{value}'. Not a valid {kind}.") from exc


def read_env_file(text: str) -> dict[str, str]:
    """The variables of lines such as `NAME = "value"`; `#` begins a line that is no setting."""
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): unquote(value.strip()) for name, _, value in pairs}


def unquote(value: str) -> str:
    """`value` without the quotes around it."""
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value
